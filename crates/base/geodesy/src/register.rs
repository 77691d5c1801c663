//! Systems of the EPSG register that only PROJ knows.
//!
//! A code is described once for the whole program; its conversions are made once a thread, since those of PROJ
//! belong to one thread. PROJ chooses among the published ways from datum to datum the most accurate one whose
//! grids are at hand: files in the folders of `PROJ_DATA` or the user's folder of PROJ. It is built without
//! network, so it fetches none.
//!
//! Where this stops: PROJ converts places in plan, at height 0. Heights stay as they are; those above any sea level
//! are taken for T.P.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use proj::Proj;
use serde_json::Value;

use crate::crs::Meaning;
use crate::{Axes, Heights, MapSystem};

/// Codes that were asked for, and what they mean.
static MEANINGS: Mutex<Option<HashMap<u32, Option<Meaning>>>> = Mutex::new(None);

thread_local! {
    static WAYS: RefCell<HashMap<u32, Option<Rc<Ways>>>> = RefCell::default();
}

/// To JGD2011 in degrees, and from it. Both have east or longitude first.
struct Ways {
    to: Proj,
    from: Proj,
}

/// What the numbers of a system mean; none when the register has no such system of places on the Earth's surface.
pub(crate) fn meaning(epsg: u32) -> Option<Meaning> {
    let mut meanings = MEANINGS.lock().unwrap_or_else(PoisonError::into_inner);
    *meanings.get_or_insert_default().entry(epsg).or_insert_with(|| described(epsg))
}

/// Longitude and latitude on JGD2011, degrees, of a pair of numbers.
pub(crate) fn lonlat_from_xy(epsg: u32, at: [f64; 2]) -> Option<[f64; 2]> {
    converted(&ways(epsg)?.to, at)
}

/// The pair of numbers of a longitude and latitude on JGD2011, degrees.
pub(crate) fn xy_from_lonlat(epsg: u32, at: [f64; 2]) -> Option<[f64; 2]> {
    converted(&ways(epsg)?.from, at)
}

fn converted(way: &Proj, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
    let (x, y) = way.convert((x, y)).ok()?;
    (x.is_finite() && y.is_finite()).then_some([x, y])
}

fn ways(epsg: u32) -> Option<Rc<Ways>> {
    WAYS.with_borrow_mut(|all| all.entry(epsg).or_insert_with(|| made(epsg).map(Rc::new)).clone())
}

fn made(epsg: u32) -> Option<Ways> {
    let [system, degrees] = [epsg, MapSystem::JGD2011].map(|epsg| format!("EPSG:{epsg}"));
    let to = Proj::new_known_crs(&system, &degrees, None).ok()?;
    let from = Proj::new_known_crs(&degrees, &system, None).ok()?;
    Some(Ways { to, from })
}

fn described(epsg: u32) -> Option<Meaning> {
    let text = Proj::new(&format!("EPSG:{epsg}")).ok()?.to_projjson(Some(false), None, None).ok()?;
    meaning_of(&serde_json::from_str(&text).ok()?)
}

/// What the register says of a system, as PROJJSON.
fn meaning_of(system: &Value) -> Option<Meaning> {
    let kind = system["type"].as_str()?;
    if kind == "CompoundCRS" {
        let [plan, height] = system["components"].as_array()?.as_slice() else { return None };
        let upward = axes_of(height) == [("up", Some("metre"))];
        let heights = if upward { Heights::TokyoPeil } else { Heights::None };
        return meaning_of(plan).map(|plan| Meaning { heights, ..plan });
    }
    let geographic = kind == "GeographicCRS";
    if !geographic && kind != "ProjectedCRS" {
        return None;
    }
    let axes = axes_of(system);
    let order = match axes.as_slice() {
        [("north", Some("degree")), ("east", Some("degree")), ..] if geographic => Axes::LatitudeLongitude,
        [("north", _), ("east", _), ..] if !geographic => Axes::NorthEast,
        [("east", _), ("north", _), ..] if !geographic => Axes::EastNorth,
        _ => Axes::Unknown,
    };
    let heights =
        if axes.get(2) == Some(&("up", Some("metre"))) { Heights::Ellipsoid } else { Heights::None };
    Some(Meaning { axes: order, heights })
}

/// Direction and unit of each axis; units that have no plain name are told as none.
fn axes_of(system: &Value) -> Vec<(&str, Option<&str>)> {
    let axes = system["coordinate_system"]["axis"].as_array().map(Vec::as_slice).unwrap_or_default();
    axes.iter().map(|axis| (axis["direction"].as_str().unwrap_or_default(), axis["unit"].as_str())).collect()
}
