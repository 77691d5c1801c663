//! Errors of a device, collected instead of panicking.
//!
//! WebGPU reports errors late. Work that is awaited (`run`, `read`) is wrapped in error scopes; what
//! happens outside of them (making a buffer) reaches the device's handler, which keeps it for the next
//! call that can return it. On native targets that is the same call.

use std::future::Future;
use std::sync::{Arc, Mutex};

use crate::ComputeError;
use crate::platform::lock;

/// What went wrong since it was last asked.
#[derive(Clone, Default)]
pub(super) struct ErrorLog(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    lost: Option<String>,
    first: Option<Failure>,
}

/// A `wgpu` error in words of our own: theirs may not move between threads in a browser.
pub(super) enum Failure {
    OutOfMemory,
    Other(String),
}

impl ErrorLog {
    /// Listens to a device.
    pub(super) fn of(device: &wgpu::Device) -> Self {
        let log = Self::default();
        let errors = log.clone();
        device.on_uncaptured_error(Arc::new(move |error| {
            lock(&errors.0).first.get_or_insert_with(|| Failure::from(error));
        }));
        let losses = log.clone();
        device.set_device_lost_callback(move |reason, message| {
            lock(&losses.0).lost.get_or_insert(format!("{reason:?}: {message}"));
        });
        log
    }

    /// Gives out what has gone wrong, if anything. A lost device stays lost.
    pub(super) fn check(&self, during: &str) -> Result<(), ComputeError> {
        let mut log = lock(&self.0);
        if let Some(message) = &log.lost {
            return Err(ComputeError::DeviceLost { message: message.clone() });
        }
        log.first.take().map_or(Ok(()), |failure| Err(failure.into_error(during)))
    }

    /// A failed wait: the device is gone, whether it said so or not.
    pub(super) fn lost(&self, message: String) -> ComputeError {
        let message = lock(&self.0).lost.get_or_insert(message).clone();
        ComputeError::DeviceLost { message }
    }
}

/// Error scopes of all kinds round some work on this thread. The fields stand in the order in which the
/// scopes have to end, the last one opened first: that is also the order of dropping.
pub(super) struct Scopes {
    validation: wgpu::ErrorScopeGuard,
    memory: wgpu::ErrorScopeGuard,
    internal: wgpu::ErrorScopeGuard,
}

impl Scopes {
    pub(super) fn open(device: &wgpu::Device) -> Self {
        let internal = device.push_error_scope(wgpu::ErrorFilter::Internal);
        let memory = device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let validation = device.push_error_scope(wgpu::ErrorFilter::Validation);
        Self { validation, memory, internal }
    }

    /// Closes the scopes now, and gives what they caught when it is known.
    pub(super) fn close(self) -> impl Future<Output = Option<Failure>> + use<> {
        let (validation, memory, internal) = (self.validation.pop(), self.memory.pop(), self.internal.pop());
        async move {
            let caught = (validation.await, memory.await, internal.await);
            caught.0.or(caught.1).or(caught.2).map(Failure::from)
        }
    }
}

impl From<wgpu::Error> for Failure {
    fn from(error: wgpu::Error) -> Self {
        match error {
            wgpu::Error::OutOfMemory { .. } => Self::OutOfMemory,
            wgpu::Error::Validation { description, .. } | wgpu::Error::Internal { description, .. } => {
                Self::Other(description)
            }
        }
    }
}

impl Failure {
    pub(super) fn into_error(self, during: &str) -> ComputeError {
        let during = during.to_owned();
        match self {
            Self::OutOfMemory => ComputeError::OutOfMemory { during },
            Self::Other(message) => ComputeError::Refused { during, message },
        }
    }
}
