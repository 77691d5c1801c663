//! The targets without a nightly compiler: `shake TARGET SECONDS SEED FILE...` damages files by chance.
//!
//! It knows nothing of the code that it reaches, and so finds less than libFuzzer. A panic, more than ten
//! seconds for one file or more than a gigabyte of memory ends it, with the damaged file kept beside.
//! Rounds depend on the seed alone.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The longest that one file may take.
const LONGEST: Duration = Duration::from_secs(10);
/// The most memory that all of it may take, kB.
const MOST_KB: u64 = 1 << 20;

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

/// A small generator with a seed (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// Pieces that mean something to one of the formats.
const PIECES: [&[u8]; 16] = [
    b"<",
    b"</",
    b"/>",
    b"&#x0;",
    b"<![CDATA[",
    b"<gml:Point>",
    b"xlink:href=\"#a\"",
    b"NaN",
    b"-1e999",
    b"{",
    b"[[[[",
    b"null",
    b"4294967296",
    b"-1",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
];

fn damage(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(96)).min(bytes.len());
        match dice.below(9) {
            _ if bytes.is_empty() => bytes.extend_from_slice(other),
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.below(256) as u8,
            2 => bytes[at] = b"0123456789-.<>\"{}[], "[dice.below(21)],
            3 => drop(bytes.drain(at..end)),
            4 => {
                let stretch = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, stretch);
            }
            5 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].iter().copied())),
            6 => {
                let from = dice.below(other.len());
                let until = (from + 1 + dice.below(400)).min(other.len());
                bytes.splice(at..end, other[from..until].iter().copied());
            }
            7 => {
                let number = [0, 1, 0x7f, 0xff, 0xffff, u32::MAX][dice.below(6)].to_le_bytes();
                bytes.iter_mut().skip(at & !3).zip(number).for_each(|(byte, new)| *byte = new);
            }
            _ => bytes.truncate(at.max(bytes.len() / 2)),
        }
    }
}

/// The most memory that this process has had, kB; 0 where the system does not say.
fn most_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}

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
    let (start, mut dice) = (Instant::now(), Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
    let (mut rounds, mut slowest) = (0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(*seconds) {
        let (first, second) = (dice.below(files.len()), dice.below(files.len()));
        let mut bytes = files[first].clone();
        damage(&mut bytes, &files[second], &mut dice);
        let begun = Instant::now();
        let ended = catch_unwind(|| target(&bytes));
        slowest = slowest.max(begun.elapsed());
        rounds += 1;
        if ended.is_err() || begun.elapsed() > LONGEST || most_memory_kb() > MOST_KB {
            let kept = std::env::temp_dir().join(format!("futago-shake-{name}-{seed}-{rounds}"));
            let written = std::fs::write(&kept, &bytes);
            eprintln!(
                "{name}: round {rounds}, {:?}, {} kB; kept as {} ({written:?})",
                begun.elapsed(),
                most_memory_kb(),
                kept.display()
            );
            return ExitCode::FAILURE;
        }
    }
    println!("{name}: {rounds} rounds; slowest {slowest:?}; most memory {} MB", most_memory_kb() / 1024);
    ExitCode::SUCCESS
}
