//! Longitude and latitude from the command line.

use futago_geodesy::LonLat;
use futago_texts::Texts;

use crate::failure::Failure;

/// The place, or what is wrong with it; swapped values get the right command back.
pub fn place(lon: f64, lat: f64, texts: &Texts) -> Result<LonLat, Failure> {
    LonLat::new(lon, lat).map_err(|_| {
        let args = [("lon", lon.to_string().into()), ("lat", lat.to_string().into())];
        let swapped = LonLat::new(lat, lon).is_ok();
        Failure::wrong_use(texts, if swapped { "cli-usage-swapped" } else { "cli-usage-place" }, &args)
    })
}
