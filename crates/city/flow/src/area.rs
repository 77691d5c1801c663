//! Cells beside the streets: squares in site metres, or the standard meshes (地域メッシュ, JIS X 0410).

use futago_geodesy::{LonLat, MeshLevel};
use serde::{Deserialize, Serialize};

/// A division of the plan into cells.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Grid {
    /// Squares of this many whole metres, counted from the site origin.
    Squares {
        /// Edge, metres.
        edge_m: u16,
    },
    /// Standard meshes of this many digits: 8 (about 1 km), 9 (500 m), 10 (250 m), 11 (125 m).
    Mesh {
        /// Digits of the code.
        digits: u8,
    },
}

/// One cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellId(pub u64);

impl CellId {
    /// The square of a column (east) and a row (north).
    pub fn square(column: i32, row: i32) -> Self {
        let shifted = |value: i32| u64::from((i64::from(value) + (1 << 31)) as u32);
        Self(shifted(row) << 32 | shifted(column))
    }

    /// Column and row of a square.
    pub fn column_and_row(self) -> [i32; 2] {
        let back = |value: u64| ((value & 0xffff_ffff) as i64 - (1 << 31)) as i32;
        [back(self.0), back(self.0 >> 32)]
    }
}

impl Grid {
    /// Whether it is one of those that can be counted in.
    pub fn is_valid(self) -> bool {
        match self {
            Self::Squares { edge_m } => (5..=10_000).contains(&edge_m),
            Self::Mesh { digits } => (8..=11).contains(&digits),
        }
    }

    /// The cell of a place, given in site metres and in degrees.
    pub fn cell_of(self, at_m: [f64; 2], lon_deg: f64, lat_deg: f64) -> CellId {
        match self {
            Self::Squares { edge_m } => {
                let index = |m: f64| (m / f64::from(edge_m)).floor() as i32;
                CellId::square(index(at_m[0]), index(at_m[1]))
            }
            Self::Mesh { digits } => CellId(mesh_code(lon_deg, lat_deg, digits)),
        }
    }
}

/// Code of the standard mesh of a place, 8 to 11 digits; 0 where there is none (JIS X 0410).
pub fn mesh_code(lon_deg: f64, lat_deg: f64, digits: u8) -> u64 {
    let level = match digits {
        9 => MeshLevel::Half,
        10 => MeshLevel::Quarter,
        11 => MeshLevel::Eighth,
        _ => MeshLevel::Third,
    };
    level.cell(LonLat { lon_deg, lat_deg }).map_or(0, |cell| level.code(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_metropolitan_government_building_is_in_its_mesh() {
        assert_eq!(mesh_code(139.6917, 35.6896, 8), 53_394_525);
        // North-west of its four halves: 35.68750 to 35.69167 N, 139.68750 to 139.69375 E.
        assert_eq!(mesh_code(139.6917, 35.6896, 9), 533_945_253);
        assert_eq!(mesh_code(139.7005, 35.6896, 8), 53_394_526);
        assert_eq!(mesh_code(-139.0, 35.0, 8), 0);
    }

    #[test]
    fn squares_west_and_south_of_the_origin() {
        let cell = Grid::Squares { edge_m: 25 }.cell_of([-0.5, -30.0], 0.0, 0.0);
        assert_eq!(cell.column_and_row(), [-1, -2]);
        assert!(CellId::square(-1, 0) < CellId::square(0, 0));
    }
}
