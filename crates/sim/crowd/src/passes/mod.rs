//! The passes of the density field, each a Rust function and a WGSL entry point of the same name.
//!
//! Persons of a piece of street are spread twice: along the streets ([`along`]), then across onto the cells
//! ([`across`]). Both are gathered by who receives, and divided by what the giver's weights add up to; so sums have a
//! fixed order, and nobody gets lost.

pub mod across;
pub mod along;
pub mod kernel;

/// Groups along one dimension that every device allows.
const MOST_GROUPS: u32 = 65_535;

/// Groups that cover so many items, 64 a group.
pub(crate) fn groups(items: usize) -> [u32; 3] {
    let groups = (items as u32).div_ceil(64);
    let columns = groups.clamp(1, MOST_GROUPS);
    [columns, groups.div_ceil(columns), 1]
}
