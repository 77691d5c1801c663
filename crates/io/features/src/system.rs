//! Coordinate systems as files name them, to EPSG codes.
//!
//! An authority's code counts where there is one; else the name does: EPSG's (`JGD2011 / Japan Plane
//! Rectangular CS IX`) or that of ESRI (`JGD_2011_Japan_Zone_9`).

use futago_geodesy::{Axes, Crs};
use serde_json::Value;

/// Longitude and latitude on WGS 84 (OGC:CRS84 is the same, told in the order that files have).
pub(crate) const WGS84: u32 = 4326;

/// What a file says of its system: a code, or the words in which it says something else.
pub(crate) type Told = Result<u32, String>;

/// Whether positions of a system can be placed.
pub(crate) fn is_known(epsg: u32) -> bool {
    Crs { epsg }.axes() != Axes::Unknown
}

/// An authority and its code, as FlatGeobuf and PROJJSON have them.
pub(crate) fn of_authority(authority: &str, code: &str) -> Option<u32> {
    match authority.to_ascii_uppercase().as_str() {
        "EPSG" => code.trim().parse().ok(),
        "OGC" if ["CRS84", "CRS84h"].contains(&code.trim()) => Some(WGS84),
        _ => None,
    }
}

/// A name: `EPSG:6677`, `urn:ogc:def:crs:OGC:1.3:CRS84`, `JGD2011 / Japan Plane Rectangular CS IX`.
pub(crate) fn of_name(name: &str) -> Told {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    if plain.ends_with("CRS84") {
        return Ok(WGS84);
    }
    if let Some(Crs { epsg }) = Crs::from_srs_name(name) {
        return Ok(epsg);
    }
    of_words(&plain).ok_or_else(|| format!("it is called `{}`", shortened(name)))
}

/// A system by the letters and figures of its name.
fn of_words(plain: &str) -> Option<u32> {
    let plain = plain.strip_prefix("GCS").unwrap_or(plain);
    let (geographic, first_zone, rest) = if let Some(rest) = plain.strip_prefix("JGD2011") {
        (6668, 6669, rest)
    } else if let Some(rest) = plain.strip_prefix("JGD2000") {
        (4612, 2443, rest)
    } else {
        return ["WGS84", "WGS1984"].contains(&plain).then_some(WGS84);
    };
    if rest.is_empty() || rest == "2D" {
        return Some(geographic);
    }
    let zone = ["JAPANPLANERECTANGULARCS", "JAPANZONE"].iter().find_map(|name| rest.strip_prefix(name))?;
    Some(first_zone + zone_number(zone)? - 1)
}

/// The zones of the Japan Plane Rectangular CS.
const ZONES: [&str; 19] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX",
];

fn zone_number(text: &str) -> Option<u32> {
    let roman = ZONES.iter().position(|zone| *zone == text).map(|index| index as u32 + 1);
    roman.or_else(|| text.parse().ok()).filter(|zone| (1..=19).contains(zone))
}

/// A system in words, WKT 1 or 2, as `.prj` files and FlatGeobuf have it.
pub(crate) fn of_wkt(wkt: &str) -> Told {
    let (name, authority) = outline_of(wkt);
    let code = authority.and_then(|(authority, code)| of_authority(&authority, &code));
    match (code, name) {
        (Some(epsg), _) => Ok(epsg),
        (None, Some(name)) => of_name(&name),
        (None, None) => Err(format!("it is written as `{}`", shortened(wkt))),
    }
}

/// A system in JSON (PROJJSON), as GeoParquet has it.
pub(crate) fn of_projjson(crs: &Value) -> Told {
    if let Some(name) = crs.as_str() {
        return of_name(name);
    }
    let text =
        |key: &str| crs.pointer(key).map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
    let code = text("/id/authority").zip(text("/id/code"));
    match (code.and_then(|(authority, code)| of_authority(&authority, &code)), text("/name")) {
        (Some(epsg), _) => Ok(epsg),
        (None, Some(name)) => of_name(&name),
        (None, None) => Err("it has neither a code nor a name".to_owned()),
    }
}

