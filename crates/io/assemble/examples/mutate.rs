//! Imports damaged copies of files for a while: `mutate SECONDS SEED FILE...`.
//!
//! Each round takes a file (CityGML, CityJSON, a tile, a zip), changes a few bytes or stretches of it and
//! imports that. A panic, an import that takes more than ten seconds, or more than a gigabyte of memory ends it with
//! the damaged file kept beside. Rounds depend on the seed alone, so a failure can be repeated.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use futago_assemble::Import;
use futago_model::Source;

/// The longest that one import may take.
const LONGEST: Duration = Duration::from_secs(10);
/// The most memory that all of it may take, kB.
const MOST_KB: u64 = 1 << 20;

/// Counter-based dice.
struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.thrown += 1;
        let mut z = self.seed.wrapping_add(self.thrown.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// Pieces that mean something to one of the formats.
const PIECES: [&[u8]; 12] = [
    b"<",
    b"</",
    b"&#x0;",
    b"]]>",
    b"NaN",
    b"-1e999",
    b"{",
    b"[[[[",
    b"\"",
    b"4294967296",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
];

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(6) {
        if bytes.is_empty() {
            return;
        }
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(64)).min(bytes.len());
        match dice.below(6) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.below(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let stretch = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, stretch);
            }
            4 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
}

fn import(path: &Path) -> Result<(), String> {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    let import = Import::new("t", source, ["mutate".to_owned(), "0".to_owned()]);
    let packs =
        import.run(&[path.to_owned()], |_, _| ControlFlow::Continue(())).map_err(|e| e.to_string())?;
    let mut packs = std::iter::once(packs.city).chain(packs.osm);
    packs
        .try_for_each(|pack| pack.to_bytes().map(drop))
        .map_err(|error| format!("a pack that cannot be written: {error}"))
}

/// The most memory that this process has had, kB; 0 where the system does not say.
fn most_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(seconds), Some(seed)) =
        (args.first().and_then(|a| a.parse().ok()), args.get(1).and_then(|a| a.parse().ok()))
    else {
        eprintln!("mutate SECONDS SEED FILE...");
        return ExitCode::from(2);
    };
    let files: Vec<(PathBuf, Vec<u8>)> =
        args[2..].iter().filter_map(|path| Some((path.into(), std::fs::read(path).ok()?))).collect();
    if files.is_empty() {
        eprintln!("no file could be read");
        return ExitCode::from(2);
    }
    let damaged = std::env::temp_dir().join(format!("futago-mutate-{}", std::process::id()));
    let (start, mut dice) = (Instant::now(), Dice { seed, thrown: 0 });
    let (mut rounds, mut cities, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let (path, whole) = &files[dice.below(files.len())];
        let mut bytes = whole.clone();
        damage(&mut bytes, &mut dice);
        if std::fs::write(&damaged, &bytes).is_err() {
            return ExitCode::from(2);
        }
        let begun = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| import(&damaged)));
        slowest = slowest.max(begun.elapsed());
        rounds += 1;
        cities += u64::from(matches!(ended, Ok(Ok(()))));
        let unwritable = matches!(&ended, Ok(Err(error)) if error.starts_with("a pack that cannot"));
        if ended.is_err() || unwritable || begun.elapsed() > LONGEST || most_memory_kb() > MOST_KB {
            eprintln!(
                "{}: round {rounds}, {ended:?}, {:?}, {} kB; kept as {}",
                path.display(),
                begun.elapsed(),
                most_memory_kb(),
                damaged.display()
            );
            return ExitCode::FAILURE;
        }
    }
    // A leftover in the folder of temporary files harms nobody.
    let _ = std::fs::remove_file(&damaged);
    println!(
        "{rounds} rounds, {cities} cities, {} errors; slowest {slowest:?}; most memory {} MB",
        rounds - cities,
        most_memory_kb() / 1024
    );
    ExitCode::SUCCESS
}
