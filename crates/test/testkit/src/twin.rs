//! CPU against GPU: one computation on both, compared with a tolerance that has a name and a reason.

use std::fmt::{Debug, Display};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futago_compute::{Backend, BackendChoice, Engine};
use pollster::block_on;

/// How far two results may be apart, and why.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    /// Its name, for messages.
    pub name: &'static str,
    /// Largest difference of two values; for votes, largest share of values that differ (0 to 1).
    pub value: f64,
    /// Why they may differ at all.
    pub reason: &'static str,
}

/// A value that can be compared.
pub trait TwinValue: Copy + PartialEq + Debug {
    /// Distance of two values; infinite when only one is a number.
    fn distance(self, other: Self) -> f64;
}

impl TwinValue for f32 {
    fn distance(self, other: Self) -> f64 {
        match (self.is_nan(), other.is_nan()) {
            (true, true) => 0.0,
            (false, false) if self == other => 0.0,
            (false, false) => (f64::from(self) - f64::from(other)).abs(),
            _ => f64::INFINITY,
        }
    }
}

impl TwinValue for u32 {
    fn distance(self, other: Self) -> f64 {
        f64::from(self.abs_diff(other))
    }
}

impl TwinValue for i32 {
    fn distance(self, other: Self) -> f64 {
        f64::from(self.abs_diff(other))
    }
}

/// How two results differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Number of values compared.
    pub compared: usize,
    /// Number of values that are not the same.
    pub differing: usize,
    /// Largest difference.
    pub max_difference: f64,
    /// Where the largest difference is.
    pub at: Option<usize>,
    /// Both values there, as text.
    pub values: String,
}

impl Comparison {
    /// Share of values that are not the same, 0 to 1.
    pub fn share_differing(&self) -> f64 {
        self.differing as f64 / self.compared.max(1) as f64
    }

    /// Panics when a value is further off than the tolerance allows.
    pub fn assert_within(&self, test: &str, tolerance: &Tolerance) {
        assert!(
            self.max_difference <= tolerance.value,
            "{}",
            self.text(test, tolerance, "largest difference")
        );
    }

    /// Panics when more votes differ than the tolerance allows, however far each is off.
    pub fn assert_votes_within(&self, test: &str, tolerance: &Tolerance) {
        assert!(
            self.share_differing() <= tolerance.value,
            "{}",
            self.text(test, tolerance, "share of votes")
        );
    }

    fn text(&self, test: &str, tolerance: &Tolerance, what: &str) -> String {
        let Tolerance { name, value, reason } = tolerance;
        format!(
            "{test}: over {name}: {what} may be {value} ({reason}); {} of {} values differ, at most by {} at {:?}: {}",
            self.differing, self.compared, self.max_difference, self.at, self.values
        )
    }
}

/// Compares two results value by value. Panics when their lengths differ or when there is nothing.
pub fn compare<T: TwinValue>(cpu: &[T], gpu: &[T]) -> Comparison {
    assert_eq!(cpu.len(), gpu.len(), "the two sides must give equally many values");
    assert!(!cpu.is_empty(), "a comparison of nothing proves nothing");
    let mut result = Comparison {
        compared: cpu.len(),
        differing: 0,
        max_difference: 0.0,
        at: None,
        values: "all the same".into(),
    };
    for (index, (a, b)) in cpu.iter().zip(gpu).enumerate() {
        let distance = a.distance(*b);
        result.differing += usize::from(distance > 0.0);
        if distance > result.max_difference {
            result.max_difference = distance;
            result.at = Some(index);
            result.values = format!("{a:?} and {b:?}");
        }
    }
    result
}

/// A GPU engine, software ones included, or a loud skip. With `FUTAGO_REQUIRE_GPU=1` a skip is a failure.
pub fn gpu_engine_or_skip(test: &str) -> Option<Engine> {
    match block_on(Engine::new(BackendChoice::Gpu)) {
        Ok(engine) => {
            assert_eq!(engine.backend(), Backend::Gpu, "{test}: a GPU was asked for");
            Some(engine)
        }
        Err(error) => {
            let required = std::env::var("FUTAGO_REQUIRE_GPU").is_ok_and(|value| value == "1");
            assert!(!required, "{test}: FUTAGO_REQUIRE_GPU is 1 and there is no GPU: {error}");
            eprintln!(
                "\n==== SKIPPED: {test}: no GPU: {error}\n==== set FUTAGO_REQUIRE_GPU=1 to make this fail\n"
            );
            None
        }
    }
}

