//! Results on their way from the worker to the scene.

use futago_field::ResultSet;

/// Packs results.
///
/// # Errors
/// Never for results that a simulation made; what the format says otherwise.
pub fn pack(results: &ResultSet) -> Result<Vec<u8>, String> {
    rmp_serde::to_vec_named(results).map_err(|error| error.to_string())
}

/// Unpacks them.
///
/// # Errors
/// When the bytes are no results.
pub fn unpack(bytes: &[u8]) -> Result<ResultSet, String> {
    rmp_serde::from_slice(bytes).map_err(|error| error.to_string())
}
