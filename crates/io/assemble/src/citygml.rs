//! Buildings of CityGML files to what [`crate::assemble_buildings`] puts together.
//!
//! A building's outline is its LOD0, else the ground face of its LOD2, else the bottom of its LOD1. Its
//! roof faces become roof pieces, each at the mean height of its vertices above the mean of the ground
//! face. Heights are T.P.; the ground of the city is the median of the buildings' own, and flat.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use futago_field::Report;
use futago_geodesy::{Axes, Crs};
use futago_geodesy::{LonLat, PlanePoint, PlaneZone, SiteFrame};
use futago_geojson::{LonLatPair, Raw, RawBuilding, RawPolygon, RawRoofPiece};
use futago_raw::{Geometry, RawObject, Surface};

use crate::{AssembleError, BuildingFiles};

/// Faces lower than this above the lowest vertex of a LOD1 are its bottom, metres.
const BOTTOM_M: f64 = 0.01;

/// Takes the buildings out of CityGML objects.
#[derive(Debug, Default)]
pub struct CityGmlBuildings {
    buildings: Vec<RawBuilding>,
    roof_pieces: Vec<RawRoofPiece>,
    /// Height of the ground at each building that says so, metres T.P.
    grounds_m: Vec<f64>,
    /// West, south, east, north of the outlines, degrees.
    bounds_deg: Option<[f64; 4]>,
    zones: BTreeMap<u32, PlaneZone>,
    others: BTreeMap<String, usize>,
    report: Report,
}

/// Where the buildings are.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// A frame round them, in the plane zone whose origin is nearest.
    pub frame: SiteFrame,
    /// Median height of the ground under them, metres T.P.; none when no building says.
    pub ground_tp_m: Option<f64>,
}

/// A face in plan, and the mean height of its outside ring.
struct Face {
    plan: RawPolygon,
    mean_m: f64,
    lowest_m: f64,
    highest_m: f64,
}

/// The faces of a building that matter here.
#[derive(Default)]
struct Faces {
    outline: Vec<Face>,
    box_like: Vec<Face>,
    ground: Vec<Face>,
    roof: Vec<Face>,
}

impl CityGmlBuildings {
    /// Takes a building; counts anything else.
    pub fn add(&mut self, object: &RawObject, file: &str) {
        if object.kind() != "bldg:Building" {
            *self.others.entry(object.kind().to_owned()).or_default() += 1;
            return;
        }
        let place = format!("{file}, byte {}", object.byte);
        let index = self.buildings.len() as u32;
        let id = published_id(object).map(str::to_owned);
        let name = id.clone().unwrap_or_default();
        let faces = match self.faces(object) {
            Ok(faces) => faces,
            Err(problem) => {
                self.report.add("unknown-system", name, place, format!("{problem}; left out"));
                return;
            }
        };
        let base_m = base_of(&faces);
        let parts = outline_of(&faces);
        if parts.is_empty() {
            self.report.add("no-outline", name, place, "no LOD0, LOD1 or ground face; left out");
            return;
        }
        self.grow(&parts);
        self.grounds_m.extend(base_m);
        let height_m = measured_height(object).or_else(|| box_height(&faces));
        let feature_id = object.id().map(str::to_owned);
        for face in faces.roof {
            self.roof_pieces.push(RawRoofPiece {
                index: self.roof_pieces.len() as u32,
                feature_id: feature_id.clone(),
                building_id: id.clone(),
                top_m: base_m.map(|base| face.mean_m - base),
                parts: vec![face.plan],
            });
        }
        self.buildings.push(RawBuilding {
            index,
            feature_id,
            id,
            height_m,
            town_code: None,
            flood_depth_m: None,
            clipped: false,
            parts,
        });
    }

    /// Adds what the reader of a file reported.
    pub fn note(&mut self, report: Report) {
        self.report.extend(report);
    }

    /// What was taken, under this name in the Report, and where it is.
    ///
    /// # Errors
    /// When there is no building, or none that a plane zone covers.
    pub fn finish(mut self, name: &str) -> Result<(BuildingFiles, Placement), AssembleError> {
        for (kind, count) in &self.others {
            let action = format!("{count} object(s) of {kind} are not buildings; left out");
            self.report.add("not-imported", kind.as_str(), name, action);
        }
        let Some([west, south, east, north]) = self.bounds_deg else {
            return Err(AssembleError::NoBuildings { file: name.to_owned() });
        };
        self.grounds_m.sort_unstable_by(f64::total_cmp);
        let ground_tp_m = self.grounds_m.get(self.grounds_m.len() / 2).copied();
        let centre = LonLat::new((west + east) / 2.0, (south + north) / 2.0)?;
        let zone = PlaneZone::nearest(centre);
        let frame = SiteFrame::around(zone, centre, ground_tp_m.unwrap_or_default())?;
        let buildings = Raw { file: name.to_owned(), features: self.buildings, report: self.report };
        let roof_pieces = Raw { features: self.roof_pieces, ..Raw::empty(name) };
        let landmarks = Raw::empty(name);
        Ok((BuildingFiles { buildings, roof_pieces, landmarks }, Placement { frame, ground_tp_m }))
    }

