//! The numbers of the field: sky view factors in closed form, the shadow table of Tokyo's winter solstice,
//! sun hours, and equal-time shadow (日影) against a count of every sun and wall.
//!
//! All on the CPU; that the GPU says the same is the matter of `twins.rs`.

mod common;

use common::{cell_point, in_shadow, is_edge, marked, scene_of, upward};
use futago_compute::Engine;
use futago_field::{Grid, Report};
use futago_geodesy::LonLat;
use futago_model::CityModel;
use futago_sunlight::equal_time::{EqualTime, Judgement, LINE_HOURS};
use futago_sunlight::passes::trace_sun::SurfacePoint;
use futago_sunlight::prepare::scene::Scene;
use futago_sunlight::prepare::sun_list::Station;
use futago_sunlight::prepare::targets;
use futago_sunlight::prepare::wall_index::{CELL_M, WallIndex};
use futago_sunlight::scenario::{
    EqualTimeQuestion, Raise, ShadowZone, SunHoursQuestion, SurfaceTarget, WhatIf,
};
use futago_sunlight::solar::{SOLSTICE_DECLINATION_DEG, Sun, true_solar_sun};
use futago_sunlight::step::ground::GroundSweep;
use futago_sunlight::step::surface::{IndexBuffers, azimuths, traced_suns};
use futago_testkit::{BoxSpec, Prism, basin, box_city, canyon, must_fail, prism_city};
use jiff::civil::{date, time};
use pollster::block_on;

/// Relative difference from a figure in closed form: what 64 directions, f32 and a cell's width may cost.
const FACT_SHARE: f64 = 0.005;
/// The default number of directions of a question about the sky.
const DIRECTIONS: u32 = 64;
/// How far a line of equal time may be from the mirror image of its other half, metres: one cell of the
/// measuring grid, whose cells are not mirror images of each other.
const SYMMETRY_M: f64 = 0.5;
/// Lines closer to the box than this are not looked at, metres: cells that the box covers have no hours of
/// their own, and the smoothing of lines mixes them into the cells beside them.
const NEAR_WALL_M: f64 = 2.0;

fn close(what: &str, found: f64, wanted: f64) {
    let off = (found / wanted - 1.0).abs();
    assert!(off <= FACT_SHARE, "{what}: {found:.4} is {:.2} % off {wanted:.4}", off * 100.0);
}

// --- Sky view ---------------------------------------------------------------------------------------------

fn skies(scene: &Scene, points: &[SurfacePoint]) -> Vec<f64> {
    let (engine, index) = (Engine::cpu(), WallIndex::build(scene, CELL_M));
    let buffers = IndexBuffers::upload(&engine, &index).unwrap();
    let sky = block_on(buffers.sky(&engine, points, &azimuths(DIRECTIONS))).unwrap();
    sky.into_iter().map(f64::from).collect()
}

fn sky_at_origin(city: &CityModel) -> f64 {
    skies(&scene_of(city), &[upward([0.0, 0.0, 0.0])])[0]
}

/// Height over width, and 1 / sqrt(1 + 4 (H/W)^2).
#[expect(clippy::approx_constant, reason = "four places of a table, not of a constant")]
const CANYONS: [(f64, f64); 4] = [(0.5, 0.7071), (1.0, 0.4472), (2.0, 0.2425), (3.0, 0.1644)];

#[test]
fn a_canyons_floor_sees_what_the_formula_says() {
    for (ratio, wanted) in CANYONS {
        assert!((1.0 / (1.0 + 4.0 * ratio * ratio).sqrt() - wanted).abs() < 5e-5, "the table itself");
        close("canyon floor", sky_at_origin(&canyon(16.0, (16.0 * ratio) as f32)), wanted);
    }
    must_fail("a canyon 2 % too deep", "off 0.4472", || {
        close("canyon floor", sky_at_origin(&canyon(16.0, 16.0 * 1.02)), 0.4472);
    });
}

