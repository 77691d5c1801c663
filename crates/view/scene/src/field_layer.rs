//! Results in the picture: fields on the ground as an image, fields on walls and roofs as coloured squares,
//! lines as bands on the ground; and the value at a place.

use std::sync::Arc;

use bevy::prelude::*;
use futago_field::{Field, Geometry, Grid, Palette, PointSet, ResultSet, Scale, Support, Variant};

use crate::city::{TheCity, TheMaterial};
use crate::material::{CityMaterial, PALETTE_STEPS, field_image, palette_slot};
use crate::mesh::{Triangles, ground::ribbon};
use crate::state::ViewState;
use crate::study::Results;

/// The field that is shown, and the one beside it when before and after are parted.
#[derive(Resource, Debug, Clone, Default)]
pub struct ShownField {
    /// The field.
    pub field: Option<Arc<ShownValues>>,
    /// The city as it is, left of the swipe.
    pub before: Option<Arc<ShownValues>>,
}

/// A field with the ends of its scale.
#[derive(Debug, Clone)]
pub struct ShownValues {
    /// The field.
    pub field: Field,
    /// Ends of the scale.
    pub range: (f32, f32),
}

/// The coloured squares and bands of a result.
#[derive(Component)]
pub struct ResultMesh;

/// Squares stand this far off their walls, metres.
const OFF_M: f32 = 0.25;
/// Bands of lines lie this high and are this wide, metres.
const LINE_M: f32 = 1.2;
const LINE_WIDTH_M: f32 = 2.2;

impl ShownValues {
    /// None when it has no value.
    pub fn new(field: Field) -> Option<Self> {
        let (low, high) = field.range()?;
        let range = match field.quantity.scale {
            // Zero stays in the middle.
            Scale::Diverging => {
                let most = low.abs().max(high.abs()).max(0.1);
                (-most, most)
            }
            Scale::Binary => (0.0, 1.0),
            _ => (0.0, high.max(f32::EPSILON)),
        };
        Some(Self { field, range })
    }

    /// Its grid, if it lies on the ground.
    pub fn grid(&self) -> Option<&Grid> {
        match &self.field.support {
            Support::Grid(grid) => Some(grid),
            _ => None,
        }
    }

