//! Finished structures to flat records, with their heights above the ground.

use std::collections::HashMap;

use futago_field::Report;
use futago_model::{Structure, StructureFlags, StructureSolid, StructureTriangle, Structures};

use super::FoundStructure;
use crate::AssembleError;
use crate::emit::Interner;
use crate::rules::Rules;

/// A prism that rises less than this above the ground shades nothing, metres.
const LOWEST_TOP_M: f64 = 0.05;
/// A ground that differs by less from that of the city is not worth a remark, metres.
const SAME_GROUND_M: f64 = 0.5;

/// The ground of a structure, and how it is known.
struct Footing {
    foot_m: f64,
    assumed: bool,
}

/// Median height of the feet of structures, metres T.P.; none without feet.
pub(crate) fn median_foot_m(found: &[FoundStructure]) -> Option<f64> {
    let mut feet: Vec<f64> = found.iter().filter(|s| s.has_feet).map(|s| s.lowest_m).collect();
    feet.sort_unstable_by(f64::total_cmp);
    feet.get(feet.len() / 2).copied()
}

/// Puts structures on the ground of a city, whose height T.P. is given. Of two with the same id the first stays.
///
/// # Errors
/// When indices would not fit 32 bits.
pub(crate) fn emit(
    found: &[FoundStructure],
    ground_tp_m: f64,
    rules: &Rules,
    report: &mut Report,
) -> Result<Structures, AssembleError> {
    let mut out = Structures::default();
    let mut names = Interner::default();
    let mut seen: HashMap<&str, &str> = HashMap::new();
    let mut feet: Vec<f64> = Vec::new();
    for structure in found {
        if let Some(first) = seen.get(structure.id.as_str()) {
            let action = format!("{first} has the same id; left out");
            report.add("duplicate-id", structure.id.clone(), structure.place.clone(), action);
            continue;
        }
        seen.insert(&structure.id, &structure.place);
        check_room(&out, structure)?;
        let footing = footing(structure, found, ground_tp_m, rules, report);
        if !footing.assumed {
            feet.push(footing.foot_m);
        }
        push(&mut out, &mut names, structure, &footing, rules);
    }
    out.strings = names.strings;
    note_heights(&feet, ground_tp_m, report);
    Ok(out)
}

fn check_room(out: &Structures, more: &FoundStructure) -> Result<(), AssembleError> {
    let corners = more.prisms.iter().flat_map(|prism| &prism.plan.rings).map(Vec::len).sum::<usize>();
    let largest = [
        out.vertices_mm.len() + more.mesh.vertices.len(),
        out.triangles.len() + more.mesh.triangles.len(),
        out.polygons.vertices_mm.len() + corners,
        out.polygons.triangles.len() + 3 * corners,
    ];
    match largest.into_iter().any(|count| count >= u32::MAX as usize) {
        true => Err(AssembleError::TooLarge { what: "faces of structures" }),
        false => Ok(()),
    }
}

/// What the heights of a structure count from; the module above tells why.
fn footing(
    structure: &FoundStructure,
    all: &[FoundStructure],
    ground_tp_m: f64,
    rules: &Rules,
    report: &mut Report,
) -> Footing {
    if structure.has_feet {
        return Footing { foot_m: structure.lowest_m, assumed: false };
    }
    let away = |other: &FoundStructure| {
        let [east, north] = [0, 1].map(|axis| other.middle_m[axis] - structure.middle_m[axis]);
        east.hypot(north)
    };
    let near = all.iter().filter(|other| other.has_feet && away(other) <= rules.structures.ground_within_m);
    let nearest = near.min_by(|a, b| away(a).total_cmp(&away(b)));
    let (mut foot_m, from) = match nearest {
        Some(other) => (other.lowest_m, format!("that of {}, {:.0} m away", other.id, away(other))),
        None => (ground_tp_m, "that of the city".to_owned()),
    };
    let mut action = format!("it has no feet, so its ground is {from}: T.P. {foot_m:.2} m");
    if structure.lowest_m < foot_m {
        let sunk = foot_m - structure.lowest_m;
        action += &format!("; it would lie {sunk:.2} m below that and was lifted onto the ground");
        foot_m = structure.lowest_m;
    }
    report.add("structure-ground-assumed", structure.id.clone(), structure.place.clone(), action);
    Footing { foot_m, assumed: true }
}

fn push(
    out: &mut Structures,
    names: &mut Interner,
    structure: &FoundStructure,
    footing: &Footing,
    rules: &Rules,
) {
    let index = out.records.len() as u32;
    let first_solid = out.solids.len() as u32;
    for prism in &structure.prisms {
        let (bottom_m, top_m) = (prism.bottom_m - footing.foot_m, prism.top_m - footing.foot_m);
        if top_m < LOWEST_TOP_M {
            continue;
        }
        let bottom_m = if bottom_m <= rules.structures.snap_m { 0.0 } else { millimetres(bottom_m) };
        let polygon = prism.plan.push_to(&mut out.polygons);
        let top_m = millimetres(top_m).max(bottom_m);
        out.solids.push(StructureSolid { polygon, structure: index, bottom_m, top_m });
    }
    let (first_triangle, first_vertex) = (out.triangles.len() as u32, out.vertices_mm.len() as u32);
    let foot_mm = (footing.foot_m * 1000.0).round() as i32;
    out.vertices_mm.extend(structure.mesh.vertices.iter().map(|[e, n, up]| [*e, *n, up - foot_mm]));
    for (corners, role) in &structure.mesh.triangles {
        let corners = corners.map(|corner| first_vertex + corner);
        out.triangles.push(StructureTriangle { corners, role: *role as u32 });
    }
    out.records.push(Structure {
        id: names.intern(Some(&structure.id)),
        name: names.intern(structure.name.as_deref()),
        kind: structure.kind as u32,
        flags: structure.flags.with_if(footing.assumed, StructureFlags::GROUND_ASSUMED),
        foot_tp_m: footing.foot_m as f32,
        first_solid,
        solid_count: out.solids.len() as u32 - first_solid,
        first_triangle,
        triangle_count: out.triangles.len() as u32 - first_triangle,
    });
}

/// Whole millimetres, so that every machine has the same heights.
fn millimetres(metres: f64) -> f32 {
    ((metres * 1000.0).round() / 1000.0) as f32
}

/// One line that says what heights count from, where that is not the ground of the city.
fn note_heights(feet: &[f64], ground_tp_m: f64, report: &mut Report) {
    let low = feet.iter().copied().fold(f64::INFINITY, f64::min);
    let high = feet.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if feet.iter().all(|foot| (foot - ground_tp_m).abs() <= SAME_GROUND_M) {
        return;
    }
    let action = format!(
        "heights of {} structure(s) count from the lowest point of each, T.P. {low:.2} to {high:.2} m, as those of \
         buildings do from their own ground; the flat ground is T.P. {ground_tp_m:.2} m",
        feet.len()
    );
    report.add("structure-heights", "", "", action);
}