/// A wall of an endless street sees half the sky less what the other side hides: (1 - sin b) / 2, where b is
/// the angle under which the other wall's top is seen.
#[test]
fn a_canyons_wall_sees_what_the_formula_says() {
    let scene = scene_of(&canyon(16.0, 24.0));
    for height_m in [1.0, 8.0, 16.0, 23.0] {
        let at = [-8.0 + 0.002, 0.3, height_m];
        let normal = [1.0, 0.0, 0.0, 0.0];
        let point = SurfacePoint { normal, ..upward(at) };
        let b = ((24.0 - height_m) / 16.0_f64).atan();
        close(&format!("canyon wall at {height_m} m"), skies(&scene, &[point])[0], (1.0 - b.sin()) / 2.0);
    }
}

#[test]
fn a_basins_centre_sees_the_square_of_the_cosine() {
    for edge_deg in [10.0_f64, 30.0, 45.0, 60.0] {
        let (radius_m, edge) = (40.0, edge_deg.to_radians());
        let city = basin(radius_m, (radius_m * edge.tan()) as f32, 96);
        close(&format!("basin of {edge_deg} degrees"), sky_at_origin(&city), edge.cos().powi(2));
    }
    must_fail("a basin of 46 degrees", "off 0.5000", || {
        close("basin", sky_at_origin(&basin(40.0, 40.0 * 46.0_f32.to_radians().tan(), 96)), 0.5);
    });
}

#[test]
fn a_lone_box_has_half_the_sky_on_its_walls_and_all_on_its_roof() {
    let scene = scene_of(&box_city(&[BoxSpec::new("alone", [-10.0, -6.0, 10.0, 6.0], 30.0)]));
    let target = SurfaceTarget { spacing_m: 3.0, buildings: Vec::new() };
    let bounds = [-20.0, -20.0, 20.0, 20.0];
    let walls = targets::surface_points(&targets::walls(&scene, bounds, &target).unwrap());
    let roof = targets::surface_points(&targets::roofs(&scene, bounds, &target).unwrap());
    assert!(walls.len() > 150 && roof.len() > 20, "{} and {} points", walls.len(), roof.len());
    skies(&scene, &walls).into_iter().for_each(|sky| close("free wall", sky, 0.5));
    skies(&scene, &roof).into_iter().for_each(|sky| close("free roof", sky, 1.0));
    close("free ground", skies(&scene, &[upward([500.0, 3.0, 0.0])])[0], 1.0);
}

// --- Shadow lengths ---------------------------------------------------------------------------------------

/// Tokyo (35.69 N), winter solstice: hours from noon in true solar time, azimuth from south in degrees, length
/// of a shadow over the height that casts it.
const SOLSTICE: [(f64, f64, f64); 5] =
    [(4.0, 53.37, 7.046), (3.0, 42.76, 3.241), (2.0, 30.25, 2.203), (1.0, 15.78, 1.790), (0.0, 0.0, 1.673)];

/// How far the cells reach in a direction of the plan.
fn reach(cells: &[[f64; 2]], along: [f64; 2]) -> f64 {
    cells.iter().map(|p| p[0] * along[0] + p[1] * along[1]).fold(f64::NEG_INFINITY, f64::max)
}

/// Checks the shadows of a box on a plane against the table, for a wrong height if asked.
fn check_solstice_table(plane_m: f64, table_height_m: f64) {
    const HALF_M: f64 = 6.0;
    let square = [[-HALF_M, -HALF_M], [HALF_M, -HALF_M], [HALF_M, HALF_M], [-HALF_M, HALF_M]];
    let scene = Scene::from_prisms(&[(square.to_vec(), 120.0, "box")]);
    let grid =
        Grid { first_m: [-720.0, -20.0], spacing_m: 0.4, columns: 3600, rows: 1400, height_m: plane_m };
    let looks: Vec<(f64, f64, f64)> =
        SOLSTICE.iter().flat_map(|row| [*row, (-row.0, -row.1, row.2)]).take(9).collect();
    let suns: Vec<Sun> = looks
        .iter()
        .map(|(from_noon, ..)| true_solar_sun(12.0 + from_noon, 35.69, SOLSTICE_DECLINATION_DEG))
        .map(|(azimuth, altitude)| Sun::from_true_north(azimuth, altitude, 0.0))
        .collect();
    let sweep = GroundSweep::build(grid, &scene, &marked(&suns), false);
    let votes = block_on(sweep.run(&Engine::cpu())).unwrap().votes;
    for (k, (from_noon, azimuth_deg, ratio)) in looks.into_iter().enumerate() {
        let shaded: Vec<[f64; 2]> = votes
            .iter()
            .enumerate()
            .filter(|(_, v)| **v >> k & 1 == 1)
            .map(|(i, _)| grid.centre_m(i as u32 % grid.columns, i as u32 / grid.columns))
            .collect();
        assert!(shaded.len() > 10_000, "{from_noon} h: {} cells", shaded.len());
        // A sun in the west of south throws shadows to the east of north.
        let (sin, cos) = azimuth_deg.to_radians().sin_cos();
        let (along, left, right) = ([sin, cos], [-cos, sin], [cos, -sin]);
        let length_m = reach(&shaded, along) - reach(&square, along);
        close(
            &format!("shadow at {:+} h on {plane_m} m", from_noon),
            length_m,
            (table_height_m - plane_m) * ratio,
        );
        for side in [left, right] {
            let spill_m = (reach(&shaded, side) - reach(&square, side)).abs();
            assert!(spill_m < length_m * FACT_SHARE, "{from_noon} h: {spill_m} m beside its direction");
        }
    }
}

