//! The faces of a building that say where it stands and how high, in both editions of CityGML.
//!
//! CityGML 2.0 has outlines of their own (`bldg:lod0FootPrint`) and boundary surfaces of the building
//! module; 3.0 has `core:lod0MultiSurface` and those of the construction module, and its buildings may have
//! rooms and storeys at every level of detail. What is inside counts only where there is nothing else.

use futago_raw::{NodeView, RawObject, Surface};

use crate::plan::Ring;
use crate::site::NO_PLACE;

/// Spaces within a building, and what stands in them.
const INSIDE: [&str; 6] = [
    "bldg:BuildingRoom",
    "bldg:Room",
    "bldg:Storey",
    "bldg:BuildingUnit",
    "bldg:BuildingFurniture",
    "bldg:IntBuildingInstallation",
];

/// A face in plan, and its heights.
pub(crate) struct Face {
    pub rings: Vec<Ring>,
    pub mean_m: f64,
    pub lowest_m: f64,
    pub highest_m: f64,
}

/// The faces of a building that matter here.
#[derive(Default)]
pub(crate) struct Faces {
    pub outline: Vec<Face>,
    pub box_like: Vec<Face>,
    pub ground: [Vec<Face>; 2],
    pub roof: [Vec<Face>; 2],
    /// Faces of LOD2 and LOD3 that do not say what they are.
    pub loose: Vec<Face>,
}

impl Faces {
    fn is_empty(&self) -> bool {
        let named = self.ground.iter().chain(&self.roof).all(Vec::is_empty);
        named && self.outline.is_empty() && self.box_like.is_empty() && self.loose.is_empty()
    }
}

/// The faces of a building's hull; where it has none, those of the spaces in it.
pub(crate) fn faces_of(object: &RawObject, placed: &[[i32; 3]]) -> Faces {
    let hull = gathered(object, placed, false);
    if hull.is_empty() { gathered(object, placed, true) } else { hull }
}

fn gathered(object: &RawObject, placed: &[[i32; 3]], with_inside: bool) -> Faces {
    let (mut faces, mut roof_edge) = (Faces::default(), Vec::new());
    for geometry in object.shapes.geometries.iter().filter(|g| g.parent.is_none()) {
        let node = object.node(geometry.node);
        let part = node.part();
        if !with_inside && is_inside(part) {
            continue;
        }
        let whole = matches!(part.name(), "bldg:Building" | "bldg:BuildingPart")
            || (with_inside && INSIDE.contains(&part.name()));
        let into = match (boundary(part.name()), geometry.lod) {
            _ if matches!(node.name(), "bldg:lod0FootPrint" | "bldg:lod0RoofEdge") => &mut faces.outline,
            (Some("GroundSurface"), Some(0)) => &mut faces.outline,
            (Some("RoofSurface"), Some(0)) => &mut roof_edge,
            (Some("GroundSurface"), Some(lod @ 2..=3)) => &mut faces.ground[usize::from(lod - 2)],
            (Some("RoofSurface"), Some(lod @ 2..=3)) => &mut faces.roof[usize::from(lod - 2)],
            (_, Some(1)) => &mut faces.box_like,
            (_, Some(0)) if whole => &mut faces.outline,
            (_, Some(2..=3)) if whole => &mut faces.loose,
            _ => continue,
        };
        let surfaces = object.shapes.surfaces_of(geometry).iter();
        into.extend(surfaces.filter_map(|surface| face(object, surface, placed)));
    }
    if faces.outline.is_empty() {
        faces.outline = roof_edge;
    }
    faces
}

/// The kind of a boundary surface of a building, without the prefix that tells the edition.
fn boundary(name: &str) -> Option<&str> {
    name.strip_prefix("bldg:").or_else(|| name.strip_prefix("con:"))
}

/// Whether a part is a space within a building, or of one.
fn is_inside(part: NodeView<'_>) -> bool {
    std::iter::successors(Some(part), |node| node.parent()).any(|node| INSIDE.contains(&node.name()))
}

/// A surface in the site; none when it has lost its outside ring or a place, which is reported elsewhere.
pub(crate) fn face(object: &RawObject, surface: &Surface, placed: &[[i32; 3]]) -> Option<Face> {
    let rings = object.shapes.rings_of(surface);
    let of = |range: &std::ops::Range<u32>| &placed[range.start as usize..range.end as usize];
    let outside = rings.first().filter(|ring| !ring.interior).map(|ring| of(&ring.positions))?;
    if rings.iter().any(|ring| of(&ring.positions).contains(&NO_PLACE)) {
        return None;
    }
    let heights = outside.iter().map(|at| f64::from(at[2]) / 1000.0);
    Some(Face {
        rings: rings
            .iter()
            .map(|ring| of(&ring.positions).iter().map(|at| [at[0], at[1]]).collect())
            .collect(),
        mean_m: heights.clone().sum::<f64>() / outside.len().max(1) as f64,
        lowest_m: heights.clone().fold(f64::INFINITY, f64::min),
        highest_m: heights.fold(f64::NEG_INFINITY, f64::max),
    })
}
