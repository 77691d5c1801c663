//! The city and its fields as a Bevy scene.
//!
//! Everything that the desktop window and the web page share: meshes ([`mesh`]), one material with a colour table
//! ([`material`]), sun and sky ([`sky`]), the eye ([`camera`]), picking ([`pick`]), the view as a small state
//! changed by commands ([`state`]), and studies that run beside the picture
//! ([`study`]), one module a simulation ([`sunlight`], [`crowd`], [`office`]). There is no widget here.
//!
//! Bevy's axes: x east, y up, z south; metres from the site origin.

pub mod below;
pub mod camera;
pub mod city;
pub mod clock;
pub mod coarse;
pub mod crowd;
pub mod edits;
pub mod field_layer;
pub mod floors;
pub mod growth;
pub mod landmarks;
pub mod link;
pub mod material;
pub mod mesh;
pub mod office;
pub mod people;
pub mod pick;
pub mod quality;
mod shaders;
pub mod sky;
pub mod state;
pub mod study;
pub mod sunlight;
mod touch;

use std::sync::Arc;

use bevy::light::DirectionalLightShadowMap;
use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use futago_model::CityModel;

use crate::city::TheCity;
use crate::quality::Quality;
use crate::state::{Command, History, ViewState};

/// The whole scene.
pub struct ScenePlugin {
    /// The city.
    pub city: Arc<CityModel>,
    /// The view to begin with.
    pub state: ViewState,
}

/// What happens in a frame, in this order.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub enum SceneSet {
    /// Mouse and keys become commands.
    Input,
    /// Commands change the state.
    Change,
    /// The scene follows the state.
    Follow,
}

impl Plugin for ScenePlugin {
    fn build(&self, app: &mut App) {
        shaders::add(app);
        coarse::add(app);
        app.add_plugins((
            MaterialPlugin::<material::CityMaterial>::default(),
            MaterialPlugin::<sky::SkyMaterial>::default(),
        ))
        .add_message::<Command>()
        .insert_resource(TheCity::new(self.city.clone()))
        .insert_resource(self.state.clone())
        .init_resource::<camera::Moving>()
        .init_resource::<camera::InputTaken>()
        .init_resource::<History>()
        .init_resource::<field_layer::ShownField>()
        .insert_resource(edits::Edited::of(&self.city, &self.state.what_if))
        .init_resource::<study::Study>()
        .init_resource::<study::Results>()
        .init_resource::<study::Simulation>()
        .init_resource::<sunlight::Form>()
        .init_resource::<crowd::Form>()
        .init_resource::<crowd::Ways>()
        .init_resource::<crowd::CountedFlows>()
        .init_resource::<office::Form>()
        .init_resource::<office::Measured>()
        .init_resource::<people::People>()
        .init_resource::<growth::Pace>()
        .configure_sets(Update, (SceneSet::Input, SceneSet::Change, SceneSet::Follow).chain())
        .add_systems(Startup, (city::spawn, sky::spawn))
        .add_systems(Update, (camera::mouse, camera::keys, touch::fingers).in_set(SceneSet::Input))
        .add_systems(Update, growth::grow.run_if(growth::is_growing).before(SceneSet::Follow))
        .add_systems(Update, (state::carry_out, state::run_clock).chain().in_set(SceneSet::Change))
        .add_systems(
            Update,
            (
                study::take_in,
                camera::follow,
                quality::step,
                coarse::follow,
                city::choose_visible,
                edits::follow,
                city::rebuild_changed,
                field_layer::choose,
                city::colour.run_if(city::changed),
                sky::follow_clock.run_if(sky::changed),
                field_layer::lay,
                floors::stack,
                crowd::draw_changes,
                people::walk,
                city::set_modes,
                keep_drawing,
            )
                .chain()
                .in_set(SceneSet::Follow),
        );
    }

    /// By now the graphics card is known.
    fn finish(&self, app: &mut App) {
        let quality = Quality::for_adapter(app.world().get_resource::<RenderAdapterInfo>());
        app.insert_resource(quality).insert_resource(DirectionalLightShadowMap { size: quality.shadow_map });
    }
}

/// Asks for the next frame as long as something moves by itself.
fn keep_drawing(
    state: Res<ViewState>,
    moving: Res<camera::Moving>,
    study: Res<study::Study>,
    quality: Res<Quality>,
    mut redraw: MessageWriter<bevy::window::RequestRedraw>,
) {
    let moves = state.clock.playing || camera::is_moving(&state, &moving) || study.how_far().is_some();
    if moves || quality.resting || quality.is_changed() || state.is_changed() {
        redraw.write(bevy::window::RequestRedraw);
    }
}
