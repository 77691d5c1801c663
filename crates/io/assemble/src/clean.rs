//! From published rings to valid plans.
//!
//! Order: project and snap, drop repeated vertices, drop rings without area, turn rings the right way,
//! then let the boolean operation say whether outline and holes are valid. It gives a valid polygon back
//! unchanged (up to its first vertex); whatever else comes back is the repair.

use futago_field::Report;
use futago_raw::RawPolygon;

use crate::boolean::{Shapes, area_m2, difference, union};
use crate::plan::{Plan, Ring, doubled_area_mm2, m2};
use crate::project::Projector;
use crate::rules::Rules;
use crate::simple::is_simple;
use crate::triangles::{MAX_VERTICES, triangles_of};

/// A triangulation may miss so much of the area before it is reported.
const MISSED_SHARE: f64 = 1e-6;

/// Who is being cleaned, for the Report.
pub(crate) struct Subject<'a> {
    pub name: &'a str,
    pub place: &'a str,
    pub report: &'a mut Report,
}

impl Subject<'_> {
    /// Adds an entry about it.
    pub fn note(&mut self, code: &str, action: impl Into<String>) {
        self.report.add(code, self.name, self.place, action);
    }
}

/// The plans of a feature, in the order of its parts.
#[derive(Default)]
pub(crate) struct Cleaned {
    pub plans: Vec<Plan>,
    /// Whether an outline or hole had to be rebuilt.
    pub repaired: bool,
}

/// Cleans every part of a feature.
pub(crate) fn clean(
    parts: &[RawPolygon],
    projector: &Projector<'_>,
    rules: &Rules,
    subject: &mut Subject<'_>,
) -> Cleaned {
    let mut cleaned = Cleaned::default();
    for part in parts {
        let rings: Result<Vec<Ring>, String> = part.rings.iter().map(|raw| projector.line_mm(raw)).collect();
        match rings {
            Ok(rings) => cleaned.add(rings, rules, subject),
            Err(trouble) => subject.note("bad-coordinates", format!("{trouble}; this part was left out")),
        }
    }
    cleaned
}

impl Cleaned {
    /// Cleans one polygon of projected rings as published, outside first, and adds its plans.
    pub fn add(&mut self, rings: Vec<Ring>, rules: &Rules, subject: &mut Subject<'_>) {
        if let Some(rings) = rings_of_part(rings, rules, subject) {
            self.repaired |= add_part(rings, rules, subject, &mut self.plans);
        }
    }
}

/// Makes plans of valid rings that come from a boolean operation.
pub(crate) fn plans_of_shapes(shapes: Shapes, min_area_m2: f64) -> Vec<Plan> {
    let enough = |rings: &Vec<Ring>| m2(rings.iter().map(|r| doubled_area_mm2(r)).sum()) >= min_area_m2;
    let plan = |rings: Vec<Ring>| Plan { triangles: triangles_of(&rings).0, rings };
    let small = |rings: &Vec<Ring>| rings.iter().map(Vec::len).sum::<usize>() <= MAX_VERTICES;
    shapes.into_iter().filter(|rings| enough(rings) && small(rings)).map(plan).collect()
}

fn rings_of_part(part: Vec<Ring>, rules: &Rules, subject: &mut Subject<'_>) -> Option<Vec<Ring>> {
    let mut rings = Vec::with_capacity(part.len());
    for (index, raw) in part.into_iter().enumerate() {
        let unclosed = raw.len() > 1 && raw.first() != raw.last();
        let (ring, repeated) = open_ring(raw);
        let what = if index == 0 { "the outline" } else { "a hole" };
        if unclosed {
            subject.note("unclosed-ring", format!("{what} does not end where it starts; closed"));
        }
        if repeated > 0 {
            subject.note("duplicate-vertices", format!("{what} repeats {repeated} vertices; removed"));
        }
        let doubled = doubled_area_mm2(&ring);
        if ring.len() < 3 || !has_area(&ring, doubled, rules.min_area_m2) {
            let (code, out) = if index == 0 { ("zero-area", "this part") } else { ("bad-hole", "the hole") };
            subject.note(code, format!("{what} has {} vertices and no area; {out} was left out", ring.len()));
            if index == 0 {
                return None;
            }
            continue;
        }
        rings.push(turned(ring, doubled, index == 0, what, subject));
    }
    (!rings.is_empty()).then_some(rings)
}

