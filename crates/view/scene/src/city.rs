//! The city that is shown, and its entities.

use std::collections::HashMap;
use std::sync::Arc;

use bevy::prelude::*;
use futago_field::{Palette, Scale, Support};
use futago_model::{AreaKind, CityModel, StreetClass};

use crate::below;
use crate::camera::Eye;
use crate::coarse::{Enlarge, drawn_share};
use crate::edits::Edited;
use crate::field_layer::{LINE_STYLES, ShownField, ShownValues};
use crate::floors;
use crate::growth::{self, Growth, Pace};
use crate::material::{
    CityMaterial, ColourTable, DECK_SLOT, FIRST_BUILDING, GROUND_SLOT, Look, MOST_CHANGED, PALETTE_STEPS,
    STRUCTURE_SLOT, Shown, Side, area_slot, before_offset, changed_slot, field_image, palette_slot,
    side_slot, street_slot,
};
use crate::mesh::{buildings, ground, structures, underground};
use crate::quality::Quality;
use crate::state::{ColourBy, Layer, Opacity, ViewState};

/// The city as data.
#[derive(Resource, Clone)]
pub struct TheCity {
    /// The model.
    pub model: Arc<CityModel>,
    numbers: Arc<HashMap<String, u32>>,
}

impl TheCity {
    /// A city, with its ids in order.
    pub fn new(model: Arc<CityModel>) -> Self {
        let buildings = &model.buildings;
        let ids = buildings.records.iter().map(|b| buildings.id_of(b).to_owned());
        let numbers = ids.zip(0..).collect();
        Self { model, numbers: Arc::new(numbers) }
    }

    /// Number of the building with an id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).map(|number| *number as usize)
    }
}

/// The one material.
#[derive(Resource, Debug, Clone)]
pub struct TheMaterial(pub Handle<CityMaterial>);

/// Triangles of a mesh.
#[derive(Component)]
pub struct TriangleCount(pub usize);

/// A merged block of buildings.
#[derive(Component)]
pub struct BuildingBlock {
    /// West, south, east, north, site metres.
    bounds_m: [f32; 4],
    /// Degree of detail, 0 is the finest.
    level: usize,
}

impl BuildingBlock {
    /// How far its nearest place on the ground is from the eye, metres.
    fn distance_m(&self, eye: Vec3) -> f32 {
        let [west, south, east, north] = self.bounds_m;
        let nearest = Vec3::new(eye.x.clamp(west, east), 0.0, eye.z.clamp(-north, -south));
        eye.distance(nearest)
    }
}

/// The ground, what lies on it, and what spans it.
#[derive(Component)]
pub struct Flat {
    layer: Option<Layer>,
    /// In full, or for weak machines; one mesh may be for both.
    detail: [bool; 2],
}

/// Ways below the ground.
#[derive(Component)]
pub struct BelowGround;

/// Buildings that a what-if changes or adds.
#[derive(Component)]
pub struct ChangedBuildings;

