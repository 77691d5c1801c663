//! Grids: which cell a place lies in.

use futago_geodesy::{LonLat, MeshCell, MeshLevel, PlanePoint, PlaneZone, SiteFrame};
use multiversion::multiversion;

use super::series::{MOST_ERROR_M, Series};
use crate::{Bounds, TracksError};

/// Stands for places outside of the grid.
pub const OUTSIDE: u32 = u32::MAX;

/// Most cells of a grid.
const MOST_CELLS: u64 = 1 << 28;

/// A grid of equal cells. Cells are numbered from 0, west to east in rows from south to north.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    columns: u32,
    rows: u32,
    map: Map,
}

#[derive(Debug, Clone, PartialEq)]
enum Map {
    /// Parts of a degree: column = floor((lon - lon0) * per_degree) - first.
    Degrees { lon0_deg: f64, lat0_deg: f64, per_degree: [f64; 2], first: [i64; 2], mesh: Option<MeshLevel> },
    /// Metres of a plane system.
    Plane { zone: Box<PlaneZoneOf>, origin_m: [f64; 2], cell_m: f64, series: Box<Series> },
}

/// A zone that can be compared.
#[derive(Debug, Clone)]
struct PlaneZoneOf(PlaneZone);

impl PartialEq for PlaneZoneOf {
    fn eq(&self, other: &Self) -> bool {
        self.0.epsg() == other.0.epsg()
    }
}

fn bad(what: impl Into<String>, problem: impl ToString) -> TracksError {
    TracksError::Grid { what: what.into(), problem: problem.to_string() }
}

impl Grid {
    /// Cells of so many degrees from the south-west corner of the bounds.
    pub fn degrees(bounds: Bounds, lon_step_deg: f64, lat_step_deg: f64) -> Result<Self, TracksError> {
        let per_degree = [1.0 / lon_step_deg, 1.0 / lat_step_deg];
        let sides = [
            (bounds.east_deg - bounds.west_deg) * per_degree[0],
            (bounds.north_deg - bounds.south_deg) * per_degree[1],
        ];
        let map = Map::Degrees {
            lon0_deg: bounds.west_deg,
            lat0_deg: bounds.south_deg,
            per_degree,
            first: [0, 0],
            mesh: None,
        };
        // A last cell that only rounding makes is none.
        Self::checked(sides.map(|side| (side - 1e-6).ceil()), map)
    }

    /// Cells of a standard mesh that touch the bounds.
    pub fn mesh(bounds: Bounds, level: MeshLevel) -> Result<Self, TracksError> {
        let cell = |lon_deg: f64, lat_deg: f64| {
            level.cell(LonLat { lon_deg, lat_deg }).map_err(|error| bad("the mesh", error))
        };
        let (low, high) =
            (cell(bounds.west_deg, bounds.south_deg)?, cell(bounds.east_deg, bounds.north_deg)?);
        let sides =
            [f64::from(high.column) - f64::from(low.column), f64::from(high.row) - f64::from(low.row)];
        let map = Map::Degrees {
            lon0_deg: MeshLevel::WEST_DEG,
            lat0_deg: 0.0,
            per_degree: [level.columns_per_degree(), level.rows_per_degree()],
            first: [i64::from(low.column), i64::from(low.row)],
            mesh: Some(level),
        };
        Self::checked(sides.map(|side| side + 1.0), map)
    }

    /// Square cells of a plane zone (EPSG:6669 to 6687) that cover the bounds, their edges at whole multiples
    /// of the side.
    pub fn plane(bounds: Bounds, epsg: u32, cell_m: f64) -> Result<Self, TracksError> {
        let zone = PlaneZone::from_epsg(epsg).map_err(|error| bad("the grid", error))?;
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        // Parallels and meridians are curves in the plane: the middles of edges too.
        for at in 0..9 {
            let part = |from: f64, to: f64, step: u32| from + (to - from) * f64::from(step) / 2.0;
            let place = LonLat::new(
                part(bounds.west_deg, bounds.east_deg, at % 3),
                part(bounds.south_deg, bounds.north_deg, at / 3),
            );
            let plane = place.and_then(|place| zone.plane_from_lonlat(place));
            let PlanePoint { east_m, north_m } = plane.map_err(|error| bad("the grid", error))?;
            low = [low[0].min(east_m), low[1].min(north_m)];
            high = [high[0].max(east_m), high[1].max(north_m)];
        }
        let origin_m = low.map(|low| (low / cell_m).floor() * cell_m);
        let sides = [0, 1].map(|axis: usize| ((high[axis] - origin_m[axis]) / cell_m).floor() + 1.0);
        Self::on_plane(zone, bounds, origin_m, sides, cell_m)
    }

