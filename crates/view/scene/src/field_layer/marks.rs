//! Triangles of results: squares on walls, ribbons along streets, bands of lines.

use bevy::prelude::*;
use futago_field::{Geometry, ResultSet, Scale, Support};

use super::ShownValues;
use crate::material::{PALETTE_STEPS, Side, side_slot};
use crate::mesh::Triangles;
use crate::mesh::ground::{band, ribbon};

/// Squares stand this far off their walls, metres.
const OFF_M: f32 = 0.25;
/// Bands of lines lie this high and are this wide, metres.
const LINE_M: f32 = 1.2;
const LINE_WIDTH_M: f32 = 2.2;
/// Ribbons lie this far over their street, and fuller ones as much higher at most, metres.
const RIBBON_M: f32 = 0.7;
const FULLER_M: f32 = 0.8;
/// Ribbons of an empty and of a full street, metres.
const RIBBON_WIDTHS_M: [f32; 2] = [1.0, 15.0];
/// Values that are a smaller part of the scale are not drawn, those of a smaller one not behind buildings.
const LEAST: f32 = 0.01;
const LEAST_BEHIND: f32 = 0.3;

/// A square a sample on walls and roofs.
pub fn squares(shown: &ShownValues, buildings: usize, side: Side) -> Triangles {
    let mut triangles = Triangles::default();
    let Support::Points(points) = &shown.field.support else { return triangles };
    let is_drawn = |v: &f32| !v.is_nan() && (shown.field.quantity.scale != Scale::Binary || *v > 0.5);
    for (i, value) in shown.field.values.iter().enumerate().filter(|(_, v)| is_drawn(v)) {
        let normal = Vec3::from(points.normal[i]);
        let half = points.area_m2[i].sqrt() * 0.5;
        let along = if normal.z.abs() > 0.7 { Vec3::X } else { Vec3::Z.cross(normal).normalize_or_zero() };
        let up = normal.cross(along);
        let at = Vec3::from(points.at_m[i]) + normal * OFF_M;
        let object = [side_slot(buildings, side, shown.step(*value)) as f32, 0.0];
        let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[u, v]: [f32; 2]| {
            let corner = at + along * (u * half) + up * (v * half);
            triangles.corner(corner.to_array(), normal.to_array(), [0.0, corner.z], object)
        });
        triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|c: usize| corners[c]));
    }
    triangles
}

/// A ribbon a street: its colour is the value, its width the people who pass. Behind buildings, where a web of faint
/// lines would say nothing, there are only the fullest.
pub fn ribbons(shown: &ShownValues, buildings: usize, side: Side, behind: bool) -> Triangles {
    let mut triangles = Triangles::default();
    let Support::Links(links) = &shown.field.support else { return triangles };
    let least = shown.range.1 * if behind { LEAST_BEHIND } else { LEAST };
    let values = shown.field.values.iter().enumerate();
    for (index, value) in values.filter(|(_, v)| v.abs() >= least) {
        let step = shown.step(*value);
        let [thin, wide] = RIBBON_WIDTHS_M;
        let full = shown.widths.get(index).copied().unwrap_or(0.0);
        let width_m =
            if shown.widths.is_empty() { links.width_m[index] } else { thin + (wide - thin) * full.sqrt() };
        let fuller_m = match shown.field.quantity.scale {
            Scale::Diverging => (step as f32 / PALETTE_STEPS as f32 - 0.5).abs() * 2.0,
            _ => step as f32 / PALETTE_STEPS as f32,
        } * FULLER_M;
        // Streets of one value that cross do not flicker.
        let apart_m = (index % 16) as f32 * 0.01;
        let line = links.line_m(index).iter().map(|[x, y, z]| [*x, *y, z + RIBBON_M + fuller_m + apart_m]);
        band(&mut triangles, &line.collect::<Vec<_>>(), width_m, side_slot(buildings, side, step));
    }
    triangles
}

/// Slots of the colours of lines, in the order of the styles below.
pub const LINE_STYLES: [(&str, [u8; 3]); 7] = [
    ("iso-", [27, 38, 59]),
    ("limit-line-", [196, 30, 58]),
    ("boundary", [240, 240, 240]),
    ("violation", [230, 0, 38]),
    ("walker-rim", [24, 30, 46]),
    ("walker", [250, 250, 245]),
    ("event", [255, 140, 0]),
];

/// Slot of a style's colour on a side of the swipe.
pub fn style_slot(style: &str, buildings: usize, side: Side) -> Option<usize> {
    let place = LINE_STYLES.iter().position(|(name, _)| style.starts_with(name))?;
    Some(side_slot(buildings, side, PALETTE_STEPS + place))
}

/// The lines of a result as bands on the ground.
pub fn lines(set: &ResultSet, key: &str, buildings: usize) -> Triangles {
    let mut triangles = Triangles::default();
    let sets =
        set.lines.iter().filter(|l| l.on_field.as_deref() == Some(key) || key.starts_with("shadow-hours"));
    for feature in sets.flat_map(|l| &l.features) {
        let Some(slot) = style_slot(&feature.style, buildings, Side::Both) else { continue };
        let line = |ring: &[[f64; 2]]| ring.iter().map(|p| p.map(|v| v as f32)).collect::<Vec<_>>();
        match &feature.geometry {
            Geometry::Line(points) => ribbon(&mut triangles, &line(points), LINE_WIDTH_M, [LINE_M; 2], slot),
            Geometry::Polygon(rings) => {
                for ring in rings {
                    let mut closed = line(ring);
                    closed.extend(closed.first().copied());
                    ribbon(&mut triangles, &closed, LINE_WIDTH_M, [LINE_M; 2], slot);
                }
            }
            Geometry::Point(at) => {
                let [x, y] = at.map(|v| v as f32);
                ribbon(&mut triangles, &[[x - 4.0, y], [x + 4.0, y]], 8.0, [LINE_M + 0.2; 2], slot);
            }
        }
    }
    triangles
}
