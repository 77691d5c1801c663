//! Every index, range and number of a city, so that no method of the model can panic on it.
//!
//! One walk over the flat arrays; about a million numbers for the built-in city, a few milliseconds.

use futago_model::{
    About, Building, Buildings, CityModel, Ground, PolygonId, Polygons, Shelter, Streets, StringId, Strings,
};

use crate::PackError;

/// Largest coordinate: differences of two still fit 32 bits.
pub(crate) const MAX_MM: u32 = 1_000_000_000;

/// Largest height or depth that is let in, metres.
pub(crate) const MAX_HEIGHT_M: f32 = 100_000.0;

/// Largest distance from the site origin for what is kept in metres.
const MAX_M: f64 = 1_000_000.0;

pub(crate) type Checked = Result<(), PackError>;

/// Checks a whole city.
pub(crate) fn city(city: &CityModel) -> Checked {
    about(&city.about)?;
    buildings(&city.buildings)?;
    streets(&city.streets)?;
    city.shelters.iter().try_for_each(shelter)?;
    crate::check_walk::walk(&city.walk)?;
    crate::check_walk::floors(&city.floors)?;
    crate::check_structures::structures(&city.structures)?;
    let said = matches!(city.about.ground, Ground::Terrain { .. });
    ensure(said == city.terrain.is_some(), "ground", || {
        "what it is said to be and whether there is a terrain disagree".to_owned()
    })?;
    city.terrain.as_ref().map_or(Ok(()), crate::terrain::check)
}

pub(crate) fn ensure(holds: bool, section: &str, problem: impl FnOnce() -> String) -> Checked {
    if holds { Ok(()) } else { Err(PackError::invalid(section, problem())) }
}

fn about(about: &About) -> Checked {
    let frame = &about.frame;
    let origin = [frame.origin_east_m, frame.origin_north_m, frame.origin_height_m];
    ensure(origin.iter().all(|m| m.abs() <= 1e7), "frame", || format!("the origin {origin:?} cannot be"))?;
    frame.zone().map_err(|error| PackError::invalid("frame", error.to_string()))?;
    let [west, south, east, north] = about.bounds_m;
    let ordered = west <= east && south <= north && about.bounds_m.iter().all(|m| m.abs() <= MAX_M);
    ensure(ordered, "bounds", || format!("{:?} is no rectangle", about.bounds_m))?;
    let height_tp_m = about.ground.height_tp_m();
    ensure(height_tp_m.abs() <= f64::from(MAX_HEIGHT_M), "ground", || format!("a height of {height_tp_m} m"))
}

fn shelter(shelter: &Shelter) -> Checked {
    let numbers = shelter.at_m.iter().all(|m| m.abs() <= MAX_M) && shelter.area_m2.is_none_or(f64::is_finite);
    ensure(numbers, "shelters", || format!("{}: a number that cannot be", shelter.name))
}

fn buildings(buildings: &Buildings) -> Checked {
    strings(&buildings.strings, "strings of buildings")?;
    polygons(&buildings.polygons, "polygons of buildings")?;
    let mut next_solid = 0;
    for (index, building) in buildings.records.iter().enumerate() {
        check_building(index, building, buildings, next_solid)?;
        next_solid += building.solid_count;
    }
    ensure(next_solid as usize == buildings.solids.len(), "solids", || {
        "some belong to no building".to_owned()
    })?;
    tiles(buildings)
}

fn check_building(index: usize, building: &Building, all: &Buildings, next_solid: u32) -> Checked {
    let bad = |what: &str| format!("building {index}: {what}");
    let texts = [building.id, building.name_ja, building.name_en, building.town_code];
    let known = texts.into_iter().all(|id| string_is_known(id, &all.strings));
    ensure(known, "buildings", || bad("a text that is not there"))?;
    let outline = polygon_is_known(building.footprint, &all.polygons);
    ensure(outline, "buildings", || bad("a footprint that is not there"))?;
    ensure(is_height(building.height_m), "buildings", || bad("its height cannot be"))?;
    let depth = building.flood_depth_m;
    ensure(depth.is_nan() || is_height(depth), "buildings", || bad("its flood depth cannot be"))?;
    let first = building.first_solid;
    let last = u64::from(first) + u64::from(building.solid_count);
    let in_row = first == next_solid && building.solid_count > 0 && last <= all.solids.len() as u64;
    ensure(in_row, "buildings", || bad("its solids are not the next ones"))?;
    for solid in &all.solids[first as usize..last as usize] {
        let fits = solid.building as usize == index
            && polygon_is_known(solid.polygon, &all.polygons)
            && is_height(solid.bottom_m)
            && is_height(solid.top_m)
            && solid.bottom_m <= solid.top_m;
        ensure(fits, "solids", || bad("a solid of it cannot be"))?;
    }
    Ok(())
}

