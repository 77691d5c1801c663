//! The targets without a nightly compiler: `shake TARGET SECONDS SEED FILE...` damages files by chance.
//!
//! It knows nothing of the code that it reaches, and so finds less than libFuzzer. A panic, more than ten
//! seconds for one file or more than a gigabyte of memory ends it, with the damaged file kept beside.
//! Rounds depend on the seed alone.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use futago_damage::{Dice, LONGEST, peak_kib};

/// The most memory that all of it may take, KiB.
const MOST_KIB: u64 = 1 << 20;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 7] = [
    ("citygml", futago_fuzz::citygml),
    ("cityjson", futago_fuzz::cityjson),
    ("geojson", futago_fuzz::geojson),
    ("import", futago_fuzz::import),
    ("indoor", futago_fuzz::indoor),
    ("pack", futago_fuzz::pack),
    ("tiles", futago_fuzz::tiles),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let target = args.first().and_then(|name| TARGETS.iter().find(|(known, _)| known == name));
    let numbers: Vec<u64> = args.iter().skip(1).take(2).filter_map(|text| text.parse().ok()).collect();
    let (Some((name, target)), [seconds, seed]) = (target, numbers.as_slice()) else {
        eprintln!("shake TARGET SECONDS SEED FILE...");
        return ExitCode::from(2);
    };
    let files: Vec<Vec<u8>> = args[3..].iter().filter_map(|path| std::fs::read(path).ok()).collect();
    if files.is_empty() {
        eprintln!("no file could be read");
        return ExitCode::from(2);
    }
    let (start, mut dice) = (Instant::now(), Dice::new(*seed));
    let (mut rounds, mut slowest) = (0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(*seconds) {
        let (first, second) = (dice.below(files.len()), dice.below(files.len()));
        let mut bytes = files[first].clone();
        dice.damage(&mut bytes, &files[second], 8);
        let begun = Instant::now();
        let ended = catch_unwind(|| target(&bytes));
        slowest = slowest.max(begun.elapsed());
        rounds += 1;
        if ended.is_err() || begun.elapsed() > LONGEST || peak_kib().unwrap_or(0) > MOST_KIB {
            let kept = std::env::temp_dir().join(format!("futago-shake-{name}-{seed}-{rounds}"));
            let written = std::fs::write(&kept, &bytes);
            eprintln!(
                "{name}: round {rounds}, {:?}, {} KiB; kept as {} ({written:?})",
                begun.elapsed(),
                peak_kib().unwrap_or(0),
                kept.display()
            );
            return ExitCode::FAILURE;
        }
    }
    println!("{name}: {rounds} rounds; slowest {slowest:?}; most memory {} MB", peak_kib().unwrap_or(0) / 1024);
    ExitCode::SUCCESS
}
