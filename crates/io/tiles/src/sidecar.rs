//! The small file that places a plain glTF model: `tower.glb.toml` or `tower.glb.json` beside `tower.glb`.
//!
//! glTF has no place on Earth. The sidecar gives its origin one; `docs/placing.md` shows an example.

use std::io::ErrorKind;

use futago_geodesy::LonLat;
use serde::Deserialize;

use crate::files::Files;
use crate::matrix::Matrix;
use crate::place::earth_from_local;
use crate::{Limits, TilesError, files};

/// Where a model stands, what it is, and whose it is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sidecar {
    /// Latitude of the model's origin, degrees north, JGD2011.
    pub latitude: f64,
    /// Longitude of the model's origin, degrees east, JGD2011.
    pub longitude: f64,
    /// Height of the model's origin, metres T.P.
    pub height_tp_m: f64,
    /// Where the model's north (-z of glTF) points, degrees clockwise from true north.
    #[serde(default)]
    pub heading_deg: f64,
    /// Metres that one unit of the model stands for.
    #[serde(default = "one")]
    pub scale: f64,
    /// Name of the object.
    pub name: Option<String>,
    /// Id of the object.
    pub id: Option<String>,
    /// What it is, for example `bldg:Building` or `brid:Bridge`.
    pub kind: Option<String>,
    /// Whom to credit.
    pub credit: Option<String>,
    /// Under which licence it is.
    pub licence: Option<String>,
}

fn one() -> f64 {
    1.0
}

/// Largest scale: a unit of a thousand kilometres.
const LARGEST_SCALE: f64 = 1e6;

impl Sidecar {
    /// The names that a model's sidecar may have, the first that is there counts.
    pub fn names(model: &str) -> Vec<String> {
        let stem = model.rsplit_once('.').map_or(model, |(stem, _)| stem);
        let mut names = vec![format!("{model}.toml"), format!("{model}.json")];
        if model != format!("{stem}.gltf") {
            names.extend([format!("{stem}.gltf.toml"), format!("{stem}.gltf.json")]);
        }
        names
    }

    /// Reads TOML, or JSON when the name ends so.
    ///
    /// # Errors
    /// When it is neither, has a key that is not known, or a number that cannot be.
    pub fn parse(text: &[u8], file: &str) -> Result<Self, TilesError> {
        let fault = |problem: String| TilesError::Sidecar { file: file.to_owned(), problem };
        let text = std::str::from_utf8(crate::detect::without_mark(text))
            .map_err(|error| fault(format!("it is not UTF-8 ({error})")))?;
        let sidecar: Self = if file.ends_with(".json") {
            serde_json::from_str(text).map_err(|error| fault(error.to_string()))?
        } else {
            toml::from_str(text).map_err(|error| fault(error.to_string().trim_end().to_owned()))?
        };
        LonLat::new(sidecar.longitude, sidecar.latitude).map_err(|error| fault(error.to_string()))?;
        let range = |name: &str, value: f64, good: bool, wanted: &str| {
            if good { Ok(()) } else { Err(fault(format!("{name} is {value}; it must be {wanted}"))) }
        };
        let Self { height_tp_m, heading_deg, scale, .. } = sidecar;
        range("height_tp_m", height_tp_m, height_tp_m.abs() <= 20_000.0, "metres within 20,000")?;
        range("heading_deg", heading_deg, heading_deg.abs() <= 360.0, "degrees from -360 to 360")?;
        range("scale", scale, scale > 0.0 && scale <= LARGEST_SCALE, "above 0 and at most 1,000,000")?;
        Ok(sidecar)
    }

    /// The sidecar of a model, where there is one.
    pub(crate) fn beside(
        files: &dyn Files,
        model: &str,
        limits: &Limits,
    ) -> Result<Option<(String, Self)>, TilesError> {
        for name in Self::names(model) {
            match files::read(files, &name, limits) {
                Ok(text) => return Self::parse(&text, &name).map(|sidecar| Some((name, sidecar))),
                Err(TilesError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// The model's metres, z up, to Earth-centred ones.
    pub(crate) fn earth_from_model(&self, geoid_m: f64) -> Matrix {
        let at = LonLat { lon_deg: self.longitude, lat_deg: self.latitude };
        earth_from_local(at, self.height_tp_m + geoid_m, self.heading_deg, self.scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toml_and_json_say_the_same() {
        let toml = "latitude = 35.69\nlongitude = 139.69\nheight_tp_m = 40\nname = '塔'\n";
        let json = r#"{"latitude":35.69,"longitude":139.69,"height_tp_m":40,"name":"塔"}"#;
        let read = Sidecar::parse(toml.as_bytes(), "a.glb.toml").unwrap();
        assert_eq!(read, Sidecar::parse(json.as_bytes(), "a.glb.json").unwrap());
        assert_eq!((read.scale, read.heading_deg, read.name.as_deref()), (1.0, 0.0, Some("塔")));
    }

    #[test]
    fn faults_name_the_file_and_the_key() {
        let place = "latitude = 35.69\nlongitude = 139.69\nheight_tp_m = 40\n";
        let cases = [
            ("longitude = 139.69\nheight_tp_m = 1".to_owned(), "latitude"),
            (format!("{place}scale = 0"), "scale is 0"),
            (format!("{place}scale = nan"), "scale is NaN"),
            (format!("{place}heading = 5"), "heading"),
            (place.replace("35.69", "139.69").replace("longitude = 139.69", "longitude = 35.69"), "swapped"),
            (place.replace("40", "inf"), "height_tp_m is inf"),
            ("latitude".to_owned(), "line 1"),
        ];
        for (text, want) in cases {
            let error = Sidecar::parse(text.as_bytes(), "a.glb.toml").unwrap_err().to_string();
            assert!(error.contains(want) && error.contains("a.glb.toml"), "{error}");
        }
        assert!(Sidecar::parse(b"\xFF", "a.glb.toml").is_err());
        assert!(Sidecar::parse(b"{", "a.glb.json").is_err());
    }

    #[test]
    fn names_are_looked_for_in_order() {
        assert_eq!(Sidecar::names("m.gltf"), ["m.gltf.toml", "m.gltf.json"]);
        assert_eq!(Sidecar::names("m.glb")[2], "m.gltf.toml");
    }
}