    /// Square cells of a site: its south-west corner in site metres, columns and rows, and the side.
    pub fn site(
        frame: &SiteFrame,
        corner_m: [f64; 2],
        columns: u32,
        rows: u32,
        cell_m: f64,
    ) -> Result<Self, TracksError> {
        let zone = frame.zone().map_err(|error| bad("the grid", error))?;
        let far = [corner_m[0] + f64::from(columns) * cell_m, corner_m[1] + f64::from(rows) * cell_m];
        let corners = [corner_m, [far[0], corner_m[1]], [corner_m[0], far[1]], far];
        let mut bounds = Bounds { west_deg: 180.0, south_deg: 90.0, east_deg: -180.0, north_deg: -90.0 };
        for corner in corners {
            let at = zone.lonlat_from_plane(frame.plane_from_site(corner));
            let at = at.map_err(|error| bad("the grid", error))?;
            bounds.west_deg = bounds.west_deg.min(at.lon_deg);
            bounds.east_deg = bounds.east_deg.max(at.lon_deg);
            bounds.south_deg = bounds.south_deg.min(at.lat_deg);
            bounds.north_deg = bounds.north_deg.max(at.lat_deg);
        }
        let origin = frame.plane_from_site(corner_m);
        let sides = [f64::from(columns), f64::from(rows)];
        Self::on_plane(zone, bounds, [origin.east_m, origin.north_m], sides, cell_m)
    }

    fn on_plane(
        zone: PlaneZone,
        bounds: Bounds,
        origin_m: [f64; 2],
        sides: [f64; 2],
        cell_m: f64,
    ) -> Result<Self, TracksError> {
        let series = Series::fit(&zone, &bounds).map_err(|error| bad("the grid", error))?;
        let series = series.ok_or_else(|| {
            bad("the grid", format!("its area is too large to be projected to {MOST_ERROR_M} m; take smaller bounds, or a mesh"))
        })?;
        Self::checked(
            sides,
            Map::Plane { zone: Box::new(PlaneZoneOf(zone)), origin_m, cell_m, series: Box::new(series) },
        )
    }

    fn checked(sides: [f64; 2], map: Map) -> Result<Self, TracksError> {
        let [columns, rows] = sides;
        if !(columns >= 1.0 && rows >= 1.0 && columns * rows <= MOST_CELLS as f64) {
            let problem =
                format!("{columns} columns and {rows} rows are none, or more than {MOST_CELLS} cells");
            return Err(bad("the grid", problem));
        }
        Ok(Self { columns: columns as u32, rows: rows as u32, map })
    }

    /// Columns, west to east.
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Rows, south to north.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Cells in all.
    pub fn cells(&self) -> u32 {
        self.columns * self.rows
    }

    /// How far places are off before they are put into cells, at the most, metres; 0 for parts of a degree.
    pub fn error_m(&self) -> f64 {
        match &self.map {
            Map::Degrees { .. } => 0.0,
            Map::Plane { series, .. } => series.error_m,
        }
    }

    /// The code of a cell of a standard mesh; none for other grids.
    pub fn mesh_code(&self, cell: u32) -> Option<u64> {
        let Map::Degrees { first, mesh: Some(level), .. } = &self.map else { return None };
        let column = u32::try_from(first[0] + i64::from(cell % self.columns)).ok()?;
        let row = u32::try_from(first[1] + i64::from(cell / self.columns)).ok()?;
        Some(level.code(MeshCell { row, column }))
    }

    /// The middle of a cell, degrees.
    pub fn centre(&self, cell: u32) -> Result<LonLat, TracksError> {
        let at = [f64::from(cell % self.columns) + 0.5, f64::from(cell / self.columns) + 0.5];
        match &self.map {
            Map::Degrees { lon0_deg, lat0_deg, per_degree, first, .. } => Ok(LonLat {
                lon_deg: lon0_deg + (first[0] as f64 + at[0]) / per_degree[0],
                lat_deg: lat0_deg + (first[1] as f64 + at[1]) / per_degree[1],
            }),
            Map::Plane { zone, origin_m, cell_m, .. } => {
                let plane = PlanePoint {
                    east_m: origin_m[0] + at[0] * cell_m,
                    north_m: origin_m[1] + at[1] * cell_m,
                };
                zone.0.lonlat_from_plane(plane).map_err(|error| bad("the grid", error))
            }
        }
    }

