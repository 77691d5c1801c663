//! What every set of flags can do.

/// Gives sets of flags over a `u32` their operations.
macro_rules! flags {
    ($($name:ty),+) => {$(
        impl $name {
            /// Whether all of `other` is set.
            pub fn has(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Both together.
            pub fn with(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// `other` added where `yes` holds.
            pub fn with_if(self, yes: bool, other: Self) -> Self {
                if yes { self.with(other) } else { self }
            }
        }
    )+};
}

use crate::{BuildingFlags, FloorFlags, StructureFlags, WalkLinkFlags, WalkNodeFlags};

flags!(BuildingFlags, FloorFlags, StructureFlags, WalkLinkFlags, WalkNodeFlags);
