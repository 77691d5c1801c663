//! A field with the ends of its scale, and what it says of a place.

use futago_field::{
    Field, Grid, LEVEL_RANGE, LEVEL_UNIT, LinkSet, Palette, PointSet, ResultSet, Scale, Support, Variant,
};

use crate::material::PALETTE_STEPS;

/// A field with the ends of its scale.
#[derive(Debug, Clone)]
pub struct ShownValues {
    /// The field.
    pub field: Field,
    /// Ends of the scale.
    pub range: (f32, f32),
    /// Whether some values lie beyond the ends.
    pub clipped: bool,
    /// On lines: the people who pass, as a share of the most that is told apart; they widen the line.
    pub widths: Vec<f32>,
}

/// On lines this share of the values is told apart; the few fullest would make all others look empty.
const TOLD_APART: f32 = 0.97;

impl ShownValues {
    /// One field by itself; none when it has no value.
    pub fn new(field: Field) -> Option<Self> {
        let range = ends(&[&field])?;
        Some(Self { field, range, clipped: false, widths: Vec::new() })
    }

    /// A field with the scale of all its times, before and after; none when it has no value.
    pub fn of(set: &ResultSet, field: &Field) -> Option<Self> {
        let one_scale = alike(set, field);
        let range = ends(&one_scale)?;
        let beyond = |v: &f32| *v < range.0 || *v > range.1;
        let clipped = one_scale.iter().any(|field| field.values.iter().any(beyond));
        let widths = flow_of(set, field).map_or_else(Vec::new, |flow| {
            let (_, most) = ends(&alike(set, flow)).unwrap_or((0.0, 1.0));
            flow.values.iter().map(|v| (v.abs() / most).clamp(0.0, 1.0)).collect()
        });
        Some(Self { field: field.clone(), range, clipped, widths })
    }

    /// Its grid, if it lies on the ground.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.field.support {
            Support::Grid(grid) => Some(grid),
            _ => None,
        }
    }

    /// The value at a place, and at the building of this id.
    pub fn value_at(&self, at_m: [f64; 3], building: Option<&str>) -> Option<f32> {
        value_at(&self.field, at_m, building)
    }

    /// The colour of a value, sRGB bytes.
    pub fn colour(&self, value: f32) -> [u8; 3] {
        let (low, high) = self.range;
        let colour = Palette::of(self.field.quantity.scale).colour((value - low) / (high - low));
        let [r, g, b, a] = colour.bytes();
        match self.field.quantity.scale {
            Scale::Binary => [r, g, b].map(|v| (255 - (255 - u32::from(v)) * u32::from(a) / 255) as u8),
            _ => [r, g, b],
        }
    }

    /// The step of the palette for a value.
    pub fn step(&self, value: f32) -> usize {
        let (low, high) = self.range;
        let last = (PALETTE_STEPS - 1) as f32;
        ((value - low) / (high - low) * last).clamp(0.0, last) as usize
    }

    /// Colours from north to south, RGBA; nothing where there is no value.
    pub fn pixels(&self, columns: usize) -> Vec<u8> {
        let steps = Palette::of(self.field.quantity.scale).steps();
        let mut pixels = Vec::with_capacity(self.field.values.len() * 4);
        for row in self.field.values.chunks_exact(columns).rev() {
            for value in row {
                // Below buildings the colour goes on, so that edges do not fray; the building covers it.
                let step = if value.is_nan() { 0 } else { self.step(*value) };
                let [r, g, b, a] = steps[step.min(steps.len() - 1)].bytes();
                // What is not so shows the ground as it is.
                let alpha = if self.field.quantity.scale == Scale::Binary { a } else { 255 };
                pixels.extend([r, g, b, if value.is_nan() { 0 } else { alpha }]);
            }
        }
        pixels
    }
}

/// Fields that have one scale with this one: those of other times, and as it is and as it might be.
fn alike<'s>(set: &'s ResultSet, field: &'s Field) -> Vec<&'s Field> {
    let is_difference = |f: &Field| f.variant == Variant::Difference;
    let same = |f: &&Field| {
        f.quantity == field.quantity
            && is_difference(f) == is_difference(field)
            && std::mem::discriminant(&f.support) == std::mem::discriminant(&field.support)
    };
    set.fields.iter().filter(same).collect()
}

/// Ends of the scale of some fields; none without values.
fn ends(fields: &[&Field]) -> Option<(f32, f32)> {
    let first = fields.first()?;
    let mut sizes: Vec<f32> =
        fields.iter().flat_map(|f| &f.values).filter(|v| !v.is_nan()).map(|v| v.abs()).collect();
    let most = sizes.iter().copied().reduce(f32::max)?;
    let on_lines = matches!(first.support, Support::Links(_));
    sizes.retain(|size| *size > most * 1e-4);
    let high = if on_lines && !sizes.is_empty() {
        let place = ((sizes.len() - 1) as f32 * TOLD_APART) as usize;
        rounded_up(*sizes.select_nth_unstable_by(place, f32::total_cmp).1)
    } else {
        most
    };
    Some(match first.quantity.scale {
        // Zero stays in the middle.
        Scale::Diverging => (
            -high.max(0.1 * f32::from(u8::from(!on_lines))),
            high.max(if on_lines { f32::EPSILON } else { 0.1 }),
        ),
        Scale::Binary => (0.0, 1.0),
        Scale::Load if first.quantity.unit == LEVEL_UNIT => LEVEL_RANGE.map(|end| end as f32).into(),
        _ => (0.0, high.max(f32::EPSILON)),
    })
}

