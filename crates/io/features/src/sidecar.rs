//! The small file that says what the fields of a layer mean: `houses.geojson.toml` beside `houses.geojson`.
//!
//! `docs/features.md` shows an example. Without one the fields are guessed by their names.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{FeaturesError, detect, encoding, kind, system};

/// What the fields of a layer mean, and where it lies.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// What every feature is, for example `bldg:Building` or `tran:Road`.
    pub kind: Option<String>,
    /// The field with the id.
    pub id: Option<String>,
    /// The field with the name.
    pub name: Option<String>,
    /// The field with the height above the ground, metres.
    pub height_m: Option<String>,
    /// The field with the number of storeys above the ground.
    pub storeys: Option<String>,
    /// Height of a storey where only their number is known, metres.
    pub storey_height_m: Option<f64>,
    /// EPSG code of the coordinates; counts more than what the file says.
    pub epsg: Option<u32>,
    /// Encoding of the texts of a Shapefile, for example `Shift_JIS`.
    pub encoding: Option<String>,
    /// CityGML elements and the fields that become them, for example `"bldg:usage" = "youto"`.
    #[serde(default)]
    pub elements: BTreeMap<String, String>,
}

impl Sidecar {
    /// The name of a file's sidecar.
    pub fn name(file: &str) -> String {
        format!("{file}.toml")
    }

    /// Reads TOML.
    ///
    /// # Errors
    /// When it is none, has a key that is not known, or a value that cannot be.
    pub fn parse(text: &[u8], file: &str) -> Result<Self, FeaturesError> {
        let fault = |problem: String| FeaturesError::Sidecar { file: file.to_owned(), problem };
        let text = std::str::from_utf8(detect::without_mark(text))
            .map_err(|error| fault(format!("it is not UTF-8 ({error})")))?;
        let sidecar: Self =
            toml::from_str(text).map_err(|error| fault(error.to_string().trim_end().to_owned()))?;
        if let Some(kind) = sidecar.kind.as_deref().filter(|kind| !kind::is_name(kind)) {
            return Err(fault(format!("kind is `{kind}`; write it like `bldg:Building`")));
        }
        if let Some(element) = sidecar.elements.keys().find(|element| !kind::is_name(element)) {
            return Err(fault(format!("`{element}` is no element of CityGML; write it like `bldg:usage`")));
        }
        if let Some(epsg) = sidecar.epsg.filter(|epsg| !system::is_known(*epsg)) {
            let known = "4326, 6668, 4612, 6669 to 6687 and 2443 to 2461 are, among others, and all that PROJ knows where Futago is built with the feature `proj`";
            return Err(fault(format!("EPSG:{epsg} is not a system that is known here; {known}")));
        }
        if let Some(name) = sidecar.encoding.as_deref().filter(|name| encoding::named(name).is_none()) {
            return Err(fault(format!("the encoding `{name}` is not known; write `Shift_JIS` or `UTF-8`")));
        }
        if let Some(height_m) = sidecar.storey_height_m.filter(|m| !(*m > 0.0 && *m <= 100.0)) {
            return Err(fault(format!("storey_height_m is {height_m}; it must be above 0 and at most 100")));
        }
        Ok(sidecar)
    }

    /// The fields that it names, each with the key that does.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let keys = [
            ("id", &self.id),
            ("name", &self.name),
            ("height_m", &self.height_m),
            ("storeys", &self.storeys),
        ];
        let named = keys.into_iter().filter_map(|(key, field)| Some((key, field.as_deref()?)));
        named.chain(self.elements.iter().map(|(key, field)| (key.as_str(), field.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        let text = "kind = 'bldg:Building'\nid = 'no'\nname = '名称'\nheight_m = 'h'\nstoreys = 'f'\n\
            storey_height_m = 3.2\nepsg = 6677\nencoding = 'cp932'\n[elements]\n'bldg:usage' = 'youto'\n";
        let sidecar = Sidecar::parse(text.as_bytes(), "a.shp.toml").unwrap();
        assert_eq!((sidecar.epsg, sidecar.height_m.as_deref()), (Some(6677), Some("h")));
        let keys: Vec<_> = sidecar.fields().collect();
        assert_eq!(keys[4], ("bldg:usage", "youto"));
        assert_eq!(Sidecar::parse(b"", "a").unwrap(), Sidecar::default());
    }

    #[test]
    fn faults_name_the_file_and_the_key() {
        let cases = [
            ("heigth_m = 'h'", "heigth_m"),
            ("kind = 'house'", "kind is `house`"),
            ("epsg = 99999", "EPSG:99999"),
            ("epsg = -1", "epsg"),
            ("encoding = 'klingon'", "klingon"),
            ("storey_height_m = nan", "storey_height_m is NaN"),
            ("[elements]\nusage = 'a'", "`usage`"),
            ("height_m", "line 1"),
        ];
        for (text, want) in cases {
            let error = Sidecar::parse(text.as_bytes(), "a.fgb.toml").unwrap_err().to_string();
            assert!(error.contains(want) && error.contains("a.fgb.toml"), "{error}");
        }
        assert!(Sidecar::parse(b"\xFF", "a.fgb.toml").is_err());
    }
}
