//! Cells against the projection itself, and against the standard mesh.

use futago_geodesy::{LonLat, MeshLevel, PlaneZone, SiteFrame};
use futago_tracks::Bounds;
use futago_tracks::bin::{Grid, MOST_ERROR_M, OUTSIDE};

const SITE: Bounds = Bounds { west_deg: 139.67, south_deg: 35.67, east_deg: 139.72, north_deg: 35.71 };
const TOKYO: Bounds = Bounds { west_deg: 139.5, south_deg: 35.5, east_deg: 139.95, north_deg: 35.85 };

/// A fraction from a counter.
fn part(number: u64) -> f64 {
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11) as f64 / (1_u64 << 53) as f64
}

fn places(bounds: &Bounds, count: u64) -> (Vec<f64>, Vec<f64>) {
    let lon = |at: u64| bounds.west_deg + part(2 * at) * (bounds.east_deg - bounds.west_deg);
    let lat = |at: u64| bounds.south_deg + part(2 * at + 1) * (bounds.north_deg - bounds.south_deg);
    ((0..count).map(lon).collect(), (0..count).map(lat).collect())
}

#[test]
fn places_are_in_the_cell_that_the_projection_says() {
    let zone = PlaneZone::from_epsg(6677).unwrap();
    for bounds in [SITE, TOKYO] {
        for cell_m in [25.0, 100.0] {
            let grid = Grid::plane(bounds, 6677, cell_m).unwrap();
            assert!(grid.error_m() <= MOST_ERROR_M, "{}", grid.error_m());
            let (lon, lat) = places(&bounds, 20_000);
            let mut cells = Vec::new();
            grid.locate(&lon, &lat, &mut cells);
            let mut near_edges = 0;
            for (at, cell) in cells.iter().enumerate() {
                assert_ne!(*cell, OUTSIDE);
                let plane = |place| zone.plane_from_lonlat(place).unwrap();
                let here = plane(LonLat { lon_deg: lon[at], lat_deg: lat[at] });
                let centre = plane(grid.centre(*cell).unwrap());
                let off = (here.east_m - centre.east_m).abs().max((here.north_m - centre.north_m).abs());
                // A place may be on the other side of an edge by no more than the error.
                assert!(off <= cell_m / 2.0 + 2.0 * MOST_ERROR_M, "{off}");
                near_edges += usize::from(off > cell_m / 2.0 - 0.5);
            }
            assert!(near_edges > 100, "edges are looked at too");
        }
    }
}

#[test]
fn a_grid_of_a_site_has_its_corner_and_size() {
    let centre = LonLat::new(139.6917, 35.6895).unwrap();
    let frame = SiteFrame::around(6677, centre, 0.0).unwrap();
    let grid = Grid::site(&frame, [-1500.0, -1500.0], 120, 120, 25.0).unwrap();
    let mut cells = Vec::new();
    let at = frame.lonlat_from_site([-1490.0, -1460.0]).unwrap();
    grid.locate(&[at.lon_deg, 139.0], &[at.lat_deg, 35.0], &mut cells);
    assert_eq!(cells, [120, OUTSIDE]);
    assert_eq!(grid.cells(), 14_400);
}

#[test]
fn mesh_cells_have_the_codes_of_geodesy() {
    for level in [MeshLevel::Third, MeshLevel::Quarter, MeshLevel::Tenth] {
        let grid = Grid::mesh(SITE, level).unwrap();
        let (lon, lat) = places(&SITE, 5_000);
        let mut cells = Vec::new();
        grid.locate(&lon, &lat, &mut cells);
        for (at, cell) in cells.iter().enumerate() {
            let own = level.cell(LonLat { lon_deg: lon[at], lat_deg: lat[at] }).unwrap();
            assert_eq!(grid.mesh_code(*cell), Some(level.code(own)));
        }
    }
}

#[test]
fn what_cannot_be_a_grid_is_refused() {
    let japan = Bounds { west_deg: 129.0, south_deg: 31.0, east_deg: 145.0, north_deg: 45.0 };
    assert!(Grid::plane(japan, 6677, 25.0).is_err());
    assert!(Grid::plane(SITE, 4326, 25.0).is_err());
    assert!(Grid::plane(SITE, 6677, 0.0).is_err());
    assert!(Grid::plane(SITE, 6677, f64::NAN).is_err());
    assert!(Grid::degrees(Bounds { east_deg: 139.0, ..SITE }, 0.01, 0.01).is_err());
    assert!(Grid::mesh(Bounds { west_deg: 9.0, ..SITE }, MeshLevel::Third).is_err());
}
