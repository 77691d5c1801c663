//! What tags say, in the words of the raw features: classes of lines and areas as OpenMapTiles names them.

use futago_raw::{Direction, Incline, WayKind};

use crate::tags::{Key, Tags, levels, metres, percent};

/// `class`, `subclass` and `brunnel` of a line.
pub(crate) type LineClass = (&'static str, Option<String>, Option<String>);

/// A line that is drawn; none for ways that are no lines.
pub(crate) fn line_class(tags: &Tags) -> Option<LineClass> {
    let with_brunnel = |class: &'static str, subclass: Option<&str>| {
        let brunnel = match () {
            () if tags.has(Key::Bridge) => Some("bridge"),
            () if tags.has(Key::Tunnel) && !tags.is(Key::Tunnel, "building_passage") => Some("tunnel"),
            () => None,
        };
        Some((class, subclass.map(str::to_owned), brunnel.map(str::to_owned)))
    };
    if let Some(highway) = tags.get(Key::Highway) {
        let class = highway_class(highway)?;
        return with_brunnel(class, (class == "path").then_some(highway));
    }
    if let Some(railway) = tags.get(Key::Railway) {
        let class = match railway {
            "rail" | "narrow_gauge" | "light_rail" | "monorail" | "tram" | "funicular" | "preserved" => {
                "rail"
            }
            "subway" => "subway",
            "platform" => "platform",
            _ => return None,
        };
        return with_brunnel(class, Some(railway));
    }
    if tags.is(Key::PublicTransport, "platform") {
        return with_brunnel("platform", None);
    }
    let class = match tags.get(Key::Waterway)? {
        "river" => "river",
        "stream" => "stream",
        "canal" => "canal",
        "ditch" => "ditch",
        "drain" => "drain",
        _ => return None,
    };
    with_brunnel(class, None)
}

fn highway_class(highway: &str) -> Option<&'static str> {
    Some(match highway {
        "motorway" | "motorway_link" => "motorway",
        "trunk" | "trunk_link" => "trunk",
        "primary" | "primary_link" => "primary",
        "secondary" | "secondary_link" => "secondary",
        "tertiary" | "tertiary_link" => "tertiary",
        "unclassified" | "residential" | "living_street" | "road" => "minor",
        "service" => "service",
        "track" => "track",
        "footway" | "path" | "steps" | "cycleway" | "bridleway" | "corridor" | "pedestrian" => "path",
        "platform" => "platform",
        _ => return None,
    })
}

/// Whether a closed way is an area rather than a line.
pub(crate) fn is_area(tags: &Tags) -> bool {
    match tags.get(Key::Area) {
        Some("yes") => true,
        Some("no") => false,
        _ => {
            !tags.has(Key::Highway) && tags.get(Key::Railway).is_none_or(|value| value == "platform")
                || tags.is(Key::Highway, "platform")
        }
    }
}

/// `class` and `subclass` of an area, and its place in the order of drawing; none for what is no area.
pub(crate) fn area_class(tags: &Tags) -> Option<(u8, String, Option<String>)> {
    let (land, wide, green, water) = (0, 1, 2, 3);
    let of = |rank: u8, class: &str, subclass: Option<&str>| {
        Some((rank, class.to_owned(), subclass.map(str::to_owned)))
    };
    let [natural, landuse, leisure, waterway] =
        [Key::Natural, Key::Landuse, Key::Leisure, Key::Waterway].map(|key| tags.get(key));
    match (natural, landuse, leisure, waterway) {
        (Some("water"), ..) => {
            let river =
                tags.get(Key::Water).is_some_and(|water| matches!(water, "river" | "canal" | "stream"));
            return of(water, if river { "river" } else { "lake" }, tags.get(Key::Water));
        }
        (.., Some("riverbank")) => return of(water, "river", None),
        (.., Some("dock")) => return of(water, "dock", None),
        (_, Some("reservoir" | "basin"), ..) => return of(water, "lake", landuse),
        (_, _, Some("swimming_pool"), _) => return of(water, "swimming_pool", None),
        (Some("wood"), ..) | (_, Some("forest"), ..) => return of(green, "wood", natural.or(landuse)),
        (Some("grassland" | "scrub" | "heath" | "fell"), ..) => return of(green, "grass", natural),
        (_, Some("grass" | "meadow" | "village_green" | "recreation_ground" | "flowerbed"), ..) => {
            return of(green, "grass", landuse);
        }
        (_, _, Some("park" | "garden" | "golf_course" | "common" | "dog_park"), _) => {
            return of(green, "grass", leisure);
        }
        (_, _, Some("pitch" | "playground" | "sports_centre" | "stadium" | "track"), _) => {
            return of(wide, leisure.unwrap_or_default(), None);
        }
        _ => {}
    }
    match (tags.get(Key::Highway), tags.get(Key::Amenity), landuse) {
        (Some(highway @ ("pedestrian" | "footway" | "platform")), ..) => of(wide, highway, None),
        (_, Some(amenity), _) if AMENITIES.contains(&amenity) => of(wide, amenity, None),
        (.., Some(landuse)) => of(land, landuse, None),
        _ => None,
    }
}

