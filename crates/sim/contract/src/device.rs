//! A device that failed, said to people: every simulation may meet one.

use futago_compute::ComputeError;
use futago_field::Message;

/// An error of the compute layer as a text of the catalogues. What a driver or the system said stays in its own
/// words; what only a developer can use is left to `Display`.
pub fn compute_message(error: &ComputeError) -> Message {
    match error {
        ComputeError::NoAdapter { details } => {
            Message::new("error-compute-no-adapter").with("cause", details.as_str())
        }
        ComputeError::NoDevice { adapter, message } => Message::new("error-compute-no-device")
            .with("adapter", adapter.as_str())
            .with("cause", message.as_str()),
        ComputeError::NoThreads { threads, message } => Message::new("error-compute-no-threads")
            .with("threads", *threads as f64)
            .with("cause", message.as_str()),
        ComputeError::TooLarge { size_bytes, limit_bytes, .. } => Message::new("error-compute-too-large")
            .with("size", *size_bytes as f64)
            .with("limit", *limit_bytes as f64),
        ComputeError::OutOfMemory { .. } => Message::new("error-compute-out-of-memory"),
        ComputeError::Refused { message, .. } => {
            Message::new("error-compute-refused").with("cause", message.as_str())
        }
        ComputeError::DeviceLost { message } => {
            Message::new("error-compute-lost").with("cause", message.as_str())
        }
        ComputeError::Shader { pass, message } => {
            Message::new("error-compute-shader").with("pass", pass.as_str()).with("cause", message.as_str())
        }
        ComputeError::BadDispatch { .. }
        | ComputeError::WrongEngine { .. }
        | ComputeError::WrongLength { .. } => Message::new("error-compute-mistake"),
    }
}