/// The name of a WKT and its own authority with the code, not those of its parts.
fn outline_of(wkt: &str) -> (Option<String>, Option<(String, String)>) {
    let (mut depth, mut name, mut words) = (0_usize, None, Vec::new());
    let (mut keyword, mut own, mut chars) = (String::new(), false, wkt.chars());
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let text: String = chars.by_ref().take_while(|c| *c != '"').collect();
                if depth == 1 && name.is_none() {
                    name = Some(text);
                } else if own && depth == 2 {
                    words.push(text);
                }
                keyword.clear();
            }
            '[' | '(' => {
                depth += 1;
                if depth == 2 && ["AUTHORITY", "ID"].contains(&keyword.to_ascii_uppercase().as_str()) {
                    (own, words) = (true, Vec::new());
                }
                keyword.clear();
            }
            ']' | ')' | ',' => {
                if own && depth == 2 && !keyword.is_empty() {
                    words.push(keyword.clone());
                }
                if c != ',' {
                    own &= depth != 2;
                    depth = depth.saturating_sub(1);
                }
                keyword.clear();
            }
            c if c.is_whitespace() => {}
            c => keyword.push(c),
        }
    }
    let authority = match words.as_slice() {
        [authority, code, ..] => Some((authority.clone(), code.clone())),
        _ => None,
    };
    (name, authority)
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI: &str = r#"PROJCS["JGD_2011_Japan_Zone_9",GEOGCS["GCS_JGD_2011",DATUM["D_JGD_2011",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],UNIT["Meter",1.0]]"#;
    const WKT1: &str = r#"PROJCS["JGD2011 / Japan Plane Rectangular CS IX",GEOGCS["JGD2011",AUTHORITY["EPSG","6668"]],AUTHORITY["EPSG","6677"]]"#;
    const WKT2: &str = r#"GEOGCRS["JGD2011",DATUM["x",ID["EPSG",1128]],CS[ellipsoidal,2],ID["EPSG",6668]]"#;

    #[test]
    fn systems_are_found_by_code_or_name() {
        assert_eq!(of_wkt(ESRI), Ok(6677));
        assert_eq!(of_wkt(WKT1), Ok(6677));
        assert_eq!(of_wkt(WKT2), Ok(6668));
        let names = [
            ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
            ("urn:ogc:def:crs:EPSG::6668", 6668),
            ("EPSG:3857", 3857),
            ("GCS_JGD_2000", 4612),
            ("GCS_WGS_1984", 4326),
            ("WGS 84", 4326),
            ("JGD2000 / Japan Plane Rectangular CS XIX", 2461),
            ("JGD_2000_Japan_Zone_1", 2443),
        ];
        for (name, epsg) in names {
            assert_eq!(of_name(name), Ok(epsg), "{name}");
        }
        let json = serde_json::json!({"name": "any", "id": {"authority": "EPSG", "code": 6677}});
        assert_eq!(of_projjson(&json), Ok(6677));
        let json = serde_json::json!({"name": "JGD2011", "id": {"authority": "X", "code": "Y"}});
        assert_eq!(of_projjson(&json), Ok(6668));
    }

    #[test]
    fn other_systems_are_told_by_their_name() {
        for other in [
            r#"GEOGCS["GCS_Tokyo",DATUM["D_Tokyo"]]"#,
            r#"PROJCS["JGD_2011_UTM_Zone_54N"]"#,
            r#"PROJCS["JGD_2011_Japan_Zone_20"]"#,
            "",
            "PROJCS[[[",
            "]]]]\"",
        ] {
            assert!(of_wkt(other).is_err(), "{other}");
        }
        assert!(is_known(2451) && is_known(6677) && is_known(4326) && is_known(3857) && !is_known(0));
    }
}