fn tiles(buildings: &Buildings) -> Checked {
    let mut next = 0_u64;
    let mut before = None;
    for (index, tile) in buildings.tiles.iter().enumerate() {
        let place = (tile.row, tile.column);
        let in_row = before.is_none_or(|b| b < place)
            && u64::from(tile.first_building) == next
            && tile.building_count > 0;
        ensure(in_row, "tiles", || format!("tile {index} does not follow the one before"))?;
        let [west, south, east, north] = tile.bounds_m;
        let numbers = tile.bounds_m.iter().all(|m| f64::from(m.abs()) <= MAX_M)
            && west <= east
            && south <= north
            && is_height(tile.top_m)
            && tile.row.unsigned_abs().max(tile.column.unsigned_abs()) <= MAX_MM / 1000;
        ensure(numbers, "tiles", || format!("tile {index} has numbers that cannot be"))?;
        next += u64::from(tile.building_count);
        before = Some(place);
    }
    ensure(next == buildings.records.len() as u64, "tiles", || {
        "they do not hold every building once".to_owned()
    })
}

fn streets(streets: &Streets) -> Checked {
    strings(&streets.strings, "strings of streets")?;
    polygons(&streets.polygons, "polygons of areas")?;
    coordinates(&streets.vertices_mm, "streets")?;
    let mut start = 0;
    for (index, street) in streets.records.iter().enumerate() {
        let end = street.vertex_end;
        let line = end >= start && end - start >= 2;
        ensure(line, "streets", || format!("line {index} has fewer than two vertices"))?;
        let named = string_is_known(street.name, &streets.strings);
        ensure(named, "streets", || format!("line {index} has a name that is not there"))?;
        start = end;
    }
    let all = start as usize == streets.vertices_mm.len();
    ensure(all, "streets", || "the lines do not use their vertices".to_owned())?;
    let outlines = streets.areas.iter().all(|area| polygon_is_known(area.polygon, &streets.polygons));
    ensure(outlines, "areas", || "an outline that is not there".to_owned())
}

pub(crate) fn polygons(polygons: &Polygons, section: &str) -> Checked {
    coordinates(&polygons.vertices_mm, section)?;
    steps(&polygons.polygon_ends, 1, polygons.ring_ends.len(), section, "rings")?;
    steps(&polygons.ring_ends, 3, polygons.vertices_mm.len(), section, "vertices")?;
    steps(&polygons.triangle_ends, 0, polygons.triangles.len(), section, "triangles")?;
    let lists = polygons.triangle_ends.len() == polygons.polygon_ends.len();
    ensure(lists, section, || "there are not as many lists of triangles as polygons".to_owned())?;
    let (mut first_vertex, mut first_triangle) = (0, 0);
    for (last_ring, last_triangle) in polygons.polygon_ends.iter().zip(&polygons.triangle_ends) {
        let last_vertex = polygons.ring_ends[*last_ring as usize - 1];
        let vertices = last_vertex - first_vertex;
        let triangles = &polygons.triangles[first_triangle..*last_triangle as usize];
        let highest = triangles.iter().flatten().copied().max();
        let inside = highest.is_none_or(|index| u32::from(index) < vertices);
        ensure(inside, section, || "a triangle has a vertex that is not there".to_owned())?;
        first_vertex = last_vertex;
        first_triangle = *last_triangle as usize;
    }
    Ok(())
}

/// Ends of consecutive ranges: each at least `least` after the one before, the last at `total`.
pub(crate) fn steps(ends: &[u32], least: u32, total: usize, section: &str, what: &str) -> Checked {
    let mut before = 0_u32;
    for end in ends {
        let grows = *end >= before && *end - before >= least;
        ensure(grows, section, || format!("the ends of {what} do not grow"))?;
        before = *end;
    }
    ensure(before as usize == total, section, || {
        format!("the ends of {what} do not reach their number, {total}")
    })
}

pub(crate) fn coordinates(vertices: &[[i32; 2]], section: &str) -> Checked {
    let near = vertices.iter().flatten().all(|mm| mm.unsigned_abs() <= MAX_MM);
    ensure(near, section, || "a vertex is more than 1,000 km from the site origin".to_owned())
}

pub(crate) fn strings(strings: &Strings, section: &str) -> Checked {
    let text = std::str::from_utf8(&strings.bytes)
        .map_err(|error| PackError::invalid(section, format!("not UTF-8: {error}")))?;
    steps(&strings.ends, 0, strings.bytes.len(), section, "texts")?;
    let whole = strings.ends.iter().all(|end| text.is_char_boundary(*end as usize));
    ensure(whole, section, || "a text ends within a letter".to_owned())
}

pub(crate) fn string_is_known(id: StringId, strings: &Strings) -> bool {
    id == StringId::NONE || (id.0 as usize) < strings.ends.len()
}

pub(crate) fn polygon_is_known(id: PolygonId, polygons: &Polygons) -> bool {
    (id.0 as usize) < polygons.len()
}

/// Finite, not negative and not absurd.
pub(crate) fn is_height(metres: f32) -> bool {
    (0.0..=MAX_HEIGHT_M).contains(&metres)
}
