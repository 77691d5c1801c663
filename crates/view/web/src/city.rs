//! The city from the packs that the page has fetched.

use futago_model::CityModel;
use futago_pack::{Pack, PackError};

/// Why there is no city.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CityError {
    /// A pack is damaged.
    #[error("pack {number}: {why}")]
    Damaged {
        /// Which, from 1.
        number: usize,
        /// What is wrong with it.
        why: PackError,
    },
    /// A pack is of another place.
    #[error("pack {number} belongs to another city")]
    Elsewhere {
        /// Which, from 1.
        number: usize,
    },
    /// There was no pack.
    #[error("there is no pack")]
    Nothing,
    /// The network has no way on foot, or cannot be prepared.
    #[error(transparent)]
    Network(#[from] futago_matching::MatchingError),
    /// A file of flows is damaged.
    #[error(transparent)]
    Flows(#[from] futago_flow::FlowError),
    /// Flows that were counted on another network, or in no period.
    #[error("the flows were counted on another walk network; fetch both anew")]
    OtherNetwork,
}

/// Joins packs to one city.
///
/// # Errors
/// When a pack is damaged or belongs elsewhere, or when there is none.
pub fn join<'p>(packs: impl IntoIterator<Item = &'p [u8]>) -> Result<CityModel, CityError> {
    let mut city: Option<CityModel> = None;
    for (number, bytes) in (1..).zip(packs) {
        let part = Pack::read(bytes).map_err(|why| CityError::Damaged { number, why })?.city;
        match &mut city {
            None => city = Some(part),
            Some(city) => city.absorb(part).map_err(|_| CityError::Elsewhere { number })?,
        }
    }
    city.ok_or(CityError::Nothing)
}
