//! CityJSONSeq: a CityJSON with the head of the file on the first line, a feature on each further one.
//!
//! Lines are read in batches, and those of a batch in parallel. A line that is no feature is reported and
//! left out; only one that the end of the file cuts is an error, since then more may be missing.

use std::io::BufRead;
use std::sync::atomic::AtomicU64;

use futago_geodesy::Crs;
use futago_raw::{Item, ObjectBuilder, Summary};
use rayon::prelude::*;

use crate::build::{Built, Context, Templates};
use crate::delivery::{Delivery, Sink};
use crate::document::{self, Document};
use crate::family::family;
use crate::head::{self, Head};
use crate::lines::{Line, Lines};
use crate::notes::Notes;
use crate::order::Evidence;
use crate::place::{Frame, Transform};
use crate::read::{CHUNK, frame, order};
use crate::{CityJsonError, Limits, detect, geometry, json};

/// Lines that are read together: so many, or so much text.
const BATCH_LINES: usize = 4096;
const BATCH_BYTES: usize = 8 << 20;

/// A line as far as it is read without the others.
struct Parsed<'t> {
    document: Document<'t>,
    /// In the order of the file.
    positions: Vec<[f64; 3]>,
    text: &'t str,
    line: u64,
    at: u64,
    /// The first line, whose appearance is that of the file.
    first: bool,
}

/// What is the same for all lines.
struct File<'f> {
    file: &'f str,
    limits: &'f Limits,
    crs: Option<Crs>,
    transform: Transform,
    templates: Templates<'f>,
    appearance: Option<json::Piece<'f>>,
    spent: AtomicU64,
}

/// What a line gives.
#[derive(Default)]
struct Outcome {
    ids: Vec<String>,
    line: u64,
    items: Vec<Item>,
    notes: Vec<Notes>,
    built: Vec<Built>,
}

/// Reads a sequence whose first line was read.
pub(crate) fn read(
    first: &Line,
    mut lines: Lines<'_, impl BufRead>,
    file: &str,
    limits: &Limits,
    sink: Sink<'_>,
) -> Result<Summary, CityJsonError> {
    let mut delivery = Delivery::new(file, limits, sink);
    let text = detect::trimmed(detect::text(&first.bytes, file)?);
    let document = document::read(text, limits.objects);
    let document = document.map_err(|error| CityJsonError::of_json(file, first.number, 0, &error))?;
    let Head { header, transform } = head::head(&document, file, &mut delivery.notes)?;
    let common = File {
        file,
        limits,
        crs: header.crs,
        transform,
        templates: head::templates(&document),
        appearance: document.appearance,
        spent: AtomicU64::new(0),
    };
    let positions = positions(&document, transform);
    let (line, at) = (first.number, first.at + detect::offset(text, &first.bytes));
    let mut head = Some(Ok(Parsed { document, positions, text, line, at, first: true }));
    let mut evidence = Evidence::default();
    let mut order = None;
    loop {
        let batch = batch(&mut lines)?;
        let read: Vec<_> = batch.par_iter().map(|line| common.parse(line)).collect();
        let parsed: Vec<_> = head.take().into_iter().chain(read).collect();
        let order = *order.get_or_insert_with(|| {
            for document in parsed.iter().flatten() {
                evidence.add(common.crs, &document.document, &document.positions);
            }
            frame(common.crs, transform, &evidence, &mut delivery)
        });
        common.deliver(parsed, order, &mut delivery)?;
        if batch.is_empty() {
            break;
        }
    }
    let bytes = lines.bytes();
    let (objects, report) = delivery.finish();
    Ok(Summary { header, objects, bytes, report })
}

fn batch(lines: &mut Lines<'_, impl BufRead>) -> Result<Vec<Line>, CityJsonError> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH_LINES && bytes < BATCH_BYTES {
        let Some(line) = lines.next()? else { break };
        bytes += line.bytes.len();
        batch.push(line);
    }
    Ok(batch)
}

fn positions(document: &Document<'_>, transform: Transform) -> Vec<[f64; 3]> {
    let mut positions: Vec<[f64; 3]> = document.vertices.and_then(geometry::vertices).unwrap_or_default();
    positions.iter_mut().for_each(|at| *at = transform.apply(*at));
    positions
}

/// Why a line is left out, and whether the file is cut in it.
struct Refused {
    line: u64,
    problem: String,
    cut: bool,
}

