//! Where points go: a sink takes chunks of them from several threads at once.
//!
//! A reading is a row of tasks (a block of a table, a row group, a small file), numbered in the order of the
//! input. Chunks of one task come one after the other from one thread; tasks run side by side. A sink whose
//! answer does not depend on the order, such as [`crate::bin::Binner`], takes chunks as they come; one that
//! wants them in the order of the input is a closure behind [`InOrder`].

use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::{Points, TracksError};

/// Takes points.
pub trait Sink: Sync {
    /// What each thread keeps to itself.
    type Local: Send;

    /// A thread begins.
    fn local(&self) -> Self::Local;

    /// Takes a chunk. It may take the points out; what is left in it is forgotten.
    fn points(&self, local: &mut Self::Local, task: u64, points: &mut Points) -> Result<(), TracksError>;

    /// A task has no more points.
    fn task_done(&self, _local: &mut Self::Local, _task: u64) -> Result<(), TracksError> {
        Ok(())
    }

    /// A thread ends.
    fn done(&self, local: Self::Local) -> Result<(), TracksError>;

    /// Reading broke off: nobody may go on waiting.
    fn abort(&self) {}
}

/// Hands chunks to a closure in the order of the input, one at a time, on the threads that read them.
/// Memory stays flat: each thread waits with one chunk until it is its turn.
pub struct InOrder<F> {
    turn: Mutex<Turn<F>>,
    next: Condvar,
}

struct Turn<F> {
    task: u64,
    aborted: bool,
    take: F,
}

impl<F: FnMut(&mut Points) -> ControlFlow<()> + Send> InOrder<F> {
    /// A sink that calls the closure with every chunk that is not empty; `Break` stops the reading.
    pub fn new(take: F) -> Self {
        Self { turn: Mutex::new(Turn { task: 0, aborted: false, take }), next: Condvar::new() }
    }

    fn wait(&self, task: u64) -> Result<std::sync::MutexGuard<'_, Turn<F>>, TracksError> {
        let mut turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        while turn.task != task && !turn.aborted {
            turn = self.next.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        if turn.aborted { Err(TracksError::Stopped) } else { Ok(turn) }
    }
}

impl<F: FnMut(&mut Points) -> ControlFlow<()> + Send> Sink for InOrder<F> {
    type Local = ();

    fn local(&self) {}

    fn points(&self, (): &mut (), task: u64, points: &mut Points) -> Result<(), TracksError> {
        if points.is_empty() {
            return Ok(());
        }
        let mut turn = self.wait(task)?;
        match (turn.take)(points) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(TracksError::Stopped),
        }
    }

    fn task_done(&self, (): &mut (), task: u64) -> Result<(), TracksError> {
        self.wait(task)?.task += 1;
        self.next.notify_all();
        Ok(())
    }

    fn done(&self, (): ()) -> Result<(), TracksError> {
        Ok(())
    }

    fn abort(&self) {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner).aborted = true;
        self.next.notify_all();
    }
}
