//! Buildings come nearest first.
//!
//! On a machine with threads all blocks are meshed at once before the first frame. In a browser everything runs on one
//! thread, so the first picture shows what is near and the rest follows in a few frames.

use bevy::prelude::*;
use bevy::window::RequestRedraw;
use futago_model::CityModel;

use crate::city::{TheCity, TheMaterial, spawn_blocks};
use crate::mesh::buildings;
use crate::state::ViewState;

/// How many blocks are meshed at once.
#[derive(Resource, Debug, Clone, Copy)]
pub struct Pace {
    /// Before the first frame.
    pub at_first: usize,
    /// In each frame after it.
    pub a_frame: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_first: usize::MAX, a_frame: usize::MAX }
    }
}

impl Pace {
    /// For one thread: the towers and what is round them, then the rest in a few frames.
    pub const ONE_THREAD: Self = Self { at_first: 9, a_frame: 8 };
}

/// Blocks that are still to come, the nearest last.
#[derive(Resource, Debug, Default)]
pub struct Growth(Vec<Vec<usize>>);

impl Growth {
    /// Every block of a city, by its distance from what is looked at (site metres).
    pub fn of(city: &CityModel, [x, y]: [f64; 2]) -> Self {
        let tiles = &city.buildings.tiles;
        let away = |tile: usize| {
            let [west, south, east, north] = tiles[tile].bounds_m.map(f64::from);
            (x - x.clamp(west, east)).hypot(y - y.clamp(south, north))
        };
        let nearest = |group: &Vec<usize>| group.iter().map(|tile| away(*tile)).fold(f64::INFINITY, f64::min);
        let mut groups = buildings::groups(city);
        groups.sort_by(|a, b| nearest(b).total_cmp(&nearest(a)));
        Self(groups)
    }

    /// Takes the nearest ones out.
    pub fn next(&mut self, most: usize) -> Vec<Vec<usize>> {
        self.0.split_off(self.0.len().saturating_sub(most))
    }
}

/// Brings the next blocks.
pub fn grow(
    city: Res<TheCity>,
    material: Res<TheMaterial>,
    pace: Res<Pace>,
    mut growth: ResMut<Growth>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut commands: Commands,
) {
    let groups = growth.next(pace.a_frame);
    spawn_blocks(&city.model, &groups, &material.0, &mut meshes, &mut commands);
    redraw.write(RequestRedraw);
}

/// Whether there is something to bring.
pub fn is_growing(growth: Res<Growth>) -> bool {
    !growth.0.is_empty()
}

/// Where the growth begins.
pub fn middle(state: &ViewState) -> [f64; 2] {
    let [x, y, _] = state.camera.target_m;
    [x, y]
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    #[test]
    fn the_nearest_blocks_come_first_and_none_is_left_out() {
        let at = |east: f64| BoxSpec::new(&format!("{east}"), [east, 0.0, east + 10.0, 10.0], 9.0);
        let city = box_city(&[at(0.0), at(2000.0), at(4000.0)]);
        let mut growth = Growth::of(&city, [4005.0, 5.0]);
        let all = growth.0.len();
        let first = growth.next(1);
        let tile = &city.buildings.tiles[first[0][0]];
        assert!(all > 1 && tile.bounds_m[2] >= 4000.0, "{all} blocks, {:?}", tile.bounds_m);
        let rest = growth.next(usize::MAX);
        let drawn = |groups: &[Vec<usize>]| buildings::meshes(&city, groups, 0).len();
        assert_eq!(drawn(&first) + drawn(&rest), buildings::blocks(&city, 0).len());
        assert!(growth.next(5).is_empty());
    }
}
