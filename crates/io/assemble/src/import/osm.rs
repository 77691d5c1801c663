//! OpenStreetMap extracts to a pack: streets, areas, the walk network, floors and, where no other input has any,
//! buildings.
//!
//! Where other inputs make the city, its frame and bounds hold and what reaches over them is cut. Alone, an extract
//! makes a city round the box that it names, else round all that is in it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use futago_field::{CappedReport, Report};
use futago_geodesy::{LonLat, SiteFrame};
use futago_model::{About, CityModel, Ground, Objects, Source, WalkNetwork, metres_from_mm, mm_from_metres};
use futago_osm::{Extract, OsmBuildings, OsmError};
use futago_pack::{Build, Input, Pack};
use xxhash_rust::xxh3::Xxh3;

use super::inputs::DataFile;
use super::{Hashed, Import, Progress};
use crate::AssembleError;
use crate::osm_buildings::osm_buildings;
use crate::site::Site;
use crate::streets::{StreetFiles, assemble_streets};
use crate::walk::{WalkExtract, assemble_osm_floors, assemble_osm_walk};

/// Key of the source, in packs.
const KEY: &str = "osm";

/// Farther round the city ways are read: they are cut at its bounds, not before. Degrees.
const MARGIN_DEG: f64 = 0.001;

/// Where what an extract holds is to go.
struct Place {
    about: About,
    /// Buildings are wanted: the city has none.
    buildings: bool,
}

impl Import {
    /// A city of extracts alone.
    pub(super) fn osm_city(
        &self,
        files: &[DataFile],
        report: Report,
        progress: Progress<'_>,
    ) -> Result<Pack, AssembleError> {
        let (extracts, inputs) = self.read_extracts(files, self.bounds, progress)?;
        let bounds = self.bounds.or_else(|| box_of(&extracts));
        let Some(bounds @ [west, south, east, north]) = bounds else {
            let file = files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(AssembleError::NoObjects { file });
        };
        let centre = LonLat::new((west + east) / 2.0, (south + north) / 2.0)?;
        let site = Site::around(centre, self.geoid_m, &self.rules)?.within(bounds)?;
        let bounds_m = site.bounds_mm().unwrap_or_default().map(metres_from_mm);
        let note = "flat, at T.P. 0 m: OpenStreetMap does not say how high the ground is";
        let about = About {
            name_ja: self.name.clone(),
            name_en: self.name.clone(),
            bounds_m: [bounds_m[0].floor(), bounds_m[1].floor(), bounds_m[2].ceil(), bounds_m[3].ceil()],
            ground: Ground::Constant { height_tp_m: 0.0, note: note.to_owned() },
            frame: site.frame.clone(),
            sources: self.told_source().into_iter().chain([source()]).collect(),
        };
        self.osm_pack(extracts, inputs, Place { about, buildings: true }, report)
    }

    /// What the user says of the data, beside what must be said of OpenStreetMap: of somebody's own extract, say.
    /// Beside other inputs it is said of those.
    fn told_source(&self) -> Option<Source> {
        let told = !self.source.credit.is_empty() || !self.source.licence.is_empty();
        told.then(|| self.source.clone())
    }

    /// What extracts add to a city of other inputs.
    pub(super) fn osm_beside(
        &self,
        city: &Pack,
        files: &[DataFile],
        progress: Progress<'_>,
    ) -> Result<Pack, AssembleError> {
        let mut about = city.city.about.clone();
        about.sources = vec![source()];
        if let Some(bounds) = self.bounds {
            // A building at the edge reaches over what is wanted; streets need not follow it.
            let site = Site::of_frame(about.frame.clone(), &self.rules)?.within(bounds)?;
            let [west, south, east, north] = site.bounds_mm().unwrap_or_default().map(metres_from_mm);
            let own = about.bounds_m;
            about.bounds_m = [
                own[0].min(west.floor()),
                own[1].min(south.floor()),
                own[2].max(east.ceil()),
                own[3].max(north.ceil()),
            ];
        }
        let [west, south, east, north] = degrees_of(&about)?;
        let around = [west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG];
        let (extracts, inputs) = self.read_extracts(files, Some(around), progress)?;
        let buildings = city.city.buildings.records.is_empty();
        self.osm_pack(extracts, inputs, Place { about, buildings }, Report::default())
    }

    fn read_extracts(
        &self,
        files: &[DataFile],
        bounds: Option<[f64; 4]>,
        progress: Progress<'_>,
    ) -> Result<(Vec<Extract>, Vec<Input>), AssembleError> {
        let options = futago_osm::Options { limits: self.limits.osm.clone(), bounds };
        let (mut extracts, mut inputs, mut done) = (Vec::new(), Vec::new(), 0);
        for file in files {
            let mut open = || file.open().map_err(std::io::Error::other);
            let mut told = |byte: u64| progress(done + byte.min(file.bytes));
            let read = futago_osm::read(&mut open, &file.name, &options, &mut told);
            extracts.push(read.map_err(|error| match error {
                OsmError::Stopped { file } => AssembleError::Stopped { file },
                other => other.into(),
            })?);
            let input = Hashed { input: file.open()?, hash: Xxh3::new(), bytes: 0 };
            inputs.push(input.finish(&file.name)?);
            done += file.bytes;
            if progress(done) == ControlFlow::Break(()) {
                return Err(AssembleError::Stopped { file: file.name.clone() });
            }
        }
        Ok((extracts, inputs))
    }

