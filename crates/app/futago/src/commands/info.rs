//! `futago info`: what is in a city.
//!
//! The facts are gathered once ([`Facts`]) and then either printed as sentences or as JSON. Heights are
//! metres above the ground: 'over 60 m' and 'over 100 m' go by the published (measured) height, landmarks
//! by their roof pieces. The core box is the part of the data that has roof pieces.

use std::collections::BTreeMap;

use futago_geodesy::{LonLat, PlaneZone};
use futago_model::{About, Building, BuildingFlags, CityModel, Ground, Source};
use futago_texts::{Lang, Texts};
use serde::Serialize;

use crate::city::{City, PackFacts};
use crate::cli::InfoArgs;
use crate::print;

use super::info_terrain::TerrainFacts;
use super::info_walk::WalkFacts;

/// West, south, east, north of the part with roof pieces, degrees.
const CORE_BOX_DEG: [f64; 4] = [139.683, 35.680, 139.7055, 35.6985];

pub fn run(args: &InfoArgs, texts: &Texts) -> anyhow::Result<()> {
    let city = City::open(&args.packs, texts)?;
    let facts = Facts::of(&city)?;
    if args.json { print::json(texts, &facts) } else { print::answer(texts, &facts.in_words(texts)) }
}

/// What `info` tells. The JSON has these names.
#[derive(Debug, Serialize)]
struct Facts<'a> {
    name_ja: &'a str,
    name_en: &'a str,
    counts: Counts,
    walk: WalkFacts,
    /// West, south, east, north, degrees.
    core_box_deg: [f64; 4],
    /// West, south, east, north of the data, site metres.
    bounds_m: [f64; 4],
    /// The corners of the same, degrees.
    bounds_deg: [f64; 4],
    frame: &'a futago_geodesy::SiteFrame,
    ground: &'a Ground,
    #[serde(skip_serializing_if = "Option::is_none")]
    terrain: Option<TerrainFacts<'a>>,
    landmarks: Vec<Landmark<'a>>,
    credits: Vec<&'a str>,
    sources: &'a [Source],
    /// Keys of the sources that are generated.
    synthetic: Vec<&'a str>,
    packs: &'a [PackFacts],
    /// Remarks of the import by kind.
    import_report: BTreeMap<String, usize>,
}

#[derive(Debug, Default, Serialize)]
struct Counts {
    buildings: usize,
    buildings_lod2: usize,
    buildings_over_60_m: usize,
    buildings_over_100_m: usize,
    buildings_over_100_m_in_core: usize,
    buildings_height_assumed: usize,
    solids: usize,
    street_lines: usize,
    streets_km: f64,
    areas: usize,
    shelters: usize,
    wide_area_sites: usize,
}

#[derive(Debug, Serialize)]
struct Landmark<'a> {
    id: &'a str,
    name_ja: &'a str,
    name_en: &'a str,
    main_roof_m: Option<f64>,
    top_m: f64,
    height_m: f64,
    lon: f64,
    lat: f64,
}

impl<'a> Facts<'a> {
    fn of(city: &'a City) -> anyhow::Result<Self> {
        let CityModel { about, .. } = &city.model;
        let zone = about.frame.zone()?;
        let [west, south, east, north] = about.bounds_m;
        let (low, high) = (lonlat(about, &zone, [west, south])?, lonlat(about, &zone, [east, north])?);
        let mut import_report = BTreeMap::new();
        for (code, count) in city.packs.iter().flat_map(|pack| &pack.import_report) {
            *import_report.entry(code.clone()).or_insert(0) += count;
        }
        Ok(Self {
            name_ja: &about.name_ja,
            name_en: &about.name_en,
            counts: Counts::of(&city.model, &zone)?,
            walk: WalkFacts::of(&city.model),
            core_box_deg: CORE_BOX_DEG,
            bounds_m: about.bounds_m,
            bounds_deg: [low.lon_deg, low.lat_deg, high.lon_deg, high.lat_deg],
            frame: &about.frame,
            ground: &about.ground,
            terrain: TerrainFacts::of(&city.model),
            landmarks: landmarks(&city.model, &zone)?,
            credits: city.model.credits(),
            sources: &about.sources,
            synthetic: about.sources.iter().filter(|s| s.synthetic).map(|s| s.key.as_str()).collect(),
            packs: &city.packs,
            import_report,
        })
    }

