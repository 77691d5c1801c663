//! Longitude and latitude to plane metres by a polynomial, for many points in a small area.
//!
//! The projection is smooth, so in an area of some tens of kilometres a polynomial through its values at
//! Chebyshev nodes is as good as the projection itself. The degree is the lowest of four whose error, looked at
//! on 33 x 33 places between the nodes, is below [`MOST_ERROR_M`].

use futago_geodesy::{GeodesyError, LonLat, PlaneZone};

use crate::Bounds;

/// A series further off than this at any place looked at is not used, metres.
pub const MOST_ERROR_M: f64 = 0.001;

/// Places looked at along each side.
const LOOKS: usize = 33;

/// Coefficients of one coordinate: powers of x, then of y.
type Table = Vec<Vec<f64>>;

/// East and north as polynomials.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Series {
    pub centre: [f64; 2],
    /// What makes degrees from the centre -1 to 1.
    pub scale: [f64; 2],
    pub degree: usize,
    pub east: Table,
    pub north: Table,
    /// The largest error seen, metres.
    pub error_m: f64,
}

impl Series {
    /// None where no series of the degrees known is good enough: the area is too large.
    pub fn fit(zone: &PlaneZone, bounds: &Bounds) -> Result<Option<Self>, GeodesyError> {
        for degree in [2, 3, 5, 7] {
            let series = Self::of_degree(zone, bounds, degree)?;
            if series.error_m <= MOST_ERROR_M {
                return Ok(Some(series));
            }
        }
        Ok(None)
    }

    fn of_degree(zone: &PlaneZone, bounds: &Bounds, degree: usize) -> Result<Self, GeodesyError> {
        let centre = [(bounds.west_deg + bounds.east_deg) / 2.0, (bounds.south_deg + bounds.north_deg) / 2.0];
        let half = [(bounds.east_deg - bounds.west_deg) / 2.0, (bounds.north_deg - bounds.south_deg) / 2.0];
        let place = |x: f64, y: f64| LonLat::new(centre[0] + x * half[0], centre[1] + y * half[1]);
        let count = degree + 1;
        let node = |at: usize| ((at as f64 + 0.5) / count as f64 * std::f64::consts::PI).cos();
        let nodes: Vec<f64> = (0..count).map(node).collect();
        let (mut east, mut north) = (Table::new(), Table::new());
        for x in &nodes {
            let mut column = [Vec::new(), Vec::new()];
            for y in &nodes {
                let plane = zone.plane_from_lonlat(place(*x, *y)?)?;
                column[0].push(plane.east_m);
                column[1].push(plane.north_m);
            }
            let [e, n] = column;
            east.push(interpolate(&nodes, &e));
            north.push(interpolate(&nodes, &n));
        }
        let mut series = Self {
            centre,
            scale: half.map(f64::recip),
            degree,
            east: along_x(&nodes, &east),
            north: along_x(&nodes, &north),
            error_m: 0.0,
        };
        for at in 0..LOOKS * LOOKS {
            let part = |index: usize| index as f64 / (LOOKS - 1) as f64 * 2.0 - 1.0;
            let at = place(part(at % LOOKS), part(at / LOOKS))?;
            let (plane, [e, n]) = (zone.plane_from_lonlat(at)?, series.plane(at.lon_deg, at.lat_deg));
            series.error_m = series.error_m.max((plane.east_m - e).hypot(plane.north_m - n));
        }
        Ok(series)
    }

    /// Plane metres of a place.
    pub fn plane(&self, lon_deg: f64, lat_deg: f64) -> [f64; 2] {
        let (x, y) = ((lon_deg - self.centre[0]) * self.scale[0], (lat_deg - self.centre[1]) * self.scale[1]);
        [&self.east, &self.north]
            .map(|table| horner(table.iter().map(|row| horner(row.iter().copied(), y)), x))
    }
}

fn horner(coefficients: impl DoubleEndedIterator<Item = f64>, at: f64) -> f64 {
    coefficients.rev().fold(0.0, |sum, coefficient| sum * at + coefficient)
}

/// Coefficients of the polynomial through values at nodes, by divided differences (Newton).
fn interpolate(nodes: &[f64], values: &[f64]) -> Vec<f64> {
    let mut differences = values.to_vec();
    for order in 1..nodes.len() {
        for at in (order..nodes.len()).rev() {
            differences[at] = (differences[at] - differences[at - 1]) / (nodes[at] - nodes[at - order]);
        }
    }
    let mut made = vec![0.0; nodes.len()];
    for at in (0..nodes.len()).rev() {
        // made = made * (x - node) + difference
        for power in (1..made.len()).rev() {
            made[power] = made[power - 1] - made[power] * nodes[at];
        }
        made[0] = differences[at] - made[0] * nodes[at];
    }
    made
}

/// The same along the other coordinate: a table for each node becomes a table for each power.
fn along_x(nodes: &[f64], tables: &Table) -> Table {
    let count = nodes.len();
    let mut made = vec![vec![0.0; count]; count];
    for y in 0..count {
        let values: Vec<f64> = tables.iter().map(|table| table[y]).collect();
        for (x, coefficient) in interpolate(nodes, &values).into_iter().enumerate() {
            made[x][y] = coefficient;
        }
    }
    made
}