    /// The value at a place of the ground, or at the nearest sample of a wall or roof.
    pub fn value_at(&self, at_m: [f64; 3]) -> Option<f32> {
        value_at(&self.field, at_m)
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

    fn step(&self, value: f32) -> usize {
        let (low, high) = self.range;
        let last = (PALETTE_STEPS - 1) as f32;
        ((value - low) / (high - low) * last).clamp(0.0, last) as usize
    }

    /// Colours from north to south, RGBA; nothing where there is no value.
    fn pixels(&self, columns: usize) -> Vec<u8> {
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

/// The value of a field at a place of the ground, or at the nearest sample of a wall or roof.
pub fn value_at(field: &Field, at_m: [f64; 3]) -> Option<f32> {
    match &field.support {
        Support::Grid(grid) => {
            let cell = |i: usize| ((at_m[i] - grid.first_m[i]) / grid.spacing_m).round();
            let (column, row) = (cell(0), cell(1));
            let inside = (0.0..f64::from(grid.columns)).contains(&column)
                && (0.0..f64::from(grid.rows)).contains(&row);
            let index = inside.then(|| row as usize * grid.columns as usize + column as usize)?;
            field.values.get(index).copied().filter(|v| !v.is_nan())
        }
        Support::Points(points) => value_of_nearest(field, points, at_m),
        _ => None,
    }
}

fn value_of_nearest(field: &Field, points: &PointSet, at_m: [f64; 3]) -> Option<f32> {
    let away = |p: &[f32; 3]| (0..3).map(|i| (f64::from(p[i]) - at_m[i]).powi(2)).sum::<f64>();
    let nearest = points.at_m.iter().enumerate().min_by(|a, b| away(a.1).total_cmp(&away(b.1)))?;
    let reach = f64::from(points.area_m2.get(nearest.0).copied().unwrap_or(1.0)) * 2.0 + 1.0;
    (away(nearest.1) < reach).then(|| field.values[nearest.0]).filter(|v| !v.is_nan())
}

/// The field of this key or, where it is one of a series, the one of the series that is nearest in time.
pub fn field_at<'s>(set: &'s ResultSet, key: &str, at: jiff::Timestamp) -> Option<&'s Field> {
    let named = set.fields.iter().find(|f| f.key == key)?;
    let series = set.series_of(named);
    let away = |field: &&Field| field.time.map_or(jiff::SignedDuration::ZERO, |time| time.distance(at));
    series.into_iter().min_by_key(away)
}

/// Chooses what is shown from the results and the state.
pub fn choose(
    state: Res<ViewState>,
    results: Res<Results>,
    mut shown: ResMut<ShownField>,
    mut last: Local<Option<(Option<String>, bool)>>,
) {
    let shown_key = state.shown.as_deref().filter(|_| state.layers.field);
    let of_now = results.set.as_ref().zip(shown_key);
    let key = of_now.and_then(|(set, key)| field_at(set, key, state.clock.at)).map(|field| field.key.clone());
    let now = (key, state.swipe.is_some());
    if !results.is_changed() && last.as_ref() == Some(&now) {
        return;
    }
    let find = |key: &str| {
        let field = results.set.as_ref()?.fields.iter().find(|f| f.key == key)?;
        ShownValues::new(field.clone()).map(Arc::new)
    };
    let field = now.0.as_deref().and_then(find);
    let pair = field.as_ref().filter(|_| now.1).and_then(|f| pair_of(results.set.as_deref()?, &f.field));
    let before = pair.as_ref().and_then(|(before, _)| find(before));
    let after = pair.as_ref().and_then(|(_, after)| find(after));
    // Both sides have one scale.
    let both = before.zip(after).map(|(before, after)| {
        let high = before.range.1.max(after.range.1);
        let scaled = |v: Arc<ShownValues>| Arc::new(ShownValues { range: (v.range.0, high), ..(*v).clone() });
        (scaled(before), scaled(after))
    });
    *shown = match both {
        Some((before, after)) => ShownField { field: Some(after), before: Some(before) },
        None => ShownField { field, before: None },
    };
    *last = Some(now);
}

/// Keys of a quantity before and after the what-if, if there are both.
fn pair_of(set: &ResultSet, field: &Field) -> Option<(String, String)> {
    let of = |variant: Variant| {
        let same = |f: &&Field| {
            f.variant == variant
                && f.quantity.unit == field.quantity.unit
                && f.time == field.time
                && f.quantity.scale != Scale::Diverging
                && std::mem::discriminant(&f.support) == std::mem::discriminant(&field.support)
        };
        set.fields.iter().find(same).map(|f| f.key.clone())
    };
    of(Variant::AsIs).zip(of(Variant::WhatIf))
}

/// Lays the field over the city when it changed.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn lay(
    shown: Res<ShownField>,
    results: Res<Results>,
    city: Res<TheCity>,
    material: Res<TheMaterial>,
    mut materials: ResMut<Assets<CityMaterial>>,
    mut images: ResMut<Assets<Image>>,
    mut meshes: ResMut<Assets<Mesh>>,
    old: Query<Entity, With<ResultMesh>>,
    mut commands: Commands,
) {
    if !shown.is_changed() {
        return;
    }
    let Some(mut city_material) = materials.get_mut(&material.0) else { return };
    let grid = shown.field.as_ref().and_then(|f| f.grid().map(|grid| (f, *grid)));
    city_material.has_field = grid.is_some();
    if let Some((field, grid)) = grid {
        let [west, south, east, north] = grid.bounds_m().map(|v| v as f32);
        city_material.look.field_area = Vec4::new(west, south, east - west, north - south);
        let mut image = |f: &ShownValues| {
            images.add(field_image(grid.columns, grid.rows, f.pixels(grid.columns as usize)))
        };
        city_material.field = image(field);
        city_material.before =
            shown.before.as_ref().map_or_else(|| city_material.field.clone(), |f| image(f));
    }
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let first = city.model.buildings.records.len();
    let squares = shown.field.as_ref().map(|f| squares(f, first)).unwrap_or_default();
    let lines =
        results.set.as_ref().zip(shown.field.as_ref()).map(|(set, f)| lines(set, &f.field.key, first));
    let behind = CityMaterial { behind: true, ..city_material.clone() };
    drop(city_material);
    let mut draw = |mesh: &Handle<Mesh>, material: Handle<CityMaterial>| {
        let (mesh, material) = (Mesh3d(mesh.clone()), MeshMaterial3d(material));
        commands.spawn((ResultMesh, mesh, material, bevy::light::NotShadowCaster));
    };
    if !squares.is_empty() {
        draw(&meshes.add(squares.into_mesh()), material.0.clone());
    }
    if let Some(lines) = lines.filter(|lines| !lines.is_empty()) {
        let lines = meshes.add(lines.into_mesh());
        draw(&lines, material.0.clone());
        draw(&lines, materials.add(behind));
    }
}