impl File<'_> {
    fn parse<'l>(&self, line: &'l Line) -> Result<Parsed<'l>, Refused> {
        let refuse = |problem: String, cut| Refused { line: line.number, problem, cut };
        let text = std::str::from_utf8(&line.bytes).map_err(|error| {
            let cut = error.error_len().is_none() && !line.ended;
            refuse("it is not UTF-8".to_owned(), cut)
        })?;
        let text = detect::trimmed(text);
        let document = document::read(text, self.limits.objects).map_err(|error| {
            // A number that is cut is a bad number to the reader, but at the very end.
            let at_end = error.is_eof() || error.column() >= text.len();
            refuse(format!("not readable ({error})"), at_end && !line.ended)
        })?;
        match document.kind.and_then(json::string).as_deref() {
            Some("CityJSONFeature") => {}
            Some("CityJSON") => return Err(refuse("a second CityJSON in the same file".to_owned(), false)),
            _ => return Err(refuse("its `type` is not CityJSONFeature".to_owned(), false)),
        }
        let positions = positions(&document, self.transform);
        let at = line.at + detect::offset(text, &line.bytes);
        Ok(Parsed { document, positions, text, line: line.number, at, first: false })
    }

    /// Builds the objects of some lines and hands them over in order.
    fn deliver(
        &self,
        parsed: Vec<Result<Parsed<'_>, Refused>>,
        order: Frame,
        delivery: &mut Delivery<'_>,
    ) -> Result<(), CityJsonError> {
        let mut parsed: Vec<_> = parsed.into_iter().map(Some).collect();
        let outcomes: Vec<_> =
            parsed.par_chunks_mut(CHUNK).map(|chunk| self.build_some(chunk, order)).collect();
        // All or none of a batch: whose vertices were the ones too many depends on the threads.
        for outcome in outcomes.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
            match outcome {
                Ok(outcome) => hand_over(outcome, delivery)?,
                Err(Refused { line, cut: true, .. }) => {
                    let (file, whole) = (self.file.to_owned(), delivery.objects);
                    return Err(CityJsonError::Cut { file, line, whole });
                }
                Err(Refused { line, problem, .. }) => {
                    let place = || format!("line {line}");
                    delivery.notes.add("bad-feature", "", place, || format!("{problem}; left out"));
                }
            }
        }
        Ok(())
    }

    /// Builds the objects of some lines, which share their names.
    fn build_some(
        &self,
        lines: &mut [Option<Result<Parsed<'_>, Refused>>],
        order: Frame,
    ) -> Result<Vec<Result<Outcome, Refused>>, CityJsonError> {
        let mut out = ObjectBuilder::default();
        let mut outcomes = Vec::with_capacity(lines.len());
        for line in lines.iter_mut().filter_map(Option::take) {
            outcomes.push(match line {
                Ok(parsed) => Ok(self.build(parsed, order, &mut out)?),
                Err(refused) => Err(refused),
            });
        }
        let names = out.into_names();
        for built in outcomes.iter_mut().flatten().flat_map(|outcome| &mut outcome.built) {
            built.object.names = names.clone();
        }
        Ok(outcomes)
    }

    fn build(
        &self,
        parsed: Parsed<'_>,
        order_of_file: Frame,
        out: &mut ObjectBuilder,
    ) -> Result<Outcome, CityJsonError> {
        let Parsed { mut document, mut positions, text, line, at, first } = parsed;
        order(&mut positions, &order_of_file);
        let mut notes = Notes::new(self.file, Some(line), self.limits.entries_per_code);
        let entries = document.objects.take().unwrap_or_default();
        if !first {
            check_feature(&mut document, &entries, &mut notes);
        }
        let own = document.appearance.filter(|_| !first);
        let context = Context {
            file: self.file,
            line: Some(line),
            limits: self.limits,
            frame: order_of_file,
            family: family(&entries, self.limits.depth, self.file, &mut notes)?,
            entries: &entries,
            positions,
            texture_positions: head::texture_vertices(own.or(self.appearance)),
            templates: &self.templates,
            appearance: own,
            text,
            byte: at,
            spent: &self.spent,
        };
        let (items, more) = head::items(&document, &context)?;
        let built = context.family.roots.iter().map(|root| context.build(*root, out));
        let built = built.collect::<Result<Vec<_>, _>>()?;
        let ids = entries.into_iter().map(|entry| entry.id.into_owned()).collect();
        Ok(Outcome { ids, line, items, notes: vec![notes, more], built })
    }
}

/// What a feature may not have is the head's to say.
fn check_feature(document: &mut Document<'_>, entries: &[document::Entry<'_>], notes: &mut Notes) {
    let misplaced = [
        ("version", document.version.take()),
        ("transform", document.transform.take()),
        ("metadata", document.metadata.take()),
        ("geometry-templates", document.templates.take()),
    ];
    for (name, _) in misplaced.iter().filter(|(_, piece)| piece.is_some()) {
        notes.add(
            "misplaced-member",
            "",
            || (*name).to_owned(),
            || format!("`{name}` of a feature is not used, that of the first line holds; left out"),
        );
    }
    for name in &document.repeated {
        notes.add(
            "duplicate-member",
            "",
            || (*name).to_owned(),
            || format!("`{name}` stands there twice; the last one counts, the other is left out"),
        );
    }
    let id = document.id.and_then(json::string).unwrap_or_default();
    if !entries.iter().any(|entry| entry.id == id) {
        notes.add("broken-feature-id", &id, String::new, || {
            format!("no object of the feature has its id `{id}`; its objects are kept")
        });
    }
}

fn hand_over(outcome: Outcome, delivery: &mut Delivery<'_>) -> Result<(), CityJsonError> {
    let line = outcome.line;
    delivery.count(outcome.ids.len(), || format!("line {line}"))?;
    for id in &outcome.ids {
        delivery.remember(id, Some(line));
    }
    for notes in outcome.notes {
        delivery.notes.absorb(notes);
    }
    for item in outcome.items {
        delivery.item(item)?;
    }
    for built in outcome.built {
        delivery.object(built)?;
    }
    Ok(())
}