const AMENITIES: [&str; 8] =
    ["school", "university", "college", "kindergarten", "hospital", "parking", "marketplace", "bus_station"];

/// Storeys, heights and the like of buildings.
pub(crate) fn is_building(tags: &Tags) -> bool {
    tags.has(Key::Building) || tags.has(Key::BuildingPart)
}

/// How a way is walked on; none when nobody does.
pub(crate) fn way_kind(tags: &Tags) -> Option<WayKind> {
    let foot = tags.get(Key::Foot);
    let allowed = foot.is_some_and(|foot| matches!(foot, "yes" | "designated" | "permissive" | "customers"));
    let closed = |value: Option<&str>| matches!(value, Some("no" | "private" | "use_sidepath"));
    if closed(foot) || closed(tags.get(Key::Access)) && !allowed {
        return None;
    }
    let Some(highway) = tags.get(Key::Highway) else {
        let platform = tags.is(Key::Railway, "platform") || tags.is(Key::PublicTransport, "platform");
        return match tags.get(Key::Indoor) {
            Some("corridor") => Some(WayKind::Corridor),
            _ => platform.then_some(WayKind::Platform),
        };
    };
    match highway {
        "footway" | "path" if tags.is(Key::Footway, "crossing") => Some(WayKind::Crossing),
        "footway" | "path" if tags.is(Key::Indoor, "yes") => Some(WayKind::Corridor),
        "footway" | "path" => Some(WayKind::Footway),
        "pedestrian" => Some(WayKind::Pedestrian),
        "steps" => Some(WayKind::Steps),
        "corridor" => Some(WayKind::Corridor),
        "elevator" => Some(WayKind::Elevator),
        "platform" => Some(WayKind::Platform),
        "cycleway" | "bridleway" => allowed.then_some(WayKind::Footway),
        "motorway" | "motorway_link" => None,
        _ if tags.has(Key::Motorroad) => None,
        // Tunnels of large roads are for cars, those of service roads garages.
        "trunk" | "trunk_link" | "service" if is_tunnel(tags) && !allowed => None,
        other => matches!(highway_class(other), Some(class) if class != "path").then_some(WayKind::Street),
    }
}

/// A tunnel under the ground: passages through buildings are on it.
pub(crate) fn is_tunnel(tags: &Tags) -> bool {
    tags.has(Key::Tunnel) && !tags.is(Key::Tunnel, "building_passage")
        || tags.is(Key::Location, "underground")
}

pub(crate) fn direction(tags: &Tags) -> Direction {
    let own = tags.get(Key::OnewayFoot).or_else(|| tags.get(Key::Conveying));
    match own {
        Some("yes") if tags.has(Key::OnewayFoot) => Direction::Forward,
        Some("forward" | "1") => Direction::Forward,
        Some("backward" | "-1") => Direction::Backward,
        _ => Direction::Both,
    }
}

/// What could not be read: the key and its value.
pub(crate) type BadValue = (Key, String);

/// A value of a tag by its reader; one that cannot be read is noted.
fn read<T>(tags: &Tags, key: Key, bad: &mut Vec<BadValue>, reader: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = tags.get(key)?;
    let value = reader(text);
    if value.is_none() {
        bad.push((key, text.to_owned()));
    }
    value
}

pub(crate) fn levels_of(tags: &Tags, bad: &mut Vec<BadValue>) -> Vec<f64> {
    read(tags, Key::Level, bad, levels).unwrap_or_default()
}

pub(crate) fn layer_of(tags: &Tags, bad: &mut Vec<BadValue>) -> Option<i32> {
    read(tags, Key::Layer, bad, |text| text.parse::<f64>().ok().map(|l| l as i32).filter(|l| l.abs() <= 20))
}

/// Metres of a key, above 0 and at most `most`.
pub(crate) fn metres_of(tags: &Tags, key: Key, most: f64, bad: &mut Vec<BadValue>) -> Option<f64> {
    read(tags, key, bad, |text| metres(text).filter(|m| (0.0..=most).contains(m)))
}

/// A count of storeys.
pub(crate) fn storeys_of(tags: &Tags, key: Key, bad: &mut Vec<BadValue>) -> Option<f64> {
    read(tags, key, bad, |text| text.parse().ok().filter(|n: &f64| (0.0..=300.0).contains(n)))
}

pub(crate) fn incline_of(tags: &Tags, bad: &mut Vec<BadValue>) -> Option<Incline> {
    read(tags, Key::Incline, bad, |text| match text {
        "up" => Some(Incline::Up),
        "down" => Some(Incline::Down),
        "no" => Some(Incline::Percent(0.0)),
        _ => percent(text)
            .or_else(|| text.parse().ok().filter(|p: &f64| p.abs() <= 1000.0))
            .map(Incline::Percent),
    })
}
