//! Triangles of the ground from terrain objects (`dem:ReliefFeature`).

use futago_field::Report;
use futago_geodesy::{Crs, Heights};
use futago_raw::RawObject;

use crate::batch::Context;
use crate::site::NO_PLACE;

/// Adds the triangles of a terrain object. Faces that are none, have no place or no height are counted in the
/// Report; the object keeps them.
pub(crate) fn relief(
    object: &RawObject,
    placed: &[[i32; 3]],
    context: &Context<'_>,
    triangles: &mut Vec<[[i32; 3]; 3]>,
    report: &mut Report,
) {
    let shapes = &object.shapes;
    let before = triangles.len();
    let mut useless = 0;
    // Members are within the surfaces of what they are members of.
    for geometry in shapes.geometries.iter().filter(|geometry| geometry.parent.is_none()) {
        let heights = geometry.epsg.map_or(Heights::None, |epsg| Crs { epsg }.heights());
        let has_heights = geometry.dimension == 3 && heights != Heights::None;
        for surface in shapes.surfaces_of(geometry) {
            let corners = match shapes.rings_of(surface) {
                [ring] if has_heights => {
                    triangle(&placed[ring.positions.start as usize..ring.positions.end as usize])
                }
                _ => None,
            };
            match corners {
                Some(corners) => triangles.push(corners),
                None => useless += 1,
            }
        }
    }
    let found = triangles.len() - before;
    if useless > 0 || found == 0 {
        let action = format!(
            "{useless} face(s) are no triangles with heights, {found} are; only those make the ground, the object keeps all"
        );
        let name = object.id().unwrap_or_else(|| object.kind());
        report.add("terrain-face", name, format!("{}, byte {}", context.file, object.byte), action);
    }
}

/// The corners of a ring of three, closed or not.
fn triangle(ring: &[[i32; 3]]) -> Option<[[i32; 3]; 3]> {
    let corners = match ring {
        [a, b, c] => [*a, *b, *c],
        [a, b, c, d] if a == d => [*a, *b, *c],
        _ => return None,
    };
    corners.iter().all(|corner| *corner != NO_PLACE).then_some(corners)
}