/// The next number that people like to read: 1, 1.5, 2, 3, 5 or 7 with zeros.
fn rounded_up(value: f32) -> f32 {
    let ten = 10_f32.powf(value.max(f32::MIN_POSITIVE).log10().floor());
    let step = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0].into_iter().find(|step| step * ten >= value * 0.999);
    step.unwrap_or(10.0) * ten
}

/// The people who pass the lines of a field, at its time and in its city.
pub fn flow_of<'s>(set: &'s ResultSet, field: &Field) -> Option<&'s Field> {
    let Support::Links(lines) = &field.support else { return None };
    let same_lines = |f: &Field| match &f.support {
        Support::Links(others) => std::sync::Arc::ptr_eq(lines, others) || lines == others,
        _ => false,
    };
    let is_flow = |f: &&Field| {
        f.quantity.unit == FLOW && f.variant == field.variant && f.time == field.time && same_lines(f)
    };
    set.fields.iter().find(is_flow)
}

/// Unit of people who pass.
const FLOW: &str = "1/h";

/// The value of a field at a place, and at the building of this id.
pub fn value_at(field: &Field, at_m: [f64; 3], building: Option<&str>) -> Option<f32> {
    let index = element_at(&field.support, at_m, building)?;
    field.values.get(index).copied().filter(|v| !v.is_nan())
}

/// The cell, sample, line, floor or building of a support at a place; fields that share a support need it once.
pub fn element_at(support: &Support, at_m: [f64; 3], building: Option<&str>) -> Option<usize> {
    match support {
        Support::Grid(grid) => {
            let cell = |i: usize| ((at_m[i] - grid.first_m[i]) / grid.spacing_m).round();
            let (column, row) = (cell(0), cell(1));
            let inside = (0.0..f64::from(grid.columns)).contains(&column)
                && (0.0..f64::from(grid.rows)).contains(&row);
            inside.then(|| row as usize * grid.columns as usize + column as usize)
        }
        Support::Points(points) => nearest_point(points, at_m),
        Support::Links(links) => nearest_link(links, at_m),
        Support::Buildings(buildings) => buildings.id.iter().position(|id| Some(id.as_str()) == building),
        Support::Floors(floors) => {
            let up = at_m[2] as f32;
            (0..floors.floor.len()).find(|floor| {
                Some(floors.id_of(*floor)) == building
                    && (floors.bottom_m[*floor]..floors.top_m[*floor]).contains(&up)
            })
        }
        _ => None,
    }
}

fn nearest_point(points: &PointSet, at_m: [f64; 3]) -> Option<usize> {
    let away = |p: &[f32; 3]| (0..3).map(|i| (f64::from(p[i]) - at_m[i]).powi(2)).sum::<f64>();
    let (index, nearest) = points.at_m.iter().enumerate().min_by(|a, b| away(a.1).total_cmp(&away(b.1)))?;
    let reach = f64::from(points.area_m2.get(index).copied().unwrap_or(1.0)) * 2.0 + 1.0;
    (away(nearest) < reach).then_some(index)
}

/// Lines are pointed at from this far beside their edge, metres.
const BESIDE_M: f64 = 4.0;

fn nearest_link(links: &LinkSet, at_m: [f64; 3]) -> Option<usize> {
    let near = |index: usize| {
        let half = f64::from(links.width_m[index]) * 0.5;
        let pairs = links.line_m(index).windows(2);
        let away = pairs.map(|pair| distance_m(pair, at_m)).reduce(f64::min)?;
        (away <= half + BESIDE_M).then_some((index, away - half))
    };
    let found = (0..links.len()).filter_map(near).min_by(|a, b| a.1.total_cmp(&b.1));
    found.map(|(index, _)| index)
}

/// From a place to a straight piece of line; heights count half, since they are not exact.
fn distance_m(piece: &[[f32; 3]], at_m: [f64; 3]) -> f64 {
    let to = |p: &[f32; 3]| -> [f64; 3] {
        let away: [f64; 3] = std::array::from_fn(|i| f64::from(p[i]) - at_m[i]);
        [away[0], away[1], away[2] * 0.5]
    };
    let (a, b) = (to(&piece[0]), to(&piece[1]));
    let along: [f64; 3] = std::array::from_fn(|i| b[i] - a[i]);
    let dot = |u: &[f64; 3], v: &[f64; 3]| (0..3).map(|i| u[i] * v[i]).sum::<f64>();
    let share = (-dot(&a, &along) / dot(&along, &along).max(1e-9)).clamp(0.0, 1.0);
    let nearest: [f64; 3] = std::array::from_fn(|i| a[i] + along[i] * share);
    dot(&nearest, &nearest).sqrt()
}