#[test]
fn solstice_shadows_are_as_long_as_the_table_says() {
    check_solstice_table(0.0, 120.0);
    check_solstice_table(4.0, 120.0);
    must_fail("a box 1.5 m too low", "off", || check_solstice_table(0.0, 121.5));
}

// --- Sun hours --------------------------------------------------------------------------------------------

fn station(city: &CityModel) -> Station {
    Station::at(&city.about.frame, city.about.frame.lonlat_from_site([0.0, 0.0]).unwrap()).unwrap()
}

#[test]
fn a_free_point_has_eight_hours_and_one_behind_a_wall_none() {
    let city = box_city(&[BoxSpec::new("wall", [-300.0, 0.0, 300.0, 10.0], 60.0)]);
    let (scene, station) = (scene_of(&city), station(&city));
    let day = SunHoursQuestion {
        from: time(8, 0, 0, 0),
        to: time(16, 0, 0, 0),
        step_min: 5.0,
        until: None,
        every_days: 1,
    };
    let list = station.suns_of(date(2026, 12, 22), &day, None).unwrap();
    let all: u32 = list.suns.iter().map(|s| s.votes).sum();
    // South of the wall, and 20 m behind its middle.
    let places = [[0.0, -30.0], [0.0, 30.0]];
    let hours = |votes: u32| f64::from(votes) * list.hours_a_vote;

    let grid = |at| Grid { first_m: at, spacing_m: 1.0, columns: 1, rows: 1, height_m: 0.0 };
    let swept = places.map(|at| {
        let sweep = GroundSweep::build(grid(at), &scene, &list.suns, false);
        hours(all - block_on(sweep.run(&Engine::cpu())).unwrap().votes[0])
    });
    assert_eq!(swept, [8.0, 0.0], "swept");

    let (engine, index) = (Engine::cpu(), WallIndex::build(&scene, CELL_M));
    let points = places.map(|[x, y]| upward([x, y, 0.0]));
    let buffers = IndexBuffers::upload(&engine, &index).unwrap();
    let seen = block_on(buffers.trace(&engine, &points, &traced_suns(&list.suns))).unwrap();
    assert_eq!([hours(seen[0][0]), hours(seen[1][0])], [8.0, 0.0], "traced");
}

// --- Equal-time shadow ------------------------------------------------------------------------------------

fn question(building: &str) -> EqualTimeQuestion {
    EqualTimeQuestion {
        building: building.to_owned(),
        boundary: None,
        zone: ShadowZone::ResidentialCommercialIndustrial,
        limits_h: None,
        plane_m: None,
        spacing_m: 0.5,
        step_min: 1.0,
        reach_m: 120.0,
    }
}

fn judged(
    city: &CityModel,
    what_if: Option<&WhatIf>,
    question: &EqualTimeQuestion,
) -> (EqualTime, Judgement) {
    let scene = Scene::build(city, what_if, &mut Report::default()).unwrap();
    let prepared = EqualTime::prepare(city, &scene, &station(city), question).unwrap();
    let engine = Engine::cpu();
    let (own, all) =
        (block_on(prepared.own.run(&engine)).unwrap(), block_on(prepared.all.run(&engine)).unwrap());
    let judgement = prepared.judge(&own, &all).unwrap();
    (prepared, judgement)
}