    fn in_words(&self, texts: &Texts) -> String {
        let mut lines =
            vec![texts.format(
                "cli-info-title",
                &[("name-ja", self.name_ja.into()), ("name-en", self.name_en.into())],
            )];
        lines.extend(self.counts.in_words(texts));
        lines.extend(self.walk.in_words(texts));
        lines.extend(self.place_in_words(texts));
        lines.extend(self.terrain.as_ref().map(|terrain| terrain.in_words(texts)));
        if !self.landmarks.is_empty() {
            lines.extend([String::new(), texts.text("cli-info-landmarks")]);
            lines.extend(self.landmarks.iter().map(|landmark| landmark.in_words(texts)));
        }
        lines.extend([String::new(), texts.text("cli-info-sources")]);
        for source in self.sources {
            let said = |words: &str| match words.is_empty() {
                true => texts.text("not-stated"),
                false => words.to_owned(),
            };
            let words = [
                ("title", source.title.as_str().into()),
                ("licence", said(&source.licence).into()),
                ("credit", said(&source.credit).into()),
            ];
            lines.push(format!("  {}", texts.format("cli-info-source", &words)));
        }
        lines.push(match self.synthetic.is_empty() {
            true => texts.text("cli-info-synthetic-none"),
            false => texts.format("cli-info-synthetic", &[("list", self.synthetic.join(", ").into())]),
        });
        lines.extend([String::new(), texts.text("cli-info-packs")]);
        for pack in self.packs {
            let words = [
                ("name", pack.name.as_str().into()),
                ("kb", (pack.bytes as f64 / 1000.0).into()),
                ("hash", pack.xxh3.as_str().into()),
            ];
            lines.push(format!("  {}", texts.format("cli-info-pack", &words)));
        }
        lines.extend(self.report_in_words(texts));
        lines.join("\n")
    }

    fn place_in_words(&self, texts: &Texts) -> [String; 3] {
        let [west, south, east, north] = self.bounds_m;
        let bounds = [
            ("deg", box_in_words(self.bounds_deg).into()),
            ("width", (east - west).into()),
            ("height", (north - south).into()),
        ];
        let frame = [
            ("epsg", self.frame.epsg.to_string().into()),
            ("east", self.frame.origin_east_m.to_string().into()),
            ("north", self.frame.origin_north_m.to_string().into()),
            ("up", self.frame.origin_height_m.to_string().into()),
        ];
        let ground =
            [("height", self.ground.height_tp_m().to_string().into()), ("note", self.ground.note().into())];
        let ground_key = match self.ground {
            Ground::Constant { .. } => "cli-info-ground",
            Ground::Terrain { .. } => "cli-info-ground-terrain",
        };
        [
            texts.format("cli-info-bounds", &bounds),
            texts.format("cli-info-frame", &frame),
            texts.format(ground_key, &ground),
        ]
    }

    fn report_in_words(&self, texts: &Texts) -> Vec<String> {
        let count: usize = self.import_report.values().sum();
        if count == 0 {
            return vec![texts.text("cli-info-report-none")];
        }
        let mut lines = vec![texts.format("cli-info-report", &[("count", count.into())])];
        for (code, count) in &self.import_report {
            let key = format!("defect-{code}");
            let words = if texts.has(&key) { texts.text(&key) } else { code.clone() };
            lines.push(format!("  {count:>6}  {words}"));
        }
        lines
    }
}

impl Counts {
    fn of(model: &CityModel, zone: &PlaneZone) -> anyhow::Result<Self> {
        let mut counts = Self {
            buildings: model.buildings.records.len(),
            solids: model.buildings.solids.len(),
            street_lines: model.streets.records.len(),
            streets_km: model.streets.street_length_m() / 1000.0,
            areas: model.streets.areas.len(),
            wide_area_sites: model.shelters.iter().filter(|s| s.wide_area).count(),
            ..Self::default()
        };
        counts.shelters = model.shelters.len() - counts.wide_area_sites;
        for building in &model.buildings.records {
            counts.buildings_lod2 += usize::from(building.flags.has(BuildingFlags::LOD2));
            counts.buildings_height_assumed += usize::from(building.flags.has(BuildingFlags::HEIGHT_ASSUMED));
            counts.buildings_over_60_m += usize::from(building.height_m > 60.0);
            if building.height_m > 100.0 {
                counts.buildings_over_100_m += 1;
                let at = lonlat(&model.about, zone, centre_m(model, building))?;
                counts.buildings_over_100_m_in_core += usize::from(is_within(at, CORE_BOX_DEG));
            }
        }
        Ok(counts)
    }

