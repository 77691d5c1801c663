//! The progress line of a long chore, and how long each stage took.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Stages of a chore, shown as one line that a terminal overwrites.
pub struct Stages {
    bar: ProgressBar,
    started: Instant,
    stage: Option<(String, Instant)>,
}

impl Stages {
    /// A chore of so many stages.
    pub fn new(count: u64) -> Self {
        let bar = ProgressBar::new(count);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bar, started: Instant::now(), stage: None }
    }

    /// Ends the stage before and begins one.
    pub fn begin(&mut self, name: &str) {
        self.end_stage();
        self.bar.set_message(name.to_owned());
        self.stage = Some((name.to_owned(), Instant::now()));
    }

    /// Ends the chore and gives its wall time.
    pub fn finish(mut self) -> Duration {
        self.end_stage();
        self.bar.finish_and_clear();
        self.started.elapsed()
    }

    fn end_stage(&mut self) {
        if let Some((name, began)) = self.stage.take() {
            self.bar.println(format!("{:>7.2} s  {name}", began.elapsed().as_secs_f64()));
            self.bar.inc(1);
        }
    }
}