/// Unit vector to true north in the site frame, from the projection itself.
fn true_north(city: &CityModel) -> [f64; 2] {
    let frame = &city.about.frame;
    let here = frame.lonlat_from_site([0.0, 0.0]).unwrap();
    let [x, y] = frame.site_from_lonlat(LonLat::new(here.lon_deg, here.lat_deg + 0.001).unwrap()).unwrap();
    [x / x.hypot(y), y / x.hypot(y)]
}

/// A box 24 m by 14 m by 40 m that faces true south, in a city so far west that grid north is a degree off.
fn box_facing_south() -> CityModel {
    let far_west = |mut city: CityModel| {
        city.about.frame.origin_east_m = -150_000.0;
        city
    };
    let [x, y] = true_north(&far_west(box_city(&[])));
    let turned = |[e, n]: [f64; 2]| [e * y + n * x, n * y - e * x];
    let ring_m = [[-12.0, -7.0], [12.0, -7.0], [12.0, 7.0], [-12.0, 7.0]].map(turned).to_vec();
    far_west(prism_city(&[Prism { id: "box".to_owned(), ring_m, bottom_m: 0.0, top_m: 40.0 }]))
}

fn distance_to_line(at: [f64; 2], line: &[[f64; 2]]) -> f64 {
    let to_segment = |ends: &[[f64; 2]]| {
        let (a, e) = (ends[0], [ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]]);
        let to = [at[0] - a[0], at[1] - a[1]];
        let share = (to[0] * e[0] + to[1] * e[1]) / (e[0] * e[0] + e[1] * e[1]).max(1e-12);
        let share = share.clamp(0.0, 1.0);
        (to[0] - share * e[0]).hypot(to[1] - share * e[1])
    };
    line.windows(2).map(to_segment).fold(f64::INFINITY, f64::min)
}

/// The largest distance from a vertex, mirrored about an axis through the origin, to the line of equal time of
/// its hours; with the hours and the place.
fn asymmetry(
    vertices: &[(f64, [f64; 2])],
    lines: &[(f64, Vec<[f64; 2]>)],
    axis: [f64; 2],
) -> (f64, f64, [f64; 2]) {
    let mut worst = (0.0, 0.0, [0.0; 2]);
    for (hours, at) in vertices.iter().copied() {
        let along = 2.0 * (at[0] * axis[0] + at[1] * axis[1]);
        let mirrored = [along * axis[0] - at[0], along * axis[1] - at[1]];
        let same = lines.iter().filter(|(h, _)| *h == hours);
        let off_m = same.map(|(_, l)| distance_to_line(mirrored, l)).fold(f64::INFINITY, f64::min);
        if off_m > worst.0 {
            worst = (off_m, hours, at);
        }
    }
    worst
}

#[test]
fn equal_time_lines_are_symmetrical_about_true_north() {
    let city = box_facing_south();
    let (prepared, judgement) = judged(&city, None, &question("box"));
    let mut outline = prepared.boundary[0].clone();
    outline.push(outline[0]);
    let far_from_wall = |at: &[f64; 2]| distance_to_line(*at, &outline) > NEAR_WALL_M;
    let lines: Vec<_> = judgement.lines.iter().map(|l| (l.value, l.points.clone())).collect();
    let far: Vec<(f64, [f64; 2])> = lines
        .iter()
        .flat_map(|(h, line)| line.iter().map(move |at| (*h, *at)))
        .filter(|(_, at)| far_from_wall(at))
        .collect();
    let of_hours = |hours: f64| far.iter().filter(|(h, _)| *h == hours).count();
    assert!(LINE_HOURS.iter().all(|h| of_hours(*h) > 50), "each line is there: {} vertices", far.len());
    let furthest = far.iter().map(|(_, p)| p[0].hypot(p[1])).fold(0.0, f64::max);
    assert!(furthest > 40.0, "lines end {furthest} m from the box");
    let check = |axis| {
        let (off_m, hours, at) = asymmetry(&far, &lines, axis);
        println!("{hours} h: {off_m:.3} m off the mirror image about {axis:?} at {at:?}");
        assert!(off_m <= SYMMETRY_M, "the {hours} h line at {at:?} is {off_m} m off its mirror image");
    };
    check(true_north(&city));
    must_fail("grid north taken for true north", "off its mirror image", || check([0.0, 1.0]));
}