    fn in_words(&self, texts: &Texts) -> [String; 4] {
        let buildings = [
            ("count", self.buildings.into()),
            ("lod2", self.buildings_lod2.into()),
            ("solids", self.solids.into()),
        ];
        let tall = [
            ("over60", self.buildings_over_60_m.into()),
            ("over100", self.buildings_over_100_m.into()),
            ("core", self.buildings_over_100_m_in_core.into()),
            ("box", box_in_words(CORE_BOX_DEG).into()),
        ];
        let streets = [
            ("km", self.streets_km.into()),
            ("lines", self.street_lines.into()),
            ("areas", self.areas.into()),
        ];
        let shelters = [("shelters", self.shelters.into()), ("wide", self.wide_area_sites.into())];
        [
            texts.format("cli-info-buildings", &buildings),
            texts.format("cli-info-tall", &tall),
            texts.format("cli-info-streets", &streets),
            texts.format("cli-info-shelters", &shelters),
        ]
    }
}

impl Landmark<'_> {
    fn in_words(&self, texts: &Texts) -> String {
        let in_japanese = texts.lang() == Lang::Ja || self.name_en.is_empty();
        let words = [
            ("name", if in_japanese { self.name_ja } else { self.name_en }.into()),
            ("roof", self.main_roof_m.unwrap_or(f64::NAN).into()),
            ("top", self.top_m.into()),
            ("id", self.id.into()),
        ];
        format!("  {}", texts.format("cli-info-landmark", &words))
    }
}

/// The named buildings, highest first; equal heights by id.
fn landmarks<'a>(model: &'a CityModel, zone: &PlaneZone) -> anyhow::Result<Vec<Landmark<'a>>> {
    let buildings = &model.buildings;
    let mut found = Vec::new();
    for building in &buildings.records {
        let Some(name_ja) = buildings.strings.get(building.name_ja) else { continue };
        let at = lonlat(&model.about, zone, centre_m(model, building))?;
        found.push(Landmark {
            id: buildings.id_of(building),
            name_ja,
            name_en: buildings.strings.get(building.name_en).unwrap_or_default(),
            main_roof_m: buildings.main_roof_of(building).map(to_centimetres),
            top_m: to_centimetres(buildings.top_of(building)),
            height_m: to_centimetres(building.height_m),
            lon: at.lon_deg,
            lat: at.lat_deg,
        });
    }
    found.sort_by(|a, b| b.top_m.total_cmp(&a.top_m).then_with(|| a.id.cmp(b.id)));
    Ok(found)
}

/// f32 heights, as people write them.
fn to_centimetres(metres: f32) -> f64 {
    (f64::from(metres) * 100.0).round() / 100.0
}

/// Middle of the footprint's bounds, site metres.
fn centre_m(model: &CityModel, building: &Building) -> [f64; 2] {
    let [west, south, east, north] = model.buildings.polygons.get(building.footprint).bounds_m();
    [(west + east) / 2.0, (south + north) / 2.0]
}

fn lonlat(about: &About, zone: &PlaneZone, at_m: [f64; 2]) -> anyhow::Result<LonLat> {
    Ok(zone.lonlat_from_plane(about.frame.plane_from_site(at_m))?)
}

fn is_within(at: LonLat, [west, south, east, north]: [f64; 4]) -> bool {
    (west..=east).contains(&at.lon_deg) && (south..=north).contains(&at.lat_deg)
}

fn box_in_words([west, south, east, north]: [f64; 4]) -> String {
    let short = |degrees: f64| format!("{degrees:.5}").trim_end_matches('0').trim_end_matches('.').to_owned();
    format!("{}-{} E, {}-{} N", short(west), short(east), short(south), short(north))
}
