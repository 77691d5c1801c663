//! Results in the picture: fields on the ground as an image, fields on walls and roofs as coloured squares, streets
//! as ribbons, lines as bands on the ground; and the value at a place. Floors are stacked in [`crate::floors`],
//! whole buildings are coloured in the table ([`crate::city::colour`]).

mod marks;
mod values;

use std::sync::Arc;

use bevy::prelude::*;
use futago_field::{Field, ResultSet, Scale, Variant};

use crate::city::{TheCity, TheMaterial};
use crate::material::{CityMaterial, Side, field_image};
use crate::state::ViewState;
use crate::study::Results;

pub use marks::{LINE_STYLES, style_slot};
pub use values::{ShownValues, element_at, flow_of, value_at};

/// The field that is shown, and the one beside it when before and after are parted.
#[derive(Resource, Debug, Clone, Default)]
pub struct ShownField {
    /// The field.
    pub field: Option<Arc<ShownValues>>,
    /// The city as it is, left of the swipe.
    pub before: Option<Arc<ShownValues>>,
}

impl ShownField {
    /// What is drawn on which side of the swipe.
    pub fn sides(&self) -> Vec<(Side, &Arc<ShownValues>)> {
        match (&self.before, &self.field) {
            (Some(before), Some(after)) => vec![(Side::Before, before), (Side::After, after)],
            (None, Some(field)) => vec![(Side::Both, field)],
            _ => Vec::new(),
        }
    }
}

/// The coloured squares and bands of a result.
#[derive(Component)]
pub struct ResultMesh;

/// The field of this key or, where it is one of a series, the one of the series that is nearest in time.
pub fn field_at<'s>(set: &'s ResultSet, key: &str, at: jiff::Timestamp) -> Option<&'s Field> {
    let named = set.fields.iter().find(|f| f.key == key)?;
    let series = set.series_of(named);
    let away = |field: &&Field| field.time.map_or(jiff::SignedDuration::ZERO, |time| time.distance(at));
    // Where one part of the day ends the next begins, which comes first.
    series.into_iter().rev().min_by_key(away)
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
        let set = results.set.as_ref()?;
        let field = set.fields.iter().find(|f| f.key == key)?;
        ShownValues::of(set, field).map(Arc::new)
    };
    let field = now.0.as_deref().and_then(find);
    let pair = field.as_ref().filter(|_| now.1).and_then(|f| pair_of(results.set.as_deref()?, &f.field));
    let before = pair.as_ref().and_then(|(before, _)| find(before));
    let after = pair.as_ref().and_then(|(_, after)| find(after));
    // Both sides have one scale.
    *shown = match before.zip(after) {
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
    let behind = CityMaterial { behind: true, ..city_material.clone() };
    drop(city_material);
    let first = city.model.buildings.records.len();
    let mut draw = |mesh: &Handle<Mesh>, material: Handle<CityMaterial>| {
        let (mesh, material) = (Mesh3d(mesh.clone()), MeshMaterial3d(material));
        commands.spawn((ResultMesh, mesh, material, bevy::light::NotShadowCaster));
    };
    for (side, shown) in shown.sides() {
        let squares = marks::squares(shown, first, side);
        if !squares.is_empty() {
            draw(&meshes.add(squares.into_mesh()), material.0.clone());
        }
    }
    let sides = shown.sides();
    let ribbons = |behind| sides.iter().map(move |(side, shown)| marks::ribbons(shown, first, *side, behind));
    let lines = results.set.as_ref().zip(shown.field.as_ref());
    let lines = lines.map(|(set, shown)| marks::lines(set, &shown.field.key, first));
    let behind = materials.add(behind);
    let before = ribbons(false).map(|ribbons| (ribbons, material.0.clone()));
    let hidden = ribbons(true).map(|ribbons| (ribbons, behind.clone()));
    for (triangles, material) in before.chain(hidden).filter(|(triangles, _)| !triangles.is_empty()) {
        draw(&meshes.add(triangles.into_mesh()), material);
    }
    if let Some(lines) = lines.filter(|lines| !lines.is_empty()) {
        let lines = meshes.add(lines.into_mesh());
        draw(&lines, material.0.clone());
        draw(&lines, behind);
    }
}

#[cfg(test)]
mod tests {
    use futago_field::{Bilingual, BuildingSet, FloorSet, Grid, LinkSet, Quantity, Support};
    use futago_geodesy::SiteFrame;

    use super::*;
    use crate::material::side_slot;

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
        assert_eq!(shown.value_at([2.3, 10.9, 0.0], None), Some(1.0));
        assert_eq!(shown.value_at([4.9, 12.4, 0.0], None), Some(8.0));
        assert_eq!(shown.value_at([2.0, 12.0, 0.0], None), None, "there is no value");
        assert_eq!(shown.value_at([40.0, 12.0, 0.0], None), None, "beyond the grid");
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