/// A square a sample on walls and roofs.
fn squares(shown: &ShownValues, buildings: usize) -> Triangles {
    let mut triangles = Triangles::default();
    let Support::Points(points) = &shown.field.support else { return triangles };
    let is_drawn = |v: &f32| !v.is_nan() && (shown.field.quantity.scale != Scale::Binary || *v > 0.5);
    for (i, value) in shown.field.values.iter().enumerate().filter(|(_, v)| is_drawn(v)) {
        let normal = Vec3::from(points.normal[i]);
        let half = points.area_m2[i].sqrt() * 0.5;
        let along = if normal.z.abs() > 0.7 { Vec3::X } else { Vec3::Z.cross(normal).normalize_or_zero() };
        let up = normal.cross(along);
        let at = Vec3::from(points.at_m[i]) + normal * OFF_M;
        let object = [palette_slot(buildings, shown.step(*value)) as f32, 0.0];
        let corners = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[u, v]: [f32; 2]| {
            let corner = at + along * (u * half) + up * (v * half);
            triangles.corner(corner.to_array(), normal.to_array(), [0.0, corner.z], object)
        });
        triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|c: usize| corners[c]));
    }
    triangles
}

/// Slots of the colours of lines, in the order of the styles below.
pub const LINE_STYLES: [(&str, [u8; 3]); 4] = [
    ("iso-", [27, 38, 59]),
    ("limit-line-", [196, 30, 58]),
    ("boundary", [240, 240, 240]),
    ("violation", [230, 0, 38]),
];

/// The lines of a result as bands on the ground.
fn lines(set: &ResultSet, key: &str, buildings: usize) -> Triangles {
    let mut triangles = Triangles::default();
    let sets =
        set.lines.iter().filter(|l| l.on_field.as_deref() == Some(key) || key.starts_with("shadow-hours"));
    for feature in sets.flat_map(|l| &l.features) {
        let Some(style) = LINE_STYLES.iter().position(|(name, _)| feature.style.starts_with(name)) else {
            continue;
        };
        let slot = palette_slot(buildings, PALETTE_STEPS + style);
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

#[cfg(test)]
mod tests {
    use futago_field::Quantity;

    use super::*;

    fn shown() -> ShownValues {
        let grid = Grid { first_m: [0.0, 10.0], spacing_m: 2.0, columns: 3, rows: 2, height_m: 0.0 };
        let quantity =
            Quantity { key: "sun-hours".to_owned(), unit: "h".to_owned(), scale: Scale::Sequential };
        ShownValues::new(Field {
            key: "sun-hours-ground".to_owned(),
            quantity,
            variant: Variant::AsIs,
            support: Support::Grid(grid),
            values: vec![0.0, 1.0, 2.0, 3.0, f32::NAN, 8.0],
            time_label: String::new(),
            time: None,
        })
        .unwrap()
    }

    #[test]
    fn values_are_read_at_the_nearest_cell() {
        let shown = shown();
        assert_eq!(shown.value_at([2.3, 10.9, 0.0]), Some(1.0));
        assert_eq!(shown.value_at([4.9, 12.4, 0.0]), Some(8.0));
        assert_eq!(shown.value_at([2.0, 12.0, 0.0]), None, "there is no value");
        assert_eq!(shown.value_at([40.0, 12.0, 0.0]), None, "beyond the grid");
    }

    #[test]
    fn pictures_begin_in_the_north_west() {
        let pixels = shown().pixels(3);
        assert_eq!(pixels.len(), 24);
        assert_eq!(
            pixels.iter().skip(3).step_by(4).copied().collect::<Vec<u8>>(),
            [255, 0, 255, 255, 255, 255]
        );
        let (low, high) = (shown().colour(0.0), shown().colour(8.0));
        assert_eq!((&pixels[12..15], &pixels[8..11]), (&low[..], &high[..]));
    }
}