    fn osm_pack(
        &self,
        extracts: Vec<Extract>,
        inputs: Vec<Input>,
        place: Place,
        before: Report,
    ) -> Result<Pack, AssembleError> {
        let Place { about, buildings } = place;
        let mut report = CappedReport::new(self.limits.entries_per_code);
        report.extend(before);
        let bounds_mm = about.bounds_m.map(mm_from_metres);
        let mut city = CityModel::empty(about);
        let frame = city.about.frame.clone();
        for extract in &extracts {
            report.extend(extract.report.clone());
        }
        // Kind by kind: features take far more room than the extract itself.
        city.walk = self.osm_walk(&extracts, &frame, bounds_mm, &mut report)?;
        let indoor = extracts.iter().map(Extract::indoor).map(|indoor| [indoor.floors, indoor.spaces]);
        let (floors, entries) = assemble_osm_floors(indoor.collect(), &frame, bounds_mm, &self.rules)?;
        city.floors = floors;
        report.extend(entries);
        let files: Vec<_> = extracts.iter().map(Extract::buildings).collect();
        let count = files.iter().map(OsmBuildings::len).sum::<usize>();
        if buildings {
            let (found, entries) = osm_buildings(&files, &frame, bounds_mm, &self.rules)?;
            city.buildings = found;
            report.extend(entries);
        } else if count > 0 {
            let names = files.iter().map(OsmBuildings::file).collect::<Vec<_>>().join(", ");
            let action = format!("{count} buildings and parts: another input has better ones; left out");
            report.add("osm-buildings-not-used", "", &names, action);
        }
        let (lines, areas) = extracts.iter().map(|extract| (extract.lines(), extract.areas())).unzip();
        let files = StreetFiles { lines, areas };
        let (streets, entries) = assemble_streets(&files, &frame, city.about.bounds_m, &self.rules)?;
        city.streets = streets;
        report.extend(entries);
        let empty = city.streets.is_empty() && city.walk.is_empty() && city.floors.is_empty();
        if empty && city.buildings.records.is_empty() {
            let file = inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>().join(", ");
            return Err(AssembleError::NoObjects { file });
        }
        let [tool, tool_version] = self.tool.clone();
        let options = self.bounds.map(|b| ("bounds_deg".to_owned(), b.map(|d| d.to_string()).join(",")));
        let options: BTreeMap<String, String> = options.into_iter().collect();
        let build = Build { tool, tool_version, inputs, options };
        Ok(Pack { city, build, report: report.finish(""), objects: Objects::default() })
    }
}

impl Import {
    fn osm_walk(
        &self,
        extracts: &[Extract],
        frame: &SiteFrame,
        bounds_mm: [i32; 4],
        report: &mut CappedReport,
    ) -> Result<WalkNetwork, AssembleError> {
        let files: Vec<_> =
            extracts.iter().map(|extract| (extract.walk_ways(), extract.walk_spots())).collect();
        for (ways, spots) in &files {
            report.extend(ways.report.clone());
            report.extend(spots.report.clone());
        }
        let walks: Vec<WalkExtract<'_>> =
            files.iter().map(|(ways, spots)| WalkExtract { ways, spots }).collect();
        let (walk, entries) = assemble_osm_walk(&walks, frame, bounds_mm, KEY, &self.rules)?;
        report.extend(entries);
        Ok(walk)
    }
}

/// What must be said of OpenStreetMap.
fn source() -> Source {
    Source {
        key: KEY.to_owned(),
        title: "OpenStreetMap: streets, areas, ways for people, floors, buildings".to_owned(),
        licence: "ODbL 1.0".to_owned(),
        credit: "© OpenStreetMap contributors".to_owned(),
        url: "https://www.openstreetmap.org/copyright".to_owned(),
        synthetic: false,
    }
}

/// West, south, east, north that extracts name, else of all that is in them, degrees.
fn box_of(extracts: &[Extract]) -> Option<[f64; 4]> {
    let mut found: Option<[f64; 4]> = None;
    let mut grow = |[west, south, east, north]: [f64; 4]| {
        let b = found.unwrap_or([west, south, east, north]);
        found = Some([b[0].min(west), b[1].min(south), b[2].max(east), b[3].max(north)]);
    };
    extracts.iter().filter_map(|extract| extract.bounds.or_else(|| extract.extent())).for_each(&mut grow);
    found
}

/// The bounds of a city in degrees: the box round its corners.
fn degrees_of(about: &About) -> Result<[f64; 4], AssembleError> {
    let (zone, [west, south, east, north]) = (about.frame.zone()?, about.bounds_m);
    let mut found = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for corner in [[west, south], [east, south], [east, north], [west, north]] {
        let at = zone.lonlat_from_plane(about.frame.plane_from_site(corner))?;
        found = [
            found[0].min(at.lon_deg),
            found[1].min(at.lat_deg),
            found[2].max(at.lon_deg),
            found[3].max(at.lat_deg),
        ];
    }
    Ok(found)
}