#[test]
fn the_verdict_turns_when_the_building_is_raised() {
    let city = box_city(&[BoxSpec::new("slab", [-15.0, -6.0, 15.0, 6.0], 9.0)]);
    // A site that leaves 15 m free on each side.
    let corners = [[-30.0, -21.0], [30.0, -21.0], [30.0, 21.0], [-30.0, 21.0]];
    let boundary = corners.map(|at| city.about.frame.lonlat_from_site(at).unwrap());
    let boundary = Some(boundary.map(|p| [p.lon_deg, p.lat_deg]).to_vec());
    let question = EqualTimeQuestion { boundary, step_min: 2.0, ..question("slab") };
    let of_height = |height_m| {
        let raise = vec![Raise { building: "slab".to_owned(), height_m }];
        judged(&city, Some(&WhatIf { raise, ..WhatIf::default() }), &question)
    };
    let (prepared, low) = of_height(9.0);
    assert!(!low.judged, "the law does not look at 9 m here");
    assert_eq!(prepared.limits_h, [4.0, 2.5], "the strictest pair of the zone");
    assert_eq!(prepared.grid.height_m, 4.0, "the zone's plane");

    let (_, middle) = of_height(11.0);
    assert!(middle.judged && middle.violations.is_empty(), "{:?}", middle.violations);
    assert!(middle.own_hours.iter().any(|h| *h > 0.5), "11 m throw a shadow past the site");

    let (_, high) = of_height(40.0);
    assert!(high.judged && !high.violations.is_empty(), "40 m in {:?}", high.longest_h);
    let worst = &high.violations[0];
    assert!(worst.hours >= worst.limit_h && worst.distance_m > 5.0 && worst.area_m2 > 10.0, "{worst:?}");
    assert!(high.longest_h[0] > middle.longest_h[0] && high.longest_h[1] > middle.longest_h[1]);
    assert!(worst.at_m[1] > 21.0, "the worst place lies north of the site: {worst:?}");
}

#[test]
fn hours_on_the_plane_are_those_of_every_sun_and_wall() {
    let city = box_city(&[
        BoxSpec::new("judged", [-10.0, -8.0, 12.0, 9.0], 31.0),
        BoxSpec::new("neighbour", [-50.0, 12.0, -25.0, 30.0], 22.0),
        BoxSpec::new("low", [20.0, 20.0, 40.0, 30.0], 3.0),
    ]);
    let (prepared, judgement) = judged(&city, None, &question("judged"));
    let scene = scene_of(&city);
    let own = scene.only(scene.owner_of("judged").unwrap());
    let suns = station(&city).solstice_suns(1.0);
    assert_eq!(suns.suns.len(), 481);
    let (mut looked_at, mut shaded, mut by_others) = (0, 0, 0);
    for i in (0..).map(|k| (common::random(k) * prepared.grid.len() as f64) as usize) {
        if looked_at == 200 {
            break;
        }
        let point = cell_point(&prepared.grid, i);
        // Of the random cells only those where either building can matter.
        let out_of_reach = point.at[1] < -8.0 || point.at[1] > 90.0;
        let (own_h, all_h) = (judgement.own_hours[i], judgement.all_hours[i]);
        if own_h.is_nan() || all_h.is_nan() || out_of_reach {
            continue;
        }
        for (scene, found_h) in [(&own, own_h), (&scene, all_h)] {
            let (mut least, mut edges) = (0, 0);
            for sun in &suns.suns {
                if is_edge(scene, &point, sun.sun) {
                    edges += sun.votes;
                } else if in_shadow(scene, common::at_of(&point), sun.sun) {
                    least += sun.votes;
                }
            }
            let votes = (f64::from(found_h) / suns.hours_a_vote).round() as u32;
            assert!(
                (least..=least + edges).contains(&votes),
                "{point:?}: {votes} votes, truth {least} + {edges}"
            );
            // A sun moves past an edge within a few minutes: the check must not be idle.
            assert!(edges <= 60, "{point:?}: {edges} votes at an edge");
        }
        looked_at += 1;
        shaded += u32::from(own_h > 0.0);
        by_others += u32::from(all_h > own_h);
    }
    assert!(shaded > 60 && by_others > 20, "{shaded} in its shadow, {by_others} in others'");
}
