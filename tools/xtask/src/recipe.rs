//! The recipe of a built-in city: which files, which frame, which credits. It lies beside the packs.

use anyhow::Context;
use futago_assemble::Rules;
use futago_geodesy::{LonLat, SiteFrame};
use futago_model::{About, Ground, Source};
use serde::Deserialize;

/// A recipe file. Paths are within the data folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    name_ja: String,
    name_en: String,
    frame: Frame,
    ground: FlatGround,
    /// Limits of cleaning and joining.
    #[serde(default)]
    pub rules: Rules,
    /// Buildings pack.
    pub buildings: BuildingsPart,
    /// Streets pack.
    pub streets: StreetsPart,
    /// Shelters pack.
    pub shelters: SheltersPart,
    /// Station pack: network and floors.
    pub station: StationPart,
    /// Outdoor walk network pack.
    pub outdoor: OutdoorPart,
    /// Bridges pack; a city may have none.
    pub bridges: Option<BridgesPart>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame {
    epsg: u32,
    centre_lon_deg: f64,
    centre_lat_deg: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatGround {
    height_tp_m: f64,
    note: String,
}

/// Files of the buildings pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildingsPart {
    /// Footprints, GeoJSON.
    pub footprints: String,
    /// Roof pieces, GeoJSON.
    pub roof_pieces: String,
    /// Names, CSV.
    pub landmarks: String,
    /// Sources with their credits.
    pub sources: Vec<Source>,
}

/// Files of the streets pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreetsPart {
    /// Lines, GeoJSON.
    pub lines: Vec<String>,
    /// Areas, GeoJSON, drawn in this order.
    pub areas: Vec<String>,
    /// Sources with their credits.
    pub sources: Vec<Source>,
}

/// Files of the shelters pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheltersPart {
    /// Shelters, CSV.
    pub shelters: Vec<String>,
    /// Wide-area evacuation sites, CSV.
    pub wide_area_sites: Vec<String>,
    /// Sources with their credits.
    pub sources: Vec<Source>,
}

/// Files of the station pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationPart {
    /// Plane system of all files, EPSG.
    pub epsg: u32,
    /// Nodes of the walking network, GeoJSON.
    pub nodes: String,
    /// Links of the walking network, GeoJSON.
    pub links: String,
    /// Folder of the floors.
    pub folder: String,
    /// Floors, GeoJSON, within the folder.
    pub floors: Vec<String>,
    /// Spaces.
    pub spaces: Vec<String>,
    /// Fixtures.
    pub fixtures: Vec<String>,
    /// Sources with their credits; the first is the network's.
    pub sources: Vec<Source>,
}

/// Files of the outdoor walk network pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutdoorPart {
    /// Streets and footways, GeoJSON.
    pub lines: String,
    /// Underground ways, JSON.
    pub underground: String,
    /// Where the tangent plane of the underground ways touches: longitude, latitude.
    pub underground_origin_deg: [f64; 2],
    /// Sources with their credits: of the lines, of the underground ways, then of what is joined to.
    pub sources: Vec<Source>,
}

/// Files of the bridges pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BridgesPart {
    /// Bridges and decks, CityGML.
    pub files: Vec<String>,
    /// Sources with their credits.
    pub sources: Vec<Source>,
}

impl Recipe {
    /// Reads a recipe.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        toml::from_str(text).context("the recipe is not valid")
    }

    /// The frame of the city.
    pub fn site_frame(&self) -> anyhow::Result<SiteFrame> {
        let centre = LonLat::new(self.frame.centre_lon_deg, self.frame.centre_lat_deg)?;
        Ok(SiteFrame::around(self.frame.epsg, centre, self.ground.height_tp_m)?)
    }

    /// The words of a pack.
    pub fn about(&self, bounds_m: [f64; 4], sources: &[Source]) -> anyhow::Result<About> {
        Ok(About {
            name_ja: self.name_ja.clone(),
            name_en: self.name_en.clone(),
            frame: self.site_frame()?,
            bounds_m,
            ground: Ground::Constant { height_tp_m: self.ground.height_tp_m, note: self.ground.note.clone() },
            sources: sources.to_vec(),
        })
    }
}