/// Spawns everything solid.
pub fn spawn(
    mut commands: Commands,
    city: Res<TheCity>,
    state: Res<ViewState>,
    pace: Res<Pace>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut images: ResMut<Assets<Image>>,
    mut materials: ResMut<Assets<CityMaterial>>,
) {
    let table = ColourTable::new(city.model.buildings.records.len(), &mut images);
    let first_palette = palette_slot(city.model.buildings.records.len(), 0) as f32;
    let nothing = images.add(field_image(1, 1, vec![0; 4]));
    let material = materials.add(CityMaterial {
        look: Look { field_area: Vec4::ONE, modes: Vec4::new(0.0, 0.0, first_palette, 0.0), ..default() },
        colours: table.image.clone(),
        field: nothing.clone(),
        before: nothing,
        cuts: false,
        plain: false,
        has_field: false,
        below: false,
        behind: false,
    });
    let mut growth = Growth::of(&city.model, growth::middle(&state));
    spawn_blocks(&city.model, &growth.next(pace.at_first), &material, &mut meshes, &mut commands);
    commands.insert_resource(growth);
    let structures = structures::structures(&city.model);
    if !structures.is_empty() {
        let count = TriangleCount(structures.indices.len() / 3);
        let mesh = Mesh3d(meshes.add(structures.into_mesh()));
        let part = Flat { layer: Some(Layer::Structures), detail: [true; 2] };
        commands.spawn((part, count, Visibility::Inherited, mesh, MeshMaterial3d(material.clone())));
    }
    let flat = (MeshMaterial3d(material.clone()), bevy::light::NotShadowCaster);
    let parts = [
        (Flat { layer: None, detail: [true; 2] }, ground::plane(&city.model)),
        (Flat { layer: Some(Layer::Areas), detail: [true; 2] }, ground::areas(&city.model)),
        (Flat { layer: Some(Layer::Streets), detail: [true, false] }, ground::streets(&city.model)),
        (Flat { layer: Some(Layer::Streets), detail: [false, true] }, ground::main_streets(&city.model)),
    ];
    for (part, triangles) in parts.into_iter().filter(|(_, t)| !t.is_empty()) {
        let count = TriangleCount(triangles.indices.len() / 3);
        let mesh = Mesh3d(meshes.add(triangles.into_mesh()));
        commands.spawn((part, count, Visibility::Inherited, mesh, flat.clone()));
    }
    let below = underground::underground(&city.model);
    if !below.is_empty() {
        let seen_through = materials.get(&material).cloned().map(|m| CityMaterial { below: true, ..m });
        let see_through = MeshMaterial3d(materials.add(seen_through.unwrap_or_default()));
        let mesh = Mesh3d(meshes.add(below.into_mesh()));
        commands.spawn((BelowGround, Visibility::Hidden, mesh, see_through, bevy::light::NotShadowCaster));
    }
    commands.insert_resource(table);
    commands.insert_resource(TheMaterial(material));
}

/// Spawns some blocks of buildings.
pub(crate) fn spawn_blocks(
    city: &CityModel,
    groups: &[Vec<usize>],
    material: &Handle<CityMaterial>,
    meshes: &mut Assets<Mesh>,
    commands: &mut Commands,
) {
    for block in buildings::meshes(city, groups, FIRST_BUILDING) {
        for (level, triangles) in block.levels.into_iter().enumerate() {
            let count = TriangleCount(triangles.indices.len() / 3);
            let mesh = Mesh3d(meshes.add(triangles.into_mesh()));
            let visibility = if level > 0 { Visibility::Hidden } else { Visibility::Inherited };
            let part = BuildingBlock { bounds_m: block.bounds_m, level };
            commands.spawn((part, count, mesh, visibility, MeshMaterial3d(material.clone())));
        }
    }
}

/// Draws the buildings of a what-if anew when it changed.
pub fn rebuild_changed(
    edited: Res<Edited>,
    city: Res<TheCity>,
    material: Option<Res<TheMaterial>>,
    old: Query<Entity, With<ChangedBuildings>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut commands: Commands,
) {
    let Some(material) = material.filter(|_| edited.is_changed()) else { return };
    for entity in &old {
        commands.entity(entity).despawn();
    }
    let first = changed_slot(city.model.buildings.records.len(), 0);
    for block in buildings::blocks(&edited.city, first) {
        let [full, ..] = block.levels;
        let mesh = Mesh3d(meshes.add(full.into_mesh()));
        commands.spawn((ChangedBuildings, Visibility::Inherited, mesh, MeshMaterial3d(material.0.clone())));
    }
}

/// Colours of the ground and of what lies on it, sRGB.
const GROUND: [u8; 3] = [168, 167, 162];

fn area_colour(kind: AreaKind) -> [u8; 3] {
    match kind {
        AreaKind::Water => [120, 158, 178],
        AreaKind::Grass => [134, 158, 98],
        AreaKind::Wood => [92, 128, 76],
        AreaKind::LandUse => [160, 160, 150],
        AreaKind::Roadway => [128, 130, 132],
        AreaKind::Pavement => [186, 182, 172],
        AreaKind::RailBed => [140, 130, 122],
    }
}

fn street_colour(class: StreetClass) -> [u8; 3] {
    match class {
        StreetClass::Motorway | StreetClass::Main => [108, 111, 116],
        StreetClass::Local | StreetClass::Service => [130, 132, 134],
        StreetClass::Footway | StreetClass::Steps => [188, 180, 164],
        StreetClass::Rail => [96, 88, 82],
        StreetClass::Waterway => [120, 158, 178],
        _ => GROUND,
    }
}

/// Paving of decks, and what bridges are made of.
const DECK: [u8; 3] = [176, 170, 160];
const STRUCTURE: [u8; 3] = [158, 158, 156];

