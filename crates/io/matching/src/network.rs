//! A walk network, prepared for matching.

use futago_flow::LinkShape;
use futago_geodesy::LocalPlane;
use futago_model::{CityModel, WalkKind, WalkLinkFlags, WalkNetwork};

use crate::MatchingError;
use crate::nearest::{NearestLinks, REACH_M};
use crate::routes::Routes;
use crate::segments::{CellLists, Keep, Segments};

/// Length that a lift counts in routes, metres: its shaft has none in plan.
const LIFT_M: f32 = 5.0;
/// Radii that candidates are looked for within, metres.
pub(crate) const RADII_M: [f64; 3] = [15.0, 35.0, 90.0];
const CANDIDATE_CELL_M: [f64; 3] = [8.0, 8.0, 32.0];

/// A link as matching needs it.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    /// Node where it begins.
    pub from: u32,
    /// Node where it ends.
    pub to: u32,
    /// Length in plan, metres; more than 0.
    pub length_m: f32,
    /// Its level.
    pub level: f32,
    /// Leads from `from` to `to` only.
    pub one_way: bool,
    /// From one level to another.
    pub between_levels: bool,
    /// Under a roof or underground, where few points come through.
    pub covered: bool,
}

/// A walk network with its indices.
#[derive(Debug)]
pub struct Network {
    /// Degrees to site metres.
    pub plane: LocalPlane,
    /// Pieces of the links.
    pub segments: Segments,
    /// The links.
    pub links: Vec<Link>,
    pub(crate) nearest_links: NearestLinks,
    pub(crate) within: [CellLists; 3],
    pub(crate) routes: Routes,
    /// First segment of each link, then the end.
    first_segments: Vec<usize>,
    shapes: Vec<LinkShape>,
    xxh3: u64,
}

impl Network {
    /// Prepares the walk network of a city.
    ///
    /// # Errors
    /// When the city has none, or its frame cannot project.
    pub fn new(city: &CityModel) -> Result<Self, MatchingError> {
        let walk = &city.walk;
        let segments = Segments::of(walk);
        if segments.is_empty() {
            return Err(MatchingError::NoNetwork);
        }
        let [west, south, east, north] = segments.bounds_m();
        let bounds_m = [west - REACH_M, south - REACH_M, east + REACH_M, north + REACH_M];
        let links = links_of(walk, &segments);
        let within = [0, 1, 2].map(|size| {
            let radius_m = RADII_M[size];
            CellLists::build(&segments, CANDIDATE_CELL_M[size], radius_m, Keep::Within(radius_m))
        });
        Ok(Self {
            plane: LocalPlane::new(&city.about.frame, bounds_m)?,
            nearest_links: NearestLinks::new(&segments),
            within,
            routes: Routes::new(walk.nodes.len(), &links),
            first_segments: first_segments(walk.links.len(), &segments),
            links,
            segments,
            shapes: walk.links.iter().map(shape_of).collect(),
            xxh3: hash_of(walk),
        })
    }

    /// The segments of a link; none of one that has no length in plan.
    pub(crate) fn segments_of(&self, link: u32) -> std::ops::Range<usize> {
        self.first_segments[link as usize]..self.first_segments[link as usize + 1]
    }

    /// Length and width of every link.
    pub fn shapes(&self) -> &[LinkShape] {
        &self.shapes
    }

    /// Hash of nodes and links, which says of what network indices of links are.
    pub fn xxh3(&self) -> u64 {
        self.xxh3
    }
}

fn links_of(walk: &WalkNetwork, segments: &Segments) -> Vec<Link> {
    let mut lengths = vec![0.0_f64; walk.links.len()];
    for (at, link) in segments.link.iter().enumerate() {
        lengths[*link as usize] += f64::from(segments.length_m[at]);
    }
    let link = |(link, length_m): (&futago_model::WalkLink, f64)| {
        let kind = WalkKind::from_number(link.kind);
        let (from, to) = (walk.node(link.from), walk.node(link.to));
        let least_m = if kind == WalkKind::Lift { LIFT_M } else { 0.01 };
        Link {
            from: link.from.0,
            to: link.to.0,
            length_m: (length_m as f32).max(least_m),
            level: link.level,
            one_way: link.flags.has(WalkLinkFlags::ONE_WAY),
            between_levels: from.level != to.level,
            covered: link.flags.has(WalkLinkFlags::ROOFED)
                || kind == WalkKind::Corridor
                || link.level < -0.25,
        }
    };
    walk.links.iter().zip(lengths).map(link).collect()
}

fn first_segments(links: usize, segments: &Segments) -> Vec<usize> {
    (0..=links as u32).map(|link| segments.link.partition_point(|other| *other < link)).collect()
}

fn shape_of(link: &futago_model::WalkLink) -> LinkShape {
    let known = link.width_m > 0.0 && link.width_m <= 1000.0;
    let assumed = !known || link.flags.has(WalkLinkFlags::WIDTH_ASSUMED);
    LinkShape {
        length_m: link.length_m.clamp(0.0, 1e6),
        width_m: if known { link.width_m } else { LinkShape::DEFAULT_WIDTH_M },
        width_assumed: u32::from(assumed),
    }
}

fn hash_of(walk: &WalkNetwork) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for node in &walk.nodes {
        hash.update(&node.at_mm[0].to_le_bytes());
        hash.update(&node.at_mm[1].to_le_bytes());
        hash.update(&node.level.to_le_bytes());
    }
    for link in &walk.links {
        hash.update(&link.from.0.to_le_bytes());
        hash.update(&link.to.0.to_le_bytes());
        hash.update(&link.kind.to_le_bytes());
    }
    hash.digest()
}