    fn faces(&mut self, object: &RawObject) -> Result<Faces, String> {
        let mut faces = Faces::default();
        for geometry in object.shapes.geometries.iter().filter(|g| g.parent.is_none()) {
            let node = object.node(geometry.node);
            let (part, property) = (node.part().name(), node.name());
            let into = match (part, geometry.lod) {
                _ if property == "bldg:lod0FootPrint" || property == "bldg:lod0RoofEdge" => {
                    &mut faces.outline
                }
                ("bldg:GroundSurface", Some(2)) => &mut faces.ground,
                ("bldg:RoofSurface", Some(2)) => &mut faces.roof,
                (_, Some(1)) => &mut faces.box_like,
                _ => continue,
            };
            for surface in object.shapes.surfaces_of(geometry) {
                into.extend(self.face(object, geometry, surface)?);
            }
        }
        Ok(faces)
    }

    /// A surface in degrees; none when it has lost its outside ring, which the reader reported.
    fn face(
        &mut self,
        object: &RawObject,
        geometry: &Geometry,
        surface: &Surface,
    ) -> Result<Option<Face>, String> {
        let rings = object.shapes.rings_of(surface);
        let Some(outside) = rings.first().filter(|ring| !ring.interior) else { return Ok(None) };
        let heights = object.shapes.at(&outside.positions).iter().map(|at| at[2]);
        let count = heights.len().max(1) as f64;
        let mean_m = heights.clone().sum::<f64>() / count;
        let lowest_m = heights.clone().fold(f64::INFINITY, f64::min);
        let highest_m = heights.fold(f64::NEG_INFINITY, f64::max);
        let mut plan = RawPolygon::default();
        for ring in rings {
            plan.rings.push(self.degrees(object.shapes.at(&ring.positions), geometry.epsg)?);
        }
        Ok(Some(Face { plan, mean_m, lowest_m, highest_m }))
    }

    /// Positions of a system to longitude and latitude.
    fn degrees(&mut self, positions: &[[f64; 3]], epsg: Option<u32>) -> Result<Vec<LonLatPair>, String> {
        let crs = epsg.map(|epsg| Crs { epsg });
        match crs.map_or(Axes::Unknown, Crs::axes) {
            Axes::LatitudeLongitude => Ok(positions.iter().map(|[lat, lon, _]| [*lon, *lat]).collect()),
            Axes::NorthEast => {
                let zone = crs.and_then(Crs::plane_zone_epsg).ok_or("its plane zone is not known")?;
                let zone = match self.zones.entry(zone) {
                    Entry::Occupied(zone) => zone.into_mut(),
                    Entry::Vacant(free) => {
                        free.insert(PlaneZone::from_epsg(zone).map_err(|error| error.to_string())?)
                    }
                };
                let degrees = |[north_m, east_m, _]: &[f64; 3]| {
                    let at = PlanePoint { east_m: *east_m, north_m: *north_m };
                    zone.lonlat_from_plane(at).map(|at| [at.lon_deg, at.lat_deg])
                };
                positions.iter().map(degrees).collect::<Result<_, _>>().map_err(|error| error.to_string())
            }
            Axes::Unknown => Err(match epsg {
                Some(epsg) => format!("EPSG:{epsg} is not a system that Futago knows"),
                None => "its coordinate system is not named".to_owned(),
            }),
        }
    }

    fn grow(&mut self, parts: &[RawPolygon]) {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let vertices = parts.iter().flat_map(|part| part.rings.iter().flatten());
        let grown =
            vertices.fold(self.bounds_deg.unwrap_or(none), |[west, south, east, north], [lon, lat]| {
                [west.min(*lon), south.min(*lat), east.max(*lon), north.max(*lat)]
            });
        self.bounds_deg = Some(grown);
    }
}

/// The published id of a building; its `gml:id` where there is none.
fn published_id(object: &RawObject) -> Option<&str> {
    let property = object.nodes().find(|node| node.name() == "uro:buildingID");
    let generic = || {
        let named = object.nodes().find(|node| node.attribute("name") == Some("建物ID"));
        named.and_then(|node| node.value("gen:value"))
    };
    property.map(|node| node.text()).filter(|text| !text.is_empty()).or_else(generic).or_else(|| object.id())
}

/// `bldg:measuredHeight`, metres. PLATEAU writes -9999 for one that is not known.
fn measured_height(object: &RawObject) -> Option<f64> {
    let text = object.root().value("bldg:measuredHeight")?;
    text.parse().ok().filter(|height: &f64| height.is_finite() && *height > 0.0)
}

fn box_height(faces: &Faces) -> Option<f64> {
    let highest = faces.box_like.iter().map(|face| face.highest_m).reduce(f64::max)?;
    let lowest = faces.box_like.iter().map(|face| face.lowest_m).reduce(f64::min)?;
    Some(highest - lowest).filter(|height| *height > 0.0)
}

/// Height of the ground at a building, metres T.P.
fn base_of(faces: &Faces) -> Option<f64> {
    let count = faces.ground.len();
    if count > 0 {
        return Some(faces.ground.iter().map(|face| face.mean_m).sum::<f64>() / count as f64);
    }
    faces.box_like.iter().map(|face| face.lowest_m).reduce(f64::min)
}

fn outline_of(faces: &Faces) -> Vec<RawPolygon> {
    let plans = |faces: &[Face]| faces.iter().map(|face| face.plan.clone()).collect::<Vec<_>>();
    if !faces.outline.is_empty() {
        return plans(&faces.outline);
    }
    if !faces.ground.is_empty() {
        return plans(&faces.ground);
    }
    let lowest = faces.box_like.iter().map(|face| face.lowest_m).fold(f64::INFINITY, f64::min);
    let bottom = faces.box_like.iter().filter(|face| face.highest_m - lowest <= BOTTOM_M);
    bottom.map(|face| face.plan.clone()).collect()
}