/// Quiet, slightly different concretes, so that neighbours stand apart; towers are cooler.
fn building_colour(index: usize, top_m: f32) -> [u8; 3] {
    let mut mix = (index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mix ^= mix >> 29;
    let dice = (mix % 1000) as f32 / 1000.0;
    let light = 0.80 + 0.20 * dice;
    let tower = ((top_m - 40.0) / 80.0).clamp(0.0, 1.0);
    let warm = [222.0, 212.0, 196.0];
    let cool = [196.0, 202.0, 210.0];
    std::array::from_fn(|i| ((warm[i] * (1.0 - tower) + cool[i] * tower) * light) as u8)
}

/// New and changed buildings: a colour that no real one has.
const CHANGED: [u8; 3] = [236, 164, 84];
/// Buildings that a filter leaves out.
const GREYED: [u8; 3] = [176, 176, 174];

/// The number that colours a building, and the scale's ends with the unit's key.
pub fn measure_of(by: ColourBy, city: &CityModel, index: usize) -> Option<f32> {
    let buildings = &city.buildings;
    let record = &buildings.records[index];
    let value = match by {
        ColourBy::Nothing => return None,
        ColourBy::Height => buildings.top_of(record),
        ColourBy::Footprint => buildings.polygons.get(record.footprint).area_m2() as f32,
        ColourBy::Flood => record.flood_depth_m,
    };
    value.is_finite().then_some(value)
}

/// Ends of the scale that colours buildings, and their unit.
pub fn scale_of(by: ColourBy) -> ((f32, f32), &'static str) {
    match by {
        ColourBy::Nothing => ((0.0, 1.0), ""),
        ColourBy::Height => ((0.0, 240.0), "m"),
        ColourBy::Footprint => ((0.0, 5_000.0), "m2"),
        ColourBy::Flood => ((0.0, 3.0), "m"),
    }
}

/// Whether colours must be written anew.
pub fn changed(
    state: Res<ViewState>,
    edited: Res<Edited>,
    shown: Res<ShownField>,
    mut last: Local<Option<(ViewState, [usize; 2])>>,
) -> bool {
    if !(state.is_changed() || edited.is_changed() || shown.is_changed()) && last.is_some() {
        return false;
    }
    // What the table does not depend on does not count.
    let bare = ViewState {
        camera: crate::state::Pose::TOWERS,
        clock: crate::clock::Clock { at: jiff::Timestamp::UNIX_EPOCH, playing: false, minutes_a_second: 1.0 },
        measure: Vec::new(),
        section: state.section.map(|_| crate::state::SectionBox { low_m: [0.0; 3], high_m: [0.0; 3] }),
        bookmarks: Vec::new(),
        notes: Vec::new(),
        opacity: Opacity {
            buildings: if state.opacity.buildings < 1.0 { 0.5 } else { 1.0 },
            ..state.opacity
        },
        swipe: state.swipe.map(|_| 0.5),
        apart: 0.0,
        ..state.clone()
    };
    // What is shown anew is another one in memory.
    let which = |field: &Option<Arc<ShownValues>>| field.as_ref().map_or(0, |f| Arc::as_ptr(f) as usize);
    let now = (bare, [which(&shown.field), which(&shown.before)]);
    let changed = last.as_ref() != Some(&now) || edited.is_changed();
    *last = Some(now);
    changed
}

/// Writes the colour table after a change of the view.
pub fn colour(
    city: Res<TheCity>,
    state: Res<ViewState>,
    edited: Res<Edited>,
    shown: Res<ShownField>,
    mut table: ResMut<ColourTable>,
    mut images: ResMut<Assets<Image>>,
    mut materials: ResMut<Assets<CityMaterial>>,
) {
    table.set(GROUND_SLOT, GROUND, Shown::Plain);
    table.set(DECK_SLOT, DECK, Shown::Plain);
    table.set(STRUCTURE_SLOT, STRUCTURE, Shown::Plain);
    for kind in AreaKind::ALL {
        table.set(area_slot(kind), faded(area_colour(kind), state.opacity.areas), Shown::Plain);
    }
    for class in StreetClass::ALL {
        table.set(street_slot(class), faded(street_colour(class), state.opacity.streets), Shown::Plain);
    }
    below::colour(&mut table);
    colour_buildings(&city, &state, &edited, &shown, &mut table);
    colour_results(city.model.buildings.records.len(), &shown, &mut table);
    table.upload(&mut images);
    let cuts = !edited.is_empty()
        || state.swipe.is_some()
        || state.section.is_some()
        || !floors::stacked(&city, &shown, &state).is_empty()
        || state.opacity.buildings < 1.0;
    for (_, material) in materials.iter_mut() {
        // Bind groups follow their images only when the material changes, which this does.
        material.cuts = cuts;
    }
}

fn colour_buildings(
    the_city: &TheCity,
    state: &ViewState,
    edited: &Edited,
    shown: &ShownField,
    table: &mut ColourTable,
) {
    let (city, buildings) = (&*the_city.model, &the_city.model.buildings);
    // Colours on the building are enough of a mark, and another would hide them.
    let is_on_buildings =
        |f: &Arc<ShownValues>| !matches!(f.field.support, Support::Grid(_) | Support::Links(_));
    let on_walls = shown.field.as_ref().is_some_and(is_on_buildings);
    let is_marked = |id: &str| state.selected.as_deref() == Some(id) && !on_walls;
    let parted = state.swipe.is_some();
    let stacked = floors::stacked(the_city, shown, state);
    let results = shown.field.as_deref().map(colours_of).unwrap_or_default();
    let before = shown.before.as_deref().map(colours_of);
    for (index, building) in buildings.records.iter().enumerate() {
        let shown = match edited.hidden.contains(&index) {
            true if parted => Shown::Before,
            true => Shown::Hidden,
            false if stacked.contains(&index) => Shown::Hidden,
            false if is_marked(buildings.id_of(building)) => Shown::Marked,
            false => Shown::Plain,
        };
        let top_m = buildings.top_of(building);
        let colour = if top_m < state.least_height_m as f32 {
            GREYED
        } else {
            colour_of(state.colour_by, city, index).unwrap_or_else(|| building_colour(index, top_m))
        };
        table.set(FIRST_BUILDING + index, results.get(&index).copied().unwrap_or(colour), shown);
        if let Some(before) = &before {
            let slot = FIRST_BUILDING + before_offset(buildings.records.len()) + index;
            table.set(slot, before.get(&index).copied().unwrap_or(colour), shown);
        }
    }
    let changed = &edited.city.buildings;
    for (index, building) in changed.records.iter().enumerate().take(MOST_CHANGED) {
        let shown = match is_marked(changed.id_of(building)) {
            _ if parted => Shown::After,
            true => Shown::Marked,
            false => Shown::Plain,
        };
        let slot = changed_slot(buildings.records.len(), index);
        table.set(slot, CHANGED, shown);
        table.set(slot + before_offset(buildings.records.len()), CHANGED, shown);
    }
}

/// Colours of a result on whole buildings, by their number in the city.
fn colours_of(shown: &ShownValues) -> HashMap<usize, [u8; 3]> {
    let Support::Buildings(set) = &shown.field.support else { return HashMap::new() };
    let known = set.index.iter().zip(&shown.field.values).filter(|(_, value)| !value.is_nan());
    known.map(|(index, value)| (*index as usize, shown.colour(*value))).collect()
}

/// The colour of a building by what the state asks for.
pub fn colour_of(by: ColourBy, city: &CityModel, index: usize) -> Option<[u8; 3]> {
    let ((low, high), _) = scale_of(by);
    if by == ColourBy::Nothing {
        return None;
    }
    let Some(value) = measure_of(by, city, index) else { return Some(GREYED) };
    let [r, g, b, _] = Palette::of(Scale::Sequential).colour((value - low) / (high - low)).bytes();
    Some([r, g, b])
}

/// The palette of the shown field, and the colours of lines.
fn colour_results(buildings: usize, shown: &ShownField, table: &mut ColourTable) {
    let scale = shown.field.as_ref().map_or(Scale::Sequential, |f| f.field.quantity.scale);
    let palette = Palette::of(scale);
    for side in Side::ALL {
        for step in 0..PALETTE_STEPS {
            let [r, g, b, _] = palette.colour(step as f32 / (PALETTE_STEPS - 1) as f32).bytes();
            table.set(side_slot(buildings, side, step), [r, g, b], side.shown());
        }
        for (i, (_, colour)) in LINE_STYLES.into_iter().enumerate() {
            table.set(side_slot(buildings, side, PALETTE_STEPS + i), colour, side.shown());
        }
    }
}

/// A colour that lets the ground through.
fn faded(colour: [u8; 3], opacity: f64) -> [u8; 3] {
    std::array::from_fn(|i| {
        (f64::from(GROUND[i]) + (f64::from(colour[i]) - f64::from(GROUND[i])) * opacity) as u8
    })
}

/// How much a field covers what it lies on.
const FIELD_STRENGTH: f32 = 0.9;

/// Tells the material what is cut, thinned and parted.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn set_modes(
    city: Res<TheCity>,
    state: Res<ViewState>,
    edited: Res<Edited>,
    shown: Res<ShownField>,
    quality: Res<Quality>,
    eye: Single<(&Camera, Option<&Enlarge>), With<Eye>>,
    mut below: Query<&mut Visibility, With<BelowGround>>,
    mut materials: ResMut<Assets<CityMaterial>>,
    mut last: Local<Option<[Vec4; 4]>>,
) {
    let width = eye.0.physical_viewport_size().map_or(1280.0, |size| size.x as f32) * drawn_share(eye.1);
    let parts = !edited.is_empty() || shown.before.is_some();
    let split = state.swipe.filter(|_| parts).map_or(0.0, |share| (share as f32 * width).max(1.0));
    let box_of = |section: &crate::state::SectionBox| {
        let ([w, s, low], [e, n, high]) = (section.low_m.map(|v| v as f32), section.high_m.map(|v| v as f32));
        [Vec4::new(w, low, -n, 1.0), Vec4::new(e, high, -s, 0.0)]
    };
    let [low, mut high] = state.section.as_ref().map_or([Vec4::ZERO; 2], box_of);
    if shown.before.as_ref().is_some_and(|f| matches!(f.field.support, Support::Buildings(_))) {
        high.w = before_offset(city.model.buildings.records.len()) as f32;
    }
    let flag = |on: bool| f32::from(u8::from(on));
    let modes =
        Vec4::new(split, flag(state.underground), flag(state.streets_on_top), flag(quality.is_full()));
    let field = if shown.field.as_ref().is_some_and(|f| f.grid().is_some()) { FIELD_STRENGTH } else { 0.0 };
    let shares = [field * state.opacity.field as f32, state.opacity.buildings as f32];
    let now = [modes, low, high, Vec4::new(shares[0], shares[1], 0.0, 0.0)];
    if *last == Some(now) {
        return;
    }
    *last = Some(now);
    for (_, material) in materials.iter_mut() {
        let look = &mut material.look;
        look.modes = Vec4::new(modes.x, modes.y, look.modes.z, modes.z);
        (look.section_low, look.section_high) = (low, high);
        (look.shares.x, look.shares.w) = (shares[0], shares[1]);
        material.plain = !quality.is_full();
    }
    for mut visible in &mut below {
        visible.set_if_neq(if state.underground { Visibility::Visible } else { Visibility::Hidden });
    }
}

