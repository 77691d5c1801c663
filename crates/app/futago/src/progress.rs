//! How far a run is: a bar on a terminal, plain lines elsewhere, always on standard error.
//!
//! Plain lines come when what is being done changes, and otherwise at most one a second, so that a log of a
//! long run stays short and still shows that it lives.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use futago_contract::Progress;
use futago_texts::Texts;
use indicatif::{ProgressBar, ProgressStyle};

use crate::print;

const QUIET: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(120);

/// Shows progress.
pub struct ProgressLine<'a> {
    texts: &'a Texts,
    bar: Option<ProgressBar>,
    last_line: Option<(Instant, &'static str)>,
}

impl<'a> ProgressLine<'a> {
    /// A bar when standard error is a terminal, else lines.
    pub fn new(texts: &'a Texts) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let spinner = ProgressBar::new_spinner();
            spinner.enable_steady_tick(TICK);
            spinner
        });
        Self { texts, bar, last_line: None }
    }

    /// Says which phase begins, outside the steps: opening the city, writing results.
    pub fn phase(&mut self, key: &str) {
        let words = self.texts.text(key);
        match &self.bar {
            Some(bar) => bar.set_message(words),
            None => print::message(&words),
        }
    }

    /// Says something that stays.
    pub fn say(&self, words: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| print::message(words)),
            None => print::message(words),
        }
    }

    /// Shows a step.
    pub fn step(&mut self, progress: &Progress) {
        let words = self.words(progress);
        if let Some(bar) = &self.bar {
            if bar.length() != Some(progress.total) {
                bar.set_length(progress.total);
                // The template is constant; should it ever be wrong, the spinner does.
                if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} {msg}") {
                    bar.set_style(style);
                }
            }
            bar.set_position(progress.done);
            bar.set_message(words);
        } else if self.is_time_for_a_line(progress) {
            print::message(&words);
            self.last_line = Some((Instant::now(), progress.step_key));
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn is_time_for_a_line(&self, progress: &Progress) -> bool {
        self.last_line.is_none_or(|(at, key)| key != progress.step_key || at.elapsed() >= QUIET)
    }

    fn words(&self, progress: &Progress) -> String {
        let step = self.texts.text(progress.step_key);
        let words = match progress.remaining.filter(|_| progress.done < progress.total) {
            Some(left) => format!("{step} · {}", self.time_left(left)),
            None => step,
        };
        if self.bar.is_some() {
            return words;
        }
        let percent = (progress.done * 100).checked_div(progress.total).unwrap_or(100);
        format!("[{percent:3} %] {words}")
    }

    /// Rounded up: a wait should end early rather than late.
    fn time_left(&self, left: Duration) -> String {
        let seconds = left.as_secs_f64().ceil();
        if seconds < 90.0 {
            self.texts.format("cli-left-seconds", &[("seconds", seconds.into())])
        } else {
            self.texts.format("cli-left-minutes", &[("minutes", (seconds / 60.0).ceil().into())])
        }
    }
}
