//! Raw little-endian arrays for other programs.

use std::path::Path;

/// Writes one array as a file.
pub fn write<T: bytemuck::NoUninit>(folder: &Path, name: &str, values: &[T]) {
    std::fs::create_dir_all(folder).expect("a folder to write to");
    std::fs::write(folder.join(name), bytemuck::cast_slice(values)).expect("room for a dump");
}

/// Every solid as walls, top and bottom: corners (x, y, z) and triangles, outside to the front.
pub fn write_mesh(folder: &Path, city: &futago_model::CityModel) {
    let (mut corners, mut triangles) = (Vec::<[f32; 3]>::new(), Vec::<[u32; 3]>::new());
    for solid in city.buildings.solids.iter().filter(|s| s.top_m > s.bottom_m) {
        let plan = city.buildings.polygons.get(solid.polygon);
        let (low, count) = (corners.len() as u32, plan.vertices_mm.len() as u32);
        let high = low + count;
        for z in [solid.bottom_m, solid.top_m] {
            corners.extend(plan.vertices_mm.iter().map(|v| {
                let [x, y] = v.map(futago_model::metres_from_mm);
                [x as f32, y as f32, z]
            }));
        }
        for triangle in plan.triangles {
            let [a, b, c] = triangle.map(u32::from);
            triangles.push([high + a, high + b, high + c]);
            triangles.push([low + a, low + c, low + b]);
        }
        let mut first = 0;
        for ring in plan.rings_mm() {
            let len = ring.len() as u32;
            for i in 0..len {
                let (a, b) = (first + i, first + (i + 1) % len);
                triangles.push([low + a, low + b, high + b]);
                triangles.push([low + a, high + b, high + a]);
            }
            first += len;
        }
    }
    write(folder, "mesh_vertices.f32", &corners);
    write(folder, "mesh_triangles.u32", &triangles);
}
