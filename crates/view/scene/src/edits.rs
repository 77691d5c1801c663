//! The city as it might be: the buildings of a what-if, as a little city of their own beside the real one.
//!
//! What a building looks like when it is raised or lowered is the simulation's rule
//! ([`futago_sunlight::prepare::scene::changed_top`]), so the picture shows what is computed.

use std::collections::HashSet;

use bevy::prelude::*;
use earcut::Earcut;
use futago_model::{
    Building, BuildingFlags, Buildings, CityModel, PolygonId, Solid, StringId, Tile, mm_from_metres,
};
use futago_sunlight::prepare::scene::{changed_top, ring_in_site, twice_area};
use futago_sunlight::scenario::{Add, Raise, WhatIf};

use crate::city::TheCity;
use crate::state::ViewState;

/// The changes that are shown.
#[derive(Resource, Debug, Clone)]
pub struct Edited {
    /// Numbers of the real buildings that are gone or drawn anew.
    pub hidden: HashSet<usize>,
    /// The buildings that are drawn anew or new.
    pub city: CityModel,
    /// What it was made of.
    what_if: WhatIf,
}

impl Edited {
    /// Makes the changes of a what-if; those that make no sense are left out.
    pub fn of(real: &CityModel, what_if: &WhatIf) -> Self {
        let mut edited = Self {
            hidden: HashSet::new(),
            city: CityModel::empty(real.about.clone()),
            what_if: what_if.clone(),
        };
        edited.hidden.extend(what_if.remove.iter().filter_map(|id| real.buildings.find(id)));
        for raise in &what_if.raise {
            edited.raise(&real.buildings, raise);
        }
        for add in &what_if.add {
            edited.add(real, add);
        }
        edited.close_tile();
        edited
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.what_if == WhatIf::default()
    }

    fn raise(&mut self, real: &Buildings, raise: &Raise) {
        let Some(index) = real.find(&raise.building) else { return };
        self.hidden.insert(index);
        let record = &real.records[index];
        let highest = f64::from(real.top_of(record));
        let pieces = real.solids_of(record).iter().map(|solid| {
            let polygon = real.polygons.get(solid.polygon);
            let rings: Vec<Vec<[i32; 2]>> = polygon.rings_mm().map(<[_]>::to_vec).collect();
            let top = changed_top(f64::from(solid.top_m), highest, Some(raise.height_m));
            (rings, polygon.triangles.to_vec(), solid.bottom_m, top as f32)
        });
        let pieces: Vec<Piece> = pieces.filter(|(_, _, bottom, top)| top > bottom).collect();
        let names = [record.name_ja, record.name_en].map(|name| real.strings.get(name).map(str::to_owned));
        self.push(&raise.building, names, raise.height_m as f32, &pieces);
    }

    fn add(&mut self, real: &CityModel, add: &Add) {
        let Ok(mut ring) = ring_in_site(real, &add.footprint) else { return };
        if ring.len() < 3 || !add.height_m.is_finite() || add.height_m <= 0.0 {
            return;
        }
        if twice_area(&ring) < 0.0 {
            ring.reverse();
        }
        let ring: Vec<[i32; 2]> = ring.iter().map(|at| at.map(mm_from_metres)).collect();
        let mut corners: Vec<u32> = Vec::new();
        Earcut::new().earcut(ring.iter().map(|v| v.map(f64::from)), &[], &mut corners);
        let triangles = corners.chunks_exact(3).map(|t| [t[2] as u16, t[1] as u16, t[0] as u16]);
        let triangles = triangles.map(|t| anticlockwise(t, &ring)).collect();
        self.push(
            &add.id,
            [None, None],
            add.height_m as f32,
            &[(vec![ring], triangles, 0.0, add.height_m as f32)],
        );
    }

    fn push(&mut self, id: &str, names: [Option<String>; 2], height_m: f32, pieces: &[Piece]) {
        let buildings = &mut self.city.buildings;
        let (building, first_solid) = (buildings.records.len() as u32, buildings.solids.len() as u32);
        let mut footprint = PolygonId(0);
        for (rings, triangles, bottom_m, top_m) in pieces {
            let polygon = buildings.polygons.push(rings, triangles);
            footprint = polygon;
            buildings.solids.push(Solid { polygon, building, bottom_m: *bottom_m, top_m: *top_m });
        }
        if pieces.is_empty() {
            return;
        }
        let id = buildings.strings.push(id);
        let [name_ja, name_en] =
            names.map(|name| name.map_or(StringId::NONE, |name| buildings.strings.push(&name)));
        buildings.records.push(Building {
            id,
            name_ja,
            name_en,
            town_code: StringId::NONE,
            height_m,
            flood_depth_m: f32::NAN,
            footprint,
            flags: BuildingFlags::default(),
            first_solid,
            solid_count: pieces.len() as u32,
        });
    }

