//! Footprints: the buildings before they have solids.

use std::collections::HashMap;

use futago_field::Report;
use futago_raw::{Raw, RawBuilding};
use rayon::prelude::*;

use crate::clean::{Subject, clean};
use crate::plan::Plan;
use crate::project::Projector;
use crate::rules::Rules;

/// A building on its way.
pub(crate) struct Footprint {
    /// Published id, or a made-up one.
    pub id: String,
    pub id_assumed: bool,
    /// File and feature, for the Report.
    pub place: String,
    pub town_code: Option<String>,
    pub flood_depth_m: Option<f64>,
    /// Published height; missing until heights are filled.
    pub height_m: Option<f64>,
    pub height_assumed: bool,
    pub clipped: bool,
    pub repaired: bool,
    /// At least one; the largest, which is the footprint proper, comes first.
    pub plans: Vec<Plan>,
}

impl Footprint {
    /// Centroid of the largest plan, metres.
    pub fn centroid_m(&self) -> [f64; 2] {
        self.plans[0].centroid().map(|mm| mm / 1000.0)
    }

    /// Area of all plans, square metres.
    pub fn area_m2(&self) -> f64 {
        self.plans.iter().map(Plan::area_m2).sum()
    }
}

/// Cleans every footprint; those without a usable outline are left out.
pub(crate) fn footprints(
    raw: &Raw<RawBuilding>,
    projector: &Projector<'_>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<Footprint> {
    let found: Vec<(Option<Footprint>, Report)> =
        raw.features.par_iter().map(|building| footprint(building, raw, projector, rules)).collect();
    let mut footprints = Vec::with_capacity(found.len());
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(found.len());
    for (footprint, entries) in found {
        report.extend(entries);
        if let Some(footprint) = footprint.and_then(|f| with_own_id(f, &footprints, &mut seen, report)) {
            seen.insert(footprint.id.clone(), footprints.len());
            footprints.push(footprint);
        }
    }
    footprints
}

fn footprint(
    building: &RawBuilding,
    raw: &Raw<RawBuilding>,
    projector: &Projector<'_>,
    rules: &Rules,
) -> (Option<Footprint>, Report) {
    let mut report = Report::default();
    let place = raw.place(building.index);
    let (id, id_assumed) = id_of(building);
    let mut subject = Subject { name: &id, place: &place, report: &mut report };
    if id_assumed {
        subject.note("missing-id", format!("no id is published; called {id}"));
    }
    if building.clipped {
        subject.note("clipped", "cut at the edge of the data; kept as it is and marked");
    }
    let height_m = building.height_m.filter(|h| {
        let usable = *h > 0.0 && *h <= rules.max_height_m;
        if !usable {
            subject.note("bad-height", format!("a height of {h} m cannot be; taken as missing"));
        }
        usable
    });
    let flood_depth_m = building.flood_depth_m.filter(|depth| {
        let usable = (0.0..=rules.max_height_m).contains(depth);
        if !usable {
            subject.note("bad-property", format!("a flood depth of {depth} m cannot be; not known"));
        }
        usable
    });
    let mut cleaned = clean(&building.parts, projector, rules, &mut subject);
    if cleaned.plans.is_empty() {
        subject.note("no-outline", "nothing of its outline is usable; left out");
        return (None, report);
    }
    largest_first(&mut cleaned.plans);
    let footprint = Footprint {
        id,
        id_assumed,
        place,
        town_code: building.town_code.clone(),
        flood_depth_m,
        height_m,
        height_assumed: false,
        clipped: building.clipped,
        repaired: cleaned.repaired,
        plans: cleaned.plans,
    };
    (Some(footprint), report)
}

fn id_of(building: &RawBuilding) -> (String, bool) {
    match (&building.id, &building.feature_id) {
        (Some(id), _) => (id.clone(), false),
        (None, Some(feature)) => (format!("no-id-{feature}"), true),
        (None, None) => (format!("no-id-at-{}", building.index), true),
    }
}

pub(crate) fn largest_first(plans: &mut [Plan]) {
    let areas: Vec<f64> = plans.iter().map(Plan::area_m2).collect();
    let largest = (0..plans.len()).rev().max_by(|a, b| areas[*a].total_cmp(&areas[*b])).unwrap_or(0);
    plans[..=largest].rotate_right(1);
}

/// A second feature with the same id: left out when its outline is the same, else given an id of its own.
pub(crate) fn with_own_id(
    mut footprint: Footprint,
    earlier: &[Footprint],
    seen: &mut HashMap<String, usize>,
    report: &mut Report,
) -> Option<Footprint> {
    let Some(first) = seen.get(&footprint.id).map(|index| &earlier[*index]) else { return Some(footprint) };
    let (id, place) = (footprint.id.clone(), footprint.place.clone());
    if first.plans == footprint.plans {
        let action = format!("the same id and outline as {}; left out", first.place);
        report.add("duplicate-feature", id, place, action);
        return None;
    }
    let free = (2..).map(|n| format!("{id}-{n}")).find(|candidate| !seen.contains_key(candidate))?;
    let action = format!("{} has the same id but another outline; this one is called {free}", first.place);
    report.add("duplicate-id", id, place, action);
    footprint.id = free;
    footprint.id_assumed = true;
    Some(footprint)
}