/// Whether a ring encloses anything. The lobes of a bow-tie may cancel out in the signed area.
fn has_area(ring: &Ring, doubled: i64, min_area_m2: f64) -> bool {
    m2(doubled.abs()) >= min_area_m2 || area_m2(&union(std::slice::from_ref(ring))) >= min_area_m2
}

/// Drops the closing vertex and repeated ones; gives the number of repeated ones.
fn open_ring(mut ring: Ring) -> (Ring, usize) {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let before = ring.len();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let repeated = before - ring.len();
    (ring, repeated)
}

fn turned(mut ring: Ring, doubled: i64, outside: bool, what: &str, subject: &mut Subject<'_>) -> Ring {
    if (doubled > 0) != outside && doubled != 0 {
        let way = if outside { "clockwise" } else { "counter-clockwise" };
        subject.note("wrong-orientation", format!("{what} runs {way}; turned round"));
        ring.reverse();
    }
    ring
}

/// Checks one polygon, repairs it if need be and adds the plans. True when it was repaired.
fn add_part(rings: Vec<Ring>, rules: &Rules, subject: &mut Subject<'_>, plans: &mut Vec<Plan>) -> bool {
    if let [ring] = rings.as_slice()
        && is_simple(ring)
    {
        add_plan(rings, subject, plans);
        return false;
    }
    let outline = union(&rings[..1]);
    let outline_ok = same_rings(&outline, &rings[..1]);
    let shapes = if rings.len() == 1 { outline } else { difference(&rings[..1], &rings[1..]) };
    if outline_ok && same_rings(&shapes, &rings) {
        add_plan(rings, subject, plans);
        return false;
    }
    let before = m2(rings.iter().map(|ring| doubled_area_mm2(ring)).sum());
    let rebuilt = without_specks(shapes, rules.min_area_m2);
    let code = if outline_ok { "bad-hole" } else { "self-intersection" };
    let found = if outline_ok {
        "holes touch, cross or leave the outline"
    } else {
        "the outline crosses or touches itself"
    };
    let after: f64 = area_m2(&rebuilt);
    let action = format!(
        "{found}; rebuilt as {} polygon(s) of {after:.2} m2 (signed area as published {before:.2} m2)",
        rebuilt.len()
    );
    subject.note(code, action);
    for rings in rebuilt {
        add_plan(rings, subject, plans);
    }
    true
}

fn without_specks(shapes: Shapes, min_area_m2: f64) -> Shapes {
    let enough = |ring: &Ring| m2(doubled_area_mm2(ring).abs()) >= min_area_m2;
    let kept = shapes.into_iter().filter(|rings| rings.first().is_some_and(enough));
    kept.map(|rings| rings.into_iter().filter(enough).collect()).collect()
}

fn add_plan(rings: Vec<Ring>, subject: &mut Subject<'_>, plans: &mut Vec<Plan>) {
    let vertices: usize = rings.iter().map(Vec::len).sum();
    if vertices > MAX_VERTICES {
        subject
            .note("too-many-vertices", format!("{vertices} vertices, at most {MAX_VERTICES} fit; left out"));
        return;
    }
    let (triangles, missed) = triangles_of(&rings);
    if missed > MISSED_SHARE {
        let percent = missed * 100.0;
        subject.note("triangulation", format!("its triangles miss {percent:.4} % of the area; kept"));
    }
    plans.push(Plan { rings, triangles });
}

/// Whether one polygon came back as it went in, up to the first vertex and the order of holes.
pub(crate) fn same_rings(shapes: &Shapes, rings: &[Ring]) -> bool {
    let [shape] = shapes.as_slice() else { return false };
    let mut found: Vec<Ring> = shape.iter().map(rotated).collect();
    let mut wanted: Vec<Ring> = rings.iter().map(rotated).collect();
    found.sort_unstable();
    wanted.sort_unstable();
    found == wanted
}

/// The ring from its smallest vertex on.
fn rotated(ring: &Ring) -> Ring {
    let mut ring = ring.clone();
    let first = (0..ring.len()).min_by_key(|i| ring[*i]).unwrap_or(0);
    ring.rotate_left(first);
    ring
}