    /// One tile holds them all.
    fn close_tile(&mut self) {
        let buildings = &mut self.city.buildings;
        let none = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        let (mut bounds_m, mut top_m) = (none, 0.0_f32);
        for solid in &buildings.solids {
            let [west, south, east, north] =
                buildings.polygons.get(solid.polygon).bounds_m().map(|v| v as f32);
            let [w, s, e, n] = bounds_m;
            bounds_m = [w.min(west), s.min(south), e.max(east), n.max(north)];
            top_m = top_m.max(solid.top_m);
        }
        if !buildings.records.is_empty() {
            let building_count = buildings.records.len() as u32;
            let tile =
                Tile { column: 0, row: 0, first_building: 0, building_count, bounds_m, top_m, reserved: 0 };
            buildings.tiles.push(tile);
        }
    }
}

/// Rings, triangles, underside and top.
type Piece = (Vec<Vec<[i32; 2]>>, Vec<[u16; 3]>, f32, f32);

fn anticlockwise([a, b, c]: [u16; 3], ring: &[[i32; 2]]) -> [u16; 3] {
    let at = |i: u16| ring[usize::from(i)].map(i64::from);
    let ([ax, ay], [bx, by], [cx, cy]) = (at(a), at(b), at(c));
    if (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0 { [a, c, b] } else { [a, b, c] }
}

/// Keeps the changes that are shown those of the state.
pub fn follow(state: Res<ViewState>, city: Res<TheCity>, mut edited: ResMut<Edited>) {
    if edited.what_if != state.what_if {
        *edited = Edited::of(&city.model, &state.what_if);
    }
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    fn city() -> CityModel {
        box_city(&[
            BoxSpec::new("tower", [0.0, 0.0, 30.0, 30.0], 20.0),
            BoxSpec::new("tower", [5.0, 5.0, 20.0, 20.0], 100.0).from_height(20.0),
            BoxSpec::new("house", [50.0, 0.0, 60.0, 10.0], 8.0),
        ])
    }

    #[test]
    fn a_raised_tower_keeps_its_podium() {
        let (city, raise) = (city(), Raise { building: "tower".to_owned(), height_m: 150.0 });
        let edited = Edited::of(&city, &WhatIf { raise: vec![raise], ..WhatIf::default() });
        let tops: Vec<f32> = edited.city.buildings.solids.iter().map(|s| s.top_m).collect();
        assert_eq!(tops, [20.0, 150.0]);
        assert_eq!(edited.hidden, HashSet::from([city.buildings.find("tower").unwrap()]));
        assert_eq!(edited.city.buildings.tiles[0].top_m, 150.0);
    }

    #[test]
    fn a_new_building_has_a_roof_of_its_footprints_area() {
        let city = city();
        let corner = |at| {
            let at = city.about.frame.lonlat_from_site(at).unwrap();
            [at.lon_deg, at.lat_deg]
        };
        // An L, clockwise.
        let plan = [[0.0, 0.0], [0.0, 40.0], [20.0, 40.0], [20.0, 20.0], [40.0, 20.0], [40.0, 0.0]];
        let add = Add { id: "new".to_owned(), footprint: plan.map(corner).to_vec(), height_m: 60.0 };
        let edited = Edited::of(&city, &WhatIf { add: vec![add], ..WhatIf::default() });
        let polygon = edited.city.buildings.polygons.get(edited.city.buildings.solids[0].polygon);
        assert!((polygon.area_m2() - 1200.0).abs() < 0.5, "{}", polygon.area_m2());
        let twice: i64 = polygon
            .triangles
            .iter()
            .map(|t| {
                let [a, b, c] = t.map(|i| polygon.vertices_mm[usize::from(i)].map(i64::from));
                (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
            })
            .sum();
        assert!((twice as f64 / 2e6 - polygon.area_m2()).abs() < 0.01, "{twice}");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let add = Add { id: "flat".to_owned(), footprint: vec![[139.69, 35.69]], height_m: f64::NAN };
        let raise = Raise { building: "nobody".to_owned(), height_m: 10.0 };
        let what_if = WhatIf { remove: vec!["no one".to_owned()], raise: vec![raise], add: vec![add] };
        let edited = Edited::of(&city(), &what_if);
        assert!(edited.hidden.is_empty() && edited.city.buildings.records.is_empty());
    }
}