    /// The cell of each place, or [`OUTSIDE`].
    pub fn locate(&self, lon_deg: &[f64], lat_deg: &[f64], cells: &mut Vec<u32>) {
        cells.clear();
        cells.resize(lon_deg.len().min(lat_deg.len()), OUTSIDE);
        let size = [self.columns, self.rows];
        match &self.map {
            Map::Degrees { lon0_deg, lat0_deg, per_degree, first, .. } => {
                let first = first.map(|first| first as f64);
                degrees(lon_deg, lat_deg, [*lon0_deg, *lat0_deg], *per_degree, first, size, cells);
            }
            Map::Plane { origin_m, cell_m, series, .. } => {
                let frame = Frame { series, origin_m: *origin_m, per_m: 1.0 / cell_m };
                match series.degree {
                    2 => plane::<3>(lon_deg, lat_deg, &Fixed::of(&frame), size, cells),
                    3 => plane::<4>(lon_deg, lat_deg, &Fixed::of(&frame), size, cells),
                    5 => plane::<6>(lon_deg, lat_deg, &Fixed::of(&frame), size, cells),
                    _ => plane::<8>(lon_deg, lat_deg, &Fixed::of(&frame), size, cells),
                }
            }
        }
    }
}

/// The cell of a column and a row that are not yet whole.
#[inline(always)]
fn cell(column: f64, row: f64, [columns, rows]: [u32; 2]) -> u32 {
    let inside = (column >= 0.0) & (column < f64::from(columns)) & (row >= 0.0) & (row < f64::from(rows));
    // Below 2^28, so that the conversion to i32 is exact, and fast.
    if inside { row as i32 as u32 * columns + column as i32 as u32 } else { OUTSIDE }
}

#[multiversion(targets("x86_64+avx2"))]
fn degrees(
    lon_deg: &[f64],
    lat_deg: &[f64],
    from: [f64; 2],
    per_degree: [f64; 2],
    first: [f64; 2],
    size: [u32; 2],
    cells: &mut [u32],
) {
    for ((lon, lat), into) in lon_deg.iter().zip(lat_deg).zip(cells) {
        // Floor before the first cell is taken off: as the mesh itself counts.
        let column = ((lon - from[0]) * per_degree[0]).floor() - first[0];
        let row = ((lat - from[1]) * per_degree[1]).floor() - first[1];
        *into = cell(column, row, size);
    }
}

struct Frame<'a> {
    series: &'a Series,
    origin_m: [f64; 2],
    per_m: f64,
}

/// A series of known degree, in cells.
struct Fixed<const N: usize> {
    centre: [f64; 2],
    scale: [f64; 2],
    east: [[f64; N]; N],
    north: [[f64; N]; N],
}

impl<const N: usize> Fixed<N> {
    fn of(frame: &Frame<'_>) -> Self {
        let table = |from: &[Vec<f64>], origin_m: f64| {
            let mut table = [[0.0; N]; N];
            for (row, from) in table.iter_mut().zip(from) {
                for (value, from) in row.iter_mut().zip(from) {
                    *value = from * frame.per_m;
                }
            }
            table[0][0] -= origin_m * frame.per_m;
            table
        };
        Self {
            centre: frame.series.centre,
            scale: frame.series.scale,
            east: table(&frame.series.east, frame.origin_m[0]),
            north: table(&frame.series.north, frame.origin_m[1]),
        }
    }
}

#[multiversion(targets("x86_64+avx2"))]
fn plane<const N: usize>(
    lon_deg: &[f64],
    lat_deg: &[f64],
    fixed: &Fixed<N>,
    size: [u32; 2],
    cells: &mut [u32],
) {
    for ((lon, lat), into) in lon_deg.iter().zip(lat_deg).zip(cells) {
        let x = (lon - fixed.centre[0]) * fixed.scale[0];
        let y = (lat - fixed.centre[1]) * fixed.scale[1];
        let (mut column, mut row) = (0.0, 0.0);
        for power in (0..N).rev() {
            let (mut e, mut n) = (0.0, 0.0);
            for inner in (0..N).rev() {
                e = e * y + fixed.east[power][inner];
                n = n * y + fixed.north[power][inner];
            }
            column = column * x + e;
            row = row * x + n;
        }
        *into = cell(column, row, size);
    }
}
