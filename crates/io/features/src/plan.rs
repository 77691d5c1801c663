//! What the fields of a layer mean: by the sidecar, else by the names that are usual in the field.

use futago_geodesy::{Axes, Crs};

use crate::kind::{BUILDING, GENERIC};
use crate::notes::Notes;
use crate::row::{Layer, Row};
use crate::{FeaturesError, Sidecar, system};

/// Height of a storey where only their number is known, metres.
const STOREY_M: f64 = 3.0;

/// Most storeys that a height is made of.
const MOST_STOREYS: f64 = 300.0;

/// Usual names, without case and marks, the surest first. Shapefiles cut names to ten letters.
const IDS: &[&str] = &["gmlid", "buildingid", "bldgid", "建物id", "id", "osmid", "uuid"];
const NAMES: &[&str] = &["gmlname", "name", "nameja", "名称", "建物名称"];
const HEIGHTS: &[&str] = &[
    "bldgmeasuredheight",
    "measuredheight",
    "measuredhe",
    "bldgheight",
    "buildingheight",
    "buildinghe",
    "heightm",
    "height",
    "bldgh",
    "計測高さ",
    "建物高さ",
    "高さ",
    "h",
];
const STOREYS: &[&str] = &[
    "bldgstoreysaboveground",
    "storeysaboveground",
    "storeysabo",
    "buildinglevels",
    "buildingle",
    "numfloors",
    "floors",
    "levels",
    "storeys",
    "stories",
    "地上階数",
    "階数",
];

/// What becomes of each feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// What every feature is, by the sidecar.
    kind: Option<String>,
    /// Polygons are buildings, where nobody says what they are.
    buildings: bool,
    /// OpenStreetMap's field that says which polygons are buildings.
    marks: Option<String>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub height_m: Option<String>,
    pub storeys: Option<String>,
    pub storey_height_m: f64,
    /// Elements and the fields that become them.
    pub elements: Vec<(String, String)>,
    pub epsg: u32,
    pub axes: Axes,
}

/// Height of a building, and whether it was published.
pub(crate) enum Height {
    Published(String),
    /// Storeys times their height.
    FromStoreys(String),
}

impl Plan {
    /// Decides what the fields mean, and tells what was guessed.
    pub(crate) fn new(
        layer: &Layer,
        sidecar: Option<&Sidecar>,
        file: &str,
        notes: &mut Notes,
    ) -> Result<Self, FeaturesError> {
        let none = Sidecar::default();
        let said = sidecar.unwrap_or(&none);
        check_fields(layer, said, file)?;
        let epsg = epsg_of(layer, said, file)?;
        let mut guess = |said: &Option<String>, names: &[&str], meaning: &str, key: &str| {
            said.clone().or_else(|| {
                let field = find(layer, names)?;
                let action =
                    format!("taken for {meaning}; `{key}` in {} says it for sure", Sidecar::name(file));
                notes.add("guessed-fields", &field, action);
                Some(field)
            })
        };
        let id = guess(&said.id, IDS, "the id", "id");
        let name = guess(&said.name, NAMES, "the name", "name");
        let sure = said.kind.is_some();
        let guessed = !sure || said.kind.as_deref().is_some_and(|kind| kind.starts_with("bldg:"));
        let [heights, floors]: [&[&str]; 2] =
            if guessed && layer.polygons { [HEIGHTS, STOREYS] } else { [&[], &[]] };
        let height_m = guess(&said.height_m, heights, "the height above the ground in metres", "height_m");
        let storeys = guess(&said.storeys, floors, "the number of storeys above the ground", "storeys");
        let buildings = !sure && layer.polygons && (height_m.is_some() || storeys.is_some());
        if buildings {
            let action = "its polygons have a height or storeys and are taken for buildings; `kind` in its sidecar says it for sure";
            notes.add("guessed-kind", BUILDING, action);
        }
        let storey_height_m = said.storey_height_m.unwrap_or(STOREY_M);
        let elements =
            said.elements.iter().map(|(element, field)| (element.clone(), field.clone())).collect();
        let marks = layer.fields.iter().find(|field| ***field == *"building").map(|field| field.to_string());
        let (kind, axes) = (said.kind.clone(), Crs { epsg }.axes());
        Ok(Self {
            kind,
            buildings,
            marks,
            id,
            name,
            height_m,
            storeys,
            storey_height_m,
            elements,
            epsg,
            axes,
        })
    }

    /// What a feature is.
    pub(crate) fn kind(&self, row: &Row) -> &str {
        if let Some(kind) = &self.kind {
            return kind;
        }
        let tall = || row.text(self.height_m.as_deref()).or(row.text(self.storeys.as_deref())).is_some();
        let marked = || match &self.marks {
            Some(field) => row.text(Some(field)).is_some_and(|mark| mark != "no") || tall(),
            None => true,
        };
        if self.buildings && !row.shape.polygons.is_empty() && marked() { BUILDING } else { GENERIC }
    }

    /// The height of a building: as published where that is a height or there is nothing else.
    pub(crate) fn height(&self, row: &Row) -> Option<Height> {
        let published = row.text(self.height_m.as_deref()).map(metres);
        let usable = |text: &&str| text.parse::<f64>().is_ok_and(|m| m > 0.0);
        if let Some(text) = published.filter(usable) {
            return Some(Height::Published(text.to_owned()));
        }
        let storeys = row.text(self.storeys.as_deref()).and_then(|text| text.parse::<f64>().ok());
        match storeys.filter(|count| *count > 0.0 && *count <= MOST_STOREYS) {
            Some(count) => Some(Height::FromStoreys((count * self.storey_height_m).to_string())),
            None => published.map(|text| Height::Published(text.to_owned())),
        }
    }
}