/// Buildings of a what-if, and nothing that another query writes.
type OnlyChanged = (With<ChangedBuildings>, Without<BuildingBlock>, Without<Flat>);

/// Shows the layers that are on, and blocks in the distance coarsely while the quality asks for it.
pub fn choose_visible(
    quality: Res<Quality>,
    state: Res<ViewState>,
    eye: Single<&Transform, With<Eye>>,
    mut blocks: Query<(&BuildingBlock, &mut Visibility)>,
    mut flats: Query<(&Flat, &mut Visibility), Without<BuildingBlock>>,
    mut changed: Query<&mut Visibility, OnlyChanged>,
) {
    let shown = |on: bool| if on { Visibility::Inherited } else { Visibility::Hidden };
    let mut layers = state.layers;
    for (block, mut visibility) in &mut blocks {
        let level = quality.detail_at(block.distance_m(eye.translation));
        visibility.set_if_neq(shown(layers.buildings && level == block.level));
    }
    for (flat, mut visibility) in &mut flats {
        let detail = flat.detail[usize::from(!quality.is_full())];
        visibility.set_if_neq(shown(detail && flat.layer.is_none_or(|layer| *layers.shows(layer))));
    }
    for mut visibility in &mut changed {
        visibility.set_if_neq(shown(layers.buildings));
    }
}
