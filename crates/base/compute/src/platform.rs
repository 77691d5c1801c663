//! What differs between native targets and the browser: clocks and waiting for a GPU.
//!
//! In a browser the event loop calls back when a GPU is done. Elsewhere somebody has to poll the device:
//! a thread of its own does, so that futures stay pending instead of blocking the thread they run on.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

#[cfg(not(target_arch = "wasm32"))]
use std::time::Instant;
#[cfg(target_arch = "wasm32")]
use web_time::Instant;

/// Measures wall time.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// Locks, also when another thread panicked meanwhile: what is locked here stays whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A value that is set once, from anywhere, and awaited once.
pub(crate) struct Signal<T>(Arc<Mutex<Slot<T>>>);

struct Slot<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

impl<T> Signal<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Slot { value: None, waker: None })))
    }

    pub(crate) fn set(&self, value: T) {
        let waker = {
            let mut slot = lock(&self.0);
            slot.value = Some(value);
            slot.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Future for Signal<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = lock(&self.0);
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

/// Tells when submitted work is done.
#[cfg(target_arch = "wasm32")]
pub(crate) struct Waiter;

#[cfg(target_arch = "wasm32")]
impl Waiter {
    pub(crate) fn new(_device: &wgpu::Device) -> Result<Self, String> {
        Ok(Self)
    }

    pub(crate) fn done(
        &self,
        queue: &wgpu::Queue,
        _index: wgpu::SubmissionIndex,
    ) -> Signal<Result<(), String>> {
        let signal = Signal::new();
        let done = signal.clone();
        queue.on_submitted_work_done(move || done.set(Ok(())));
        signal
    }
}

/// Tells when submitted work is done.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) struct Waiter {
    jobs: std::sync::mpsc::Sender<Job>,
}

#[cfg(not(target_arch = "wasm32"))]
struct Job {
    index: wgpu::SubmissionIndex,
    done: Signal<Result<(), String>>,
}

#[cfg(not(target_arch = "wasm32"))]
impl Waiter {
    /// Starts the polling thread. It ends when the waiter is dropped.
    pub(crate) fn new(device: &wgpu::Device) -> Result<Self, String> {
        let (jobs, inbox) = std::sync::mpsc::channel::<Job>();
        let device = device.clone();
        std::thread::Builder::new()
            .name("futago-gpu-wait".to_owned())
            .spawn(move || {
                for job in inbox {
                    job.done.set(wait_for(&device, job.index));
                }
            })
            .map_err(|error| error.to_string())?;
        Ok(Self { jobs })
    }

    pub(crate) fn done(
        &self,
        _queue: &wgpu::Queue,
        index: wgpu::SubmissionIndex,
    ) -> Signal<Result<(), String>> {
        let signal = Signal::new();
        if let Err(refused) = self.jobs.send(Job { index, done: signal.clone() }) {
            refused.0.done.set(Err("the polling thread has ended".to_owned()));
        }
        signal
    }
}

/// Polls until the submission is done. `wgpu` 29 panics when the device is lost meanwhile.
#[cfg(not(target_arch = "wasm32"))]
fn wait_for(device: &wgpu::Device, index: wgpu::SubmissionIndex) -> Result<(), String> {
    let poll = wgpu::PollType::Wait { submission_index: Some(index), timeout: None };
    let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| device.poll(poll)));
    match polled {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the device stopped while it was waited for".to_owned()),
    }
}
