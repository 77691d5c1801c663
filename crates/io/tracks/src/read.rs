//! Reading: files become tasks, threads take them one by one, points go to a sink.
//!
//! Only opening files, unpacking, and cutting tables into blocks is done under a lock; a thread holds one
//! block, or one batch of a row group, at a time. So memory is flat for files of any size.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::detect::{HEAD_BYTES, Kind, tell};
use crate::gather::{Gate, Gather};
use crate::inputs::{InputFile, list};
use crate::layout::{Column, Layout};
use crate::parquet::Opened;
use crate::report::FileCounts;
use crate::sink::InOrder;
use crate::stream::{Stream, broken, fill, open};
use crate::table::{Block, Cutter, Plan, Scratch, parse, split};
use crate::{FileReport, IdKey, Points, ReadOptions, ReadReport, Sink, TracksError, Unit, gpx, mfjson};

/// Points of a chunk, where the reader may choose.
pub(crate) const CHUNK: usize = 1 << 15;

/// Reads files and folders into a sink.
///
/// # Errors
/// A file that is not what it says; what is wrong with single rows is counted in the report instead.
pub fn read<S: Sink>(inputs: &[PathBuf], options: &ReadOptions, sink: &S) -> Result<ReadReport, TracksError> {
    let (files, skipped) = list(inputs, &options.limits)?;
    let key = key_of(&files)?;
    let queue = Queue { options, key, files: files.into(), current: None, file: 0, task: 0, failed: false };
    let shared = Shared {
        queue: Mutex::new(queue),
        state: Mutex::new(State { files: Vec::new(), skipped, errors: Vec::new() }),
        gate: Gate::new(options),
        options,
    };
    std::thread::scope(|scope| {
        for _ in 1..options.threads() {
            scope.spawn(|| work(&shared, sink));
        }
        work(&shared, sink);
    });
    shared.state.into_inner().unwrap_or_else(PoisonError::into_inner).finish()
}

/// Reads files and folders; the closure gets the points chunk by chunk, in the order of the input.
///
/// # Errors
/// As [`read`]; [`TracksError::Stopped`] where the closure breaks.
pub fn read_in_order(
    inputs: &[PathBuf],
    options: &ReadOptions,
    take: impl FnMut(&mut Points) -> ControlFlow<()> + Send,
) -> Result<ReadReport, TracksError> {
    read(inputs, options, &InOrder::new(take))
}

/// Reads files and folders into memory, in the order of the input.
///
/// # Errors
/// As [`read`].
pub fn read_all(inputs: &[PathBuf], options: &ReadOptions) -> Result<(Points, ReadReport), TracksError> {
    let mut all = Points::default();
    let report = read_in_order(inputs, options, |points| {
        all.append(points.view());
        ControlFlow::Continue(())
    })?;
    Ok((all, report))
}

fn key_of(files: &[InputFile]) -> Result<IdKey, TracksError> {
    let mut heads = Vec::with_capacity(files.len());
    for file in files {
        let mut head = vec![0; 4096];
        let mut input = std::fs::File::open(&file.path).map_err(TracksError::io(&file.name))?;
        let count = fill(&mut input, &mut head).map_err(TracksError::io(&file.name))?;
        head.truncate(count);
        heads.push(head);
    }
    Ok(IdKey::of_files(
        files.iter().zip(&heads).map(|(file, head)| (file.name.as_str(), file.bytes, head.as_slice())),
    ))
}

/// What threads share.
struct Shared<'a> {
    queue: Mutex<Queue<'a>>,
    state: Mutex<State>,
    gate: Gate,
    options: &'a ReadOptions,
}

struct State {
    files: Vec<(FileReport, FileCounts, u64)>,
    skipped: Vec<(String, String)>,
    errors: Vec<(u64, TracksError)>,
}

impl State {
    fn finish(mut self) -> Result<ReadReport, TracksError> {
        // Who was told to stop is not the cause; of causes, the first in the input counts.
        self.errors.sort_by_key(|(task, error)| (matches!(error, TracksError::Stopped), *task));
        if let Some((_, error)) = self.errors.into_iter().next() {
            return Err(error);
        }
        let files = self.files.into_iter().map(|(mut report, counts, before)| {
            counts.finish(before, &mut report);
            report
        });
        Ok(ReadReport { files: files.collect(), skipped: self.skipped })
    }
}