    /// Two streets that cross at the origin, one of them on a deck.
    fn streets(values: [f32; 2], unit: &str, variant: Variant) -> Field {
        let links = LinkSet {
            kind: "streets".to_owned(),
            vertices_m: vec![[-50.0, 0.0, 0.0], [50.0, 0.0, 0.0], [0.0, -50.0, 8.0], [0.0, 50.0, 8.0]],
            ends: vec![2, 4],
            id: vec!["a".to_owned(), "b".to_owned()],
            name: vec![String::new(); 2],
            width_m: vec![4.0; 2],
        };
        let scale = if variant == Variant::Difference { Scale::Diverging } else { Scale::Load };
        Field {
            key: format!("{unit} {variant:?}"),
            quantity: Quantity { key: "people".to_owned(), unit: unit.to_owned(), scale },
            variant,
            support: Support::Links(Arc::new(links)),
            values: values.to_vec(),
            time_label: String::new(),
            time: None,
        }
    }

    fn set_of(fields: Vec<Field>) -> ResultSet {
        ResultSet {
            fields,
            ..ResultSet::new(
                "crowd",
                Bilingual::default(),
                SiteFrame { epsg: 6677, origin_east_m: 0.0, origin_north_m: 0.0, origin_height_m: 0.0 },
            )
        }
    }

    #[test]
    fn streets_are_told_apart_by_place_and_by_height() {
        let field = streets([1.0, 2.0], "1/h", Variant::AsIs);
        let at = |at_m| element_at(&field.support, at_m, None);
        assert_eq!((at([20.0, 3.0, 0.0]), at([3.0, 20.0, 8.0])), (Some(0), Some(1)));
        assert_eq!((at([0.0, 0.0, 0.0]), at([0.0, 0.0, 8.0])), (Some(0), Some(1)), "one above the other");
        assert_eq!(at([20.0, 30.0, 0.0]), None, "between the streets");
    }

    #[test]
    fn before_and_after_have_one_scale_and_fuller_streets_are_wider() {
        let fields = vec![
            streets([100.0, 400.0], "1/h", Variant::AsIs),
            streets([900.0, 0.0], "1/h", Variant::WhatIf),
        ];
        let set = set_of(fields);
        let shown: Vec<ShownValues> =
            set.fields.iter().map(|field| ShownValues::of(&set, field).unwrap()).collect();
        assert_eq!(shown[0].range, shown[1].range);
        let width = |shown: &ShownValues| {
            let ribbons = marks::ribbons(shown, 0, Side::Both, false);
            let [left, right] = [ribbons.positions[0], ribbons.positions[1]];
            (left[2] - right[2]).abs()
        };
        assert!(width(&shown[1]) > 1.5 * width(&shown[0]), "{} {}", width(&shown[0]), width(&shown[1]));
        // Each side has its own slots, so that a swipe parts them.
        let slots = |side| marks::ribbons(&shown[0], 0, side, false).objects[0][0] as usize;
        assert_eq!(slots(Side::Before), side_slot(0, Side::Before, shown[0].step(100.0)));
        assert_ne!(slots(Side::Before), slots(Side::After));
    }

    #[test]
    fn streets_that_a_change_leaves_alone_are_not_drawn() {
        let set = set_of(vec![streets([0.0, -300.0], "1/h", Variant::Difference)]);
        let shown = ShownValues::of(&set, &set.fields[0]).unwrap();
        assert_eq!(marks::ribbons(&shown, 0, Side::Both, false).indices.len(), 6, "one street of one piece");
        assert_eq!(shown.range.0, -shown.range.1);
    }

    #[test]
    fn floors_and_buildings_are_those_of_the_id_and_the_height() {
        let buildings = BuildingSet { id: vec!["a".to_owned(), "b".to_owned()], index: vec![0, 1] };
        let floors = FloorSet {
            buildings: buildings.clone(),
            building: vec![0, 1, 1],
            floor: vec![1, 1, 2],
            bottom_m: vec![0.0, 0.0, 4.0],
            top_m: vec![4.0, 4.0, 8.0],
            area_m2: vec![100.0; 3],
        };
        let floors = Support::Floors(Arc::new(floors));
        assert_eq!(element_at(&floors, [0.0, 0.0, 5.0], Some("b")), Some(2));
        assert_eq!(element_at(&floors, [0.0, 0.0, 5.0], Some("a")), None, "over its roof");
        assert_eq!(element_at(&floors, [0.0, 0.0, 1.0], None), None, "no building");
        let whole = Support::Buildings(Arc::new(buildings));
        assert_eq!(element_at(&whole, [0.0; 3], Some("b")), Some(1));
    }
}
