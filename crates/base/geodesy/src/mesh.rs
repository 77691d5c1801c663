//! Japan's standard mesh codes (JIS X 0410): cells of whole parts of a degree.
//!
//! The first mesh is 40' of latitude by 1 degree of longitude, the second an eighth of it, the third (about 1 km)
//! a tenth of that; below it halves (500 m, 250 m, 125 m), or tenths (100 m, as publishers of people flow have them).

use crate::{GeodesyError, LonLat};

/// How fine a mesh is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeshLevel {
    /// About 80 km, four figures.
    First,
    /// About 10 km, six figures.
    Second,
    /// About 1 km, eight figures.
    Third,
    /// About 500 m, nine figures.
    Half,
    /// About 250 m, ten figures.
    Quarter,
    /// About 125 m, eleven figures.
    Eighth,
    /// About 100 m, ten figures: a tenth of the third mesh each way.
    Tenth,
}

/// A cell: rows count northwards from the equator, columns eastwards from 100 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeshCell {
    /// From the equator.
    pub row: u32,
    /// From 100 degrees east.
    pub column: u32,
}

impl MeshLevel {
    /// The longitude from which columns count, degrees.
    pub const WEST_DEG: f64 = 100.0;

    /// Rows in a degree of latitude.
    pub fn rows_per_degree(self) -> f64 {
        match self {
            Self::First => 1.5,
            Self::Second => 12.0,
            Self::Third => 120.0,
            Self::Half => 240.0,
            Self::Quarter => 480.0,
            Self::Eighth => 960.0,
            Self::Tenth => 1200.0,
        }
    }

    /// Columns in a degree of longitude.
    pub fn columns_per_degree(self) -> f64 {
        match self {
            Self::First => 1.0,
            Self::Second => 8.0,
            Self::Third => 80.0,
            Self::Half => 160.0,
            Self::Quarter => 320.0,
            Self::Eighth => 640.0,
            Self::Tenth => 800.0,
        }
    }

    /// The cell of a place. Meshes go from the equator to 66.6 degrees north, from 100 to 180 degrees east.
    pub fn cell(self, at: LonLat) -> Result<MeshCell, GeodesyError> {
        let (row, column) =
            (at.lat_deg * self.rows_per_degree(), (at.lon_deg - Self::WEST_DEG) * self.columns_per_degree());
        let inside = row >= 0.0
            && row < 100.0 / 1.5 * self.rows_per_degree()
            && column >= 0.0
            && column < 80.0 * self.columns_per_degree();
        if !inside {
            return Err(GeodesyError::NotAPlace { lon_deg: at.lon_deg, lat_deg: at.lat_deg });
        }
        Ok(MeshCell { row: row as u32, column: column as u32 })
    }

    /// The code of a cell: `53394525` is the third mesh of Nishi-Shinjuku.
    pub fn code(self, MeshCell { row, column }: MeshCell) -> u64 {
        // How often a cell is cut in two below the third mesh.
        let halvings = match self {
            Self::Half => 1,
            Self::Quarter => 2,
            Self::Eighth => 3,
            _ => 0,
        };
        let pair = |row: u32, column: u32| u64::from(row * 10 + column);
        let first = |row: u32, column: u32| u64::from(row) * 100 + u64::from(column);
        match self {
            Self::First => first(row, column),
            Self::Second => {
                let above = Self::First.code(MeshCell { row: row / 8, column: column / 8 });
                above * 100 + pair(row % 8, column % 8)
            }
            Self::Third => {
                let above = Self::Second.code(MeshCell { row: row / 10, column: column / 10 });
                above * 100 + pair(row % 10, column % 10)
            }
            Self::Tenth => {
                let above = Self::Third.code(MeshCell { row: row / 10, column: column / 10 });
                above * 100 + pair(row % 10, column % 10)
            }
            Self::Half | Self::Quarter | Self::Eighth => {
                let whole = MeshCell { row: row >> halvings, column: column >> halvings };
                (0..halvings).rev().fold(Self::Third.code(whole), |code, bit| {
                    code * 10 + 1 + u64::from((row >> bit & 1) * 2 + (column >> bit & 1))
                })
            }
        }
    }

    /// The south-west corner of a cell.
    pub fn corner(self, cell: MeshCell) -> LonLat {
        LonLat {
            lon_deg: Self::WEST_DEG + f64::from(cell.column) / self.columns_per_degree(),
            lat_deg: f64::from(cell.row) / self.rows_per_degree(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(level: MeshLevel, lon_deg: f64, lat_deg: f64) -> u64 {
        level.code(level.cell(LonLat { lon_deg, lat_deg }).unwrap())
    }

    #[test]
    fn codes_are_those_in_use() {
        // The metropolitan government building; the third mesh is that of the published people flow.
        let (lon, lat) = (139.691737, 35.689487);
        assert_eq!(code(MeshLevel::First, lon, lat), 5339);
        assert_eq!(code(MeshLevel::Second, lon, lat), 533_945);
        assert_eq!(code(MeshLevel::Third, lon, lat), 53_394_525);
        // 35.689487 * 120 = 4282.738, 39.691737 * 80 = 3175.339: upper half, left half.
        assert_eq!(code(MeshLevel::Half, lon, lat), 533_945_253);
        assert_eq!(code(MeshLevel::Quarter, lon, lat), 5_339_452_532);
        assert_eq!(code(MeshLevel::Tenth, lon, lat), 5_339_452_573);
    }

    #[test]
    fn corners_are_in_their_own_cell_and_name_it() {
        use MeshLevel::*;
        for level in [First, Second, Third, Half, Quarter, Eighth, Tenth] {
            let cell = level.cell(LonLat { lon_deg: 139.7, lat_deg: 35.68 }).unwrap();
            let corner = level.corner(cell);
            let inside = LonLat { lon_deg: corner.lon_deg + 1e-9, lat_deg: corner.lat_deg + 1e-9 };
            assert_eq!(level.cell(inside).unwrap(), cell);
        }
        assert!(Third.cell(LonLat { lon_deg: 99.0, lat_deg: 35.0 }).is_err());
        assert!(Third.cell(LonLat { lon_deg: f64::NAN, lat_deg: 35.0 }).is_err());
    }
}