/// Runs one computation on the CPU and on the GPU and holds every value against the tolerance.
/// Gives `None` when the GPU part was skipped.
///
/// ```no_run
/// use futago_compute::{ComputeError, Engine, Recording};
/// use futago_testkit::{Tolerance, twin_check};
///
/// const VOTES: Tolerance = Tolerance { name: "VOTES", value: 0.0, reason: "votes are integers" };
///
/// async fn count(engine: &Engine) -> Result<Vec<u32>, ComputeError> {
///     let votes = engine.zeroed::<u32>("votes", 100)?;
///     let recording = Recording::new(); // ... with passes that fill `votes`
///     engine.run(&recording).await?;
///     engine.read(&votes).await
/// }
///
/// twin_check("counted votes", &VOTES, count);
/// ```
pub fn twin_check<T, E>(
    test: &str,
    tolerance: &Tolerance,
    run: impl AsyncFn(&Engine) -> Result<Vec<T>, E>,
) -> Option<Comparison>
where
    T: TwinValue,
    E: Display,
{
    let comparison = run_twins(test, run)?;
    comparison.assert_within(test, tolerance);
    Some(comparison)
}

/// Like [`twin_check`] for votes and counts near an edge: the tolerance is the share that may differ.
pub fn twin_votes<T, E>(
    test: &str,
    tolerance: &Tolerance,
    run: impl AsyncFn(&Engine) -> Result<Vec<T>, E>,
) -> Option<Comparison>
where
    T: TwinValue,
    E: Display,
{
    let comparison = run_twins(test, run)?;
    comparison.assert_votes_within(test, tolerance);
    Some(comparison)
}

fn run_twins<T, E>(test: &str, run: impl AsyncFn(&Engine) -> Result<Vec<T>, E>) -> Option<Comparison>
where
    T: TwinValue,
    E: Display,
{
    let cpu = values_of(test, &Engine::cpu(), &run);
    let engine = gpu_engine_or_skip(test)?;
    let gpu = values_of(test, &engine, &run);
    let comparison = compare(&cpu, &gpu);
    println!("{test} on {}: {comparison:?}", engine.device_name());
    Some(comparison)
}

fn values_of<T, E>(test: &str, engine: &Engine, run: &impl AsyncFn(&Engine) -> Result<Vec<T>, E>) -> Vec<T>
where
    E: Display,
{
    let values = block_on(run(engine)).unwrap_or_else(|error| panic!("{test} on {engine:?}: {error}"));
    assert!(!engine.timings().is_empty(), "{test} on {engine:?}: no pass was run");
    values
}

/// Runs one computation on the CPU with 1, 2 and 7 threads and wants the same values every time.
pub fn same_on_any_thread_count<T, E>(test: &str, run: impl AsyncFn(&Engine) -> Result<Vec<T>, E>)
where
    T: TwinValue,
    E: Display,
{
    let of_threads = |threads| {
        let engine = Engine::cpu_with_threads(threads).unwrap_or_else(|error| panic!("{test}: {error}"));
        values_of(test, &engine, &run)
    };
    let alone = of_threads(1);
    for threads in [2, 7] {
        let comparison = compare(&alone, &of_threads(threads));
        assert_eq!(comparison.differing, 0, "{test}: 1 and {threads} threads differ: {comparison:?}");
    }
}

/// Runs a check on something disturbed. Panics when it passes, or fails for another reason than one whose
/// text has `expected` in it.
pub fn must_fail(what: &str, expected: &str, check: impl FnOnce()) {
    let Err(panic) = catch_unwind(AssertUnwindSafe(check)) else {
        panic!("{what}: was disturbed, and the check passed all the same");
    };
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    assert!(text.contains(expected), "{what}: failed, but not with `{expected}`: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIGHT: Tolerance = Tolerance { name: "TIGHT", value: 0.1, reason: "for this test" };

    #[test]
    fn comparisons_find_the_worst_place() {
        let comparison = compare(&[1.0_f32, 2.0, f32::NAN], &[1.0, 2.5, f32::NAN]);
        assert_eq!((comparison.differing, comparison.at, comparison.max_difference), (1, Some(1), 0.5));
        assert_eq!(compare(&[f32::NAN], &[1.0]).max_difference, f64::INFINITY);
        assert_eq!(compare(&[f32::INFINITY], &[f32::INFINITY]).max_difference, 0.0);
        compare(&[0_u32; 20], &{
            let mut votes = [0; 20];
            votes[3] = 9;
            votes
        })
        .assert_votes_within("votes", &TIGHT);
    }

    #[test]
    fn disturbed_results_fail() {
        must_fail("a value off", "over TIGHT: largest difference may be 0.1", || {
            compare(&[1.0_f32], &[1.2]).assert_within("test", &TIGHT);
        });
        must_fail("votes off", "2 of 10 values differ", || {
            compare(&[1_u32; 10], &[0, 0, 1, 1, 1, 1, 1, 1, 1, 1]).assert_votes_within("test", &TIGHT);
        });
        must_fail("nothing", "proves nothing", || drop(compare::<u32>(&[], &[])));
        must_fail("lengths", "equally many", || drop(compare(&[1_u32], &[])));
    }

    #[test]
    fn must_fail_notices_a_check_that_passes() {
        must_fail("an idle check", "passed all the same", || must_fail("inner", "x", || {}));
        must_fail("another reason", "failed, but not with", || must_fail("inner", "x", || panic!("y")));
    }
}
