//! Results on their way from the worker to the scene.
//!
//! Hundreds of fields may stand on the same streets or floors; these travel once.

use futago_field::{Grid, ResultSet, Support};
use serde::{Deserialize, Serialize};

/// Results whose fields have a number in place of what they stand on.
#[derive(Serialize, Deserialize)]
struct Parcel {
    supports: Vec<Support>,
    /// Which of them each field stands on.
    of: Vec<usize>,
    results: ResultSet,
}

/// Stands in a field for its support.
const NOTHING: Support =
    Support::Grid(Grid { first_m: [0.0; 2], spacing_m: 1.0, columns: 0, rows: 0, height_m: 0.0 });

/// Packs results.
///
/// # Errors
/// Never for results that a simulation made; what the format says otherwise.
pub fn pack(results: ResultSet) -> Result<Vec<u8>, String> {
    let mut parcel = Parcel { supports: Vec::new(), of: Vec::new(), results };
    for field in &mut parcel.results.fields {
        let support = std::mem::replace(&mut field.support, NOTHING);
        let known = parcel.supports.iter().position(|known| *known == support);
        parcel.of.push(known.unwrap_or(parcel.supports.len()));
        if known.is_none() {
            parcel.supports.push(support);
        }
    }
    rmp_serde::to_vec_named(&parcel).map_err(|error| error.to_string())
}

/// Unpacks them.
///
/// # Errors
/// When the bytes are no results.
pub fn unpack(bytes: &[u8]) -> Result<ResultSet, String> {
    let Parcel { supports, of, mut results } =
        rmp_serde::from_slice(bytes).map_err(|error| error.to_string())?;
    if of.len() != results.fields.len() {
        return Err("fields without a place".to_owned());
    }
    for (field, number) in results.fields.iter_mut().zip(of) {
        field.support = supports.get(number).cloned().ok_or("a field without a place")?;
    }
    Ok(results)
}