/// A piece of work.
enum Task {
    Block(Arc<Plan>, Block),
    Group(Arc<Opened>, usize),
    Gpx(Stream, u64),
    MfJson(Stream, u64),
}

/// A file of which there is more to take.
enum Open {
    Table(Box<Cutter>, Arc<Plan>),
    Groups(Arc<Opened>, usize),
}

struct Queue<'a> {
    options: &'a ReadOptions,
    key: IdKey,
    files: VecDeque<InputFile>,
    current: Option<(Open, InputFile)>,
    /// Number of the file that was opened last, from 1.
    file: usize,
    /// Number of the next task.
    task: u64,
    failed: bool,
}

struct Taken {
    number: u64,
    file: usize,
    name: String,
    task: Task,
}

impl Queue<'_> {
    /// The next piece of work, a block of a table in the buffer.
    fn take(&mut self, buffer: &mut Vec<u8>, state: &Mutex<State>) -> Result<Option<Taken>, TracksError> {
        loop {
            if self.failed {
                return Ok(None);
            }
            if let Some((open, file)) = &mut self.current {
                let task = match open {
                    Open::Table(cutter, plan) => cutter
                        .next(buffer)
                        .map_err(|error| broken(&file.name, cutter.read_bytes, error, &self.options.limits))?
                        .map(|block| Task::Block(Arc::clone(plan), block)),
                    Open::Groups(opened, next) if *next < opened.groups() => {
                        *next += 1;
                        Some(Task::Group(Arc::clone(opened), *next - 1))
                    }
                    Open::Groups(..) => None,
                };
                if let Some(task) = task {
                    let name = file.name.clone();
                    return Ok(Some(self.hand_out(name, task)));
                }
                self.current = None;
            }
            let Some(file) = self.files.pop_front() else { return Ok(None) };
            match self.begin(&file, state) {
                Ok(Some(task)) => return Ok(Some(self.hand_out(file.name, task))),
                Ok(None) => {}
                Err(error @ (TracksError::UnknownFormat { .. } | TracksError::Unsupported { .. }))
                    if !file.asked_for =>
                {
                    lock(state).skipped.push((file.name, error.to_string()));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn hand_out(&mut self, name: String, task: Task) -> Taken {
        self.task += 1;
        Taken { number: self.task - 1, file: self.file - 1, name, task }
    }

    /// Opens a file; gives a task where the whole file is one.
    fn begin(&mut self, file: &InputFile, state: &Mutex<State>) -> Result<Option<Task>, TracksError> {
        let (options, name) = (self.options, &file.name);
        let (mut input, packing) = open(file, &options.limits)?;
        let mut head = vec![0; HEAD_BYTES];
        let count = fill(&mut input, &mut head).map_err(|error| broken(name, 0, error, &options.limits))?;
        head.truncate(count);
        let whole = count < HEAD_BYTES;
        let kind = tell(file, &head, whole, packing, options)?;
        let mut report = FileReport {
            file: name.clone(),
            format: String::new(),
            columns: Vec::new(),
            zone: String::new(),
            unit: Unit::Point,
            rows: 0,
            points: 0,
            without_accuracy: 0,
            rejected: Default::default(),
        };
        let (mut before, mut task) = (0, None);
        let mut words = packing.name().map(|name| format!(" ({name})")).unwrap_or_default();
        match kind {
            Kind::Table(layout) => {
                let (cutter, plan) = self.table(file, input, head, &layout)?;
                describe(&layout, &mut report);
                before = layout.skip_lines as u64;
                report.unit = Unit::Line;
                self.current = Some((Open::Table(Box::new(cutter), Arc::new(plan)), file.clone()));
            }
            Kind::Parquet => {
                let rest: Stream = Box::new(std::io::Read::chain(std::io::Cursor::new(head), input));
                let opened = Opened::new(file, rest, packing, self.key, options)?;
                describe(&opened.layout, &mut report);
                report.unit = Unit::Row;
                self.current = Some((Open::Groups(Arc::new(opened), 0), file.clone()));
            }
            Kind::Gpx | Kind::MfJson => {
                let skip = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
                let mut begin = std::io::Cursor::new(head);
                begin.set_position(skip);
                let rest: Stream = Box::new(std::io::Read::chain(begin, input));
                let id = self.key.text(name.as_bytes());
                let gpx = matches!(kind, Kind::Gpx);
                report.format = if gpx { gpx::FORMAT } else { mfjson::FORMAT }.to_owned();
                report.zone = if gpx { gpx::ZONE } else { mfjson::ZONE }.to_owned();
                task = Some(if gpx { Task::Gpx(rest, id) } else { Task::MfJson(rest, id) });
            }
        }
        words.insert_str(0, &report.format);
        report.format = words;
        self.file += 1;
        lock(state).files.push((report, FileCounts::default(), before));
        Ok(task)
    }

    fn table(
        &self,
        file: &InputFile,
        input: Stream,
        head: Vec<u8>,
        layout: &Layout,
    ) -> Result<(Cutter, Plan), TracksError> {
        let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
        let named = layout.meaning.columns().iter().any(|(_, column)| matches!(column, Column::Named(_)));
        let line = if named { layout.skip_lines.saturating_sub(1) } else { layout.skip_lines };
        let names = match text.split(|byte| *byte == b'\n').nth(line) {
            Some(line) if !line.trim_ascii().is_empty() => split(line, layout.delimiter),
            // No rows at all.
            _ => vec![String::new(); 64],
        };
        let plan = Plan::new(layout, &names, &file.name, self.key)?;
        let limits = &self.options.limits;
        let mut cutter = Cutter::new(input, text.to_vec(), layout.delimiter, limits.line_bytes);
        cutter
            .skip_lines(layout.skip_lines)
            .map_err(|error| broken(&file.name, cutter.read_bytes, error, limits))?;
        Ok((cutter, plan))
    }
}

fn describe(layout: &Layout, report: &mut FileReport) {
    report.format = format!("{}: {}", layout.format, layout.why);
    report.zone = format!("{}, by {}", layout.meaning.zone, layout.zone_told_by);
    let columns = layout.meaning.columns().into_iter();
    report.columns = columns.map(|(what, column)| format!("{what} = {column}")).collect();
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What one thread does.
fn work<S: Sink>(shared: &Shared<'_>, sink: &S) {
    let mut local = sink.local();
    let (mut buffer, mut scratch) = (Vec::new(), Scratch::default());
    loop {
        let taken = {
            let mut queue = lock(&shared.queue);
            let taken = queue.take(&mut buffer, &shared.state);
            queue.failed |= taken.is_err();
            taken.map_err(|error| (queue.task, error))
        };
        let result = match taken {
            Ok(None) => break,
            Ok(Some(taken)) => {
                let number = taken.number;
                run(taken, &buffer, &mut scratch, shared, sink, &mut local).map_err(|error| (number, error))
            }
            Err(failed) => Err(failed),
        };
        if let Err(failed) = result {
            lock(&shared.queue).failed = true;
            lock(&shared.state).errors.push(failed);
            sink.abort();
            break;
        }
    }
    if let Err(error) = sink.done(local) {
        lock(&shared.state).errors.push((u64::MAX, error));
    }
}

fn run<S: Sink>(
    taken: Taken,
    buffer: &[u8],
    scratch: &mut Scratch,
    shared: &Shared<'_>,
    sink: &S,
    local: &mut S::Local,
) -> Result<(), TracksError> {
    let Taken { number, file, name, task } = taken;
    let mut gather = std::mem::take(&mut scratch.gather);
    gather.points.clear();
    gather.counts = Default::default();
    let gate = &shared.gate;
    let mut flush = |gather: &mut Gather| {
        let result = sink.points(local, number, &mut gather.points);
        gather.points.clear();
        result
    };
    let places = match task {
        Task::Block(plan, block) => parse(buffer, block, &plan, gate, scratch, &mut gather),
        Task::Group(opened, group) => opened.read(group, gate, &mut gather, &mut flush)?,
        Task::Gpx(stream, id) => gpx::read(stream, &name, id, shared.options, gate, &mut gather, &mut flush)?,
        Task::MfJson(stream, id) => {
            mfjson::read(stream, &name, id, shared.options, gate, &mut gather, &mut flush)?
        }
    };
    flush(&mut gather)?;
    lock(&shared.state).files[file].1.add(number, &gather.counts, places);
    scratch.gather = gather;
    sink.task_done(local, number)
}