/// A height without its unit: OpenStreetMap writes `12 m`.
fn metres(text: &str) -> &str {
    text.strip_suffix('m').map_or(text, str::trim_end)
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

fn find(layer: &Layer, names: &[&str]) -> Option<String> {
    let fields: Vec<String> = layer.fields.iter().map(|field| plain(field)).collect();
    let index = names.iter().find_map(|name| fields.iter().position(|field| field == name))?;
    Some(layer.fields[index].to_string())
}

/// A sidecar that names a field which is not there is of another layer, or mistyped.
fn check_fields(layer: &Layer, sidecar: &Sidecar, file: &str) -> Result<(), FeaturesError> {
    let has = |name: &str| layer.fields.iter().any(|field| **field == *name);
    let Some((key, field)) = sidecar.fields().find(|(_, field)| !has(field)) else { return Ok(()) };
    let known: Vec<&str> = layer.fields.iter().take(40).map(|field| &**field).collect();
    let problem =
        format!("`{key}` names the field `{field}`, which {file} does not have; it has {}", known.join(", "));
    Err(FeaturesError::Sidecar { file: Sidecar::name(file), problem })
}

fn epsg_of(layer: &Layer, sidecar: &Sidecar, file: &str) -> Result<u32, FeaturesError> {
    let no_system = |found: String| FeaturesError::NoSystem {
        file: file.to_owned(),
        found,
        sidecar: Sidecar::name(file),
    };
    match (sidecar.epsg, &layer.system) {
        (Some(epsg), _) => Ok(epsg),
        (None, Some(Ok(epsg))) if system::is_known(*epsg) => Ok(*epsg),
        (None, Some(Ok(epsg))) => Err(no_system(format!("it is EPSG:{epsg}"))),
        (None, Some(Err(words))) => Err(no_system(words.clone())),
        (None, None) => Err(no_system("it says nothing of it".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::row::Value;
    use crate::shape::Shape;

    fn layer(fields: &[&str]) -> Layer {
        let fields = fields.iter().map(|field| Arc::from(*field)).collect();
        Layer { fields, polygons: true, system: Some(Ok(4326)) }
    }

    fn row(fields: &[(&str, &str)]) -> Row {
        let fields = fields.iter().map(|(n, v)| (Arc::from(*n), Value::Text((*v).to_owned()))).collect();
        let shape = Shape { polygons: vec![Vec::new()], ..Shape::default() };
        Row { index: 0, place: 0, id: None, fields, shape, lost: None }
    }

    fn plan(fields: &[&str], sidecar: &str) -> (Plan, Vec<String>) {
        let mut notes = Notes::new("t.shp", 9);
        let sidecar = Sidecar::parse(sidecar.as_bytes(), "t.shp.toml").unwrap();
        let plan = Plan::new(&layer(fields), Some(&sidecar), "t.shp", &mut notes).unwrap();
        (plan, notes.finish().entries.into_iter().map(|entry| entry.feature).collect())
    }

    #[test]
    fn usual_names_are_found_and_told() {
        let (plan, told) = plan(&["h", "measuredHe", "gml_id", "id", "building:levels"], "");
        assert_eq!((plan.height_m.as_deref(), plan.id.as_deref()), (Some("measuredHe"), Some("gml_id")));
        assert_eq!(told, ["gml_id", "measuredHe", "building:levels", BUILDING]);
        assert_eq!(plan.kind(&row(&[])), BUILDING);
    }

    #[test]
    fn what_is_said_is_not_guessed() {
        let (plan, told) = plan(&["a", "h"], "kind = 'tran:Road'\nid = 'a'");
        assert_eq!((plan.kind(&row(&[])), plan.height_m.as_deref(), told), ("tran:Road", None, vec![]));
        let layer = layer(&["a"]);
        let sidecar = Sidecar { height_m: Some("hh".to_owned()), ..Sidecar::default() };
        let error =
            Plan::new(&layer, Some(&sidecar), "t.shp", &mut Notes::new("t", 1)).unwrap_err().to_string();
        assert!(
            error.contains("`hh`") && error.contains("it has a") && error.contains("t.shp.toml"),
            "{error}"
        );
    }

    #[test]
    fn heights_come_from_storeys_where_there_are_none() {
        let (plan, _) = plan(&["height", "levels", "building"], "");
        let text = |fields: &[(&str, &str)]| match plan.height(&row(fields)) {
            Some(Height::Published(text)) => format!("published {text}"),
            Some(Height::FromStoreys(text)) => format!("storeys {text}"),
            None => "none".to_owned(),
        };
        assert_eq!(text(&[("height", "9.10"), ("levels", "2")]), "published 9.10");
        assert_eq!(text(&[("height", "12 m")]), "published 12");
        assert_eq!(text(&[("height", "0"), ("levels", "2")]), "storeys 6");
        assert_eq!(text(&[("height", "-9999"), ("levels", "many")]), "published -9999");
        assert_eq!(text(&[("levels", "nan")]), "none");
        assert_eq!(plan.kind(&row(&[("building", "yes")])), BUILDING);
        assert_eq!(plan.kind(&row(&[("landuse", "grass")])), GENERIC);
    }

    #[test]
    fn a_system_that_is_not_known_is_refused() {
        for (told, want) in
            [(Some(Ok(99_999)), "EPSG:99999"), (None, "nothing"), (Some(Err("Tokyo".to_owned())), "Tokyo")]
        {
            let layer = Layer { system: told, ..layer(&[]) };
            let error = Plan::new(&layer, None, "t.shp", &mut Notes::new("t", 1)).unwrap_err().to_string();
            assert!(error.contains(want) && error.contains("t.shp.toml"), "{error}");
        }
    }
}
