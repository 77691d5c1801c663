//! Checks of structures: every index in range, every height one that can be.

use futago_model::{Structure, Structures};

use crate::check::{
    Checked, MAX_HEIGHT_M, MAX_MM, ensure, is_height, polygon_is_known, polygons, string_is_known, strings,
};

pub(crate) fn structures(structures: &Structures) -> Checked {
    strings(&structures.strings, "strings of structures")?;
    polygons(&structures.polygons, "plans of structures")?;
    let near = structures.vertices_mm.iter().flatten().all(|mm| mm.unsigned_abs() <= MAX_MM);
    ensure(near, "vertices of structures", || "one is more than 1,000 km from the site origin".to_owned())?;
    let vertices = structures.vertices_mm.len();
    let known = structures.triangles.iter().all(|t| t.corners.iter().all(|c| (*c as usize) < vertices));
    ensure(known, "triangles of structures", || "one has a corner that is not there".to_owned())?;
    let (mut next_solid, mut next_triangle) = (0_u64, 0_u64);
    for (index, structure) in structures.records.iter().enumerate() {
        check_structure(index, structure, structures, [next_solid, next_triangle])?;
        next_solid += u64::from(structure.solid_count);
        next_triangle += u64::from(structure.triangle_count);
    }
    let all = next_solid == structures.solids.len() as u64;
    ensure(all, "solids of structures", || "some belong to no structure".to_owned())?;
    let all = next_triangle == structures.triangles.len() as u64;
    ensure(all, "triangles of structures", || "some belong to no structure".to_owned())
}

fn check_structure(
    index: usize,
    structure: &Structure,
    all: &Structures,
    [solid, triangle]: [u64; 2],
) -> Checked {
    let bad = |what: &str| format!("structure {index}: {what}");
    let named = [structure.id, structure.name].into_iter().all(|id| string_is_known(id, &all.strings));
    ensure(named, "structures", || bad("a text that is not there"))?;
    ensure(structure.foot_tp_m.abs() <= MAX_HEIGHT_M, "structures", || bad("its ground cannot be"))?;
    let last_solid = solid + u64::from(structure.solid_count);
    let in_row = u64::from(structure.first_solid) == solid && last_solid <= all.solids.len() as u64;
    ensure(in_row, "structures", || bad("its solids are not the next ones"))?;
    let last_triangle = triangle + u64::from(structure.triangle_count);
    let in_row =
        u64::from(structure.first_triangle) == triangle && last_triangle <= all.triangles.len() as u64;
    ensure(in_row, "structures", || bad("its triangles are not the next ones"))?;
    let fits = all.solids_of(structure).iter().all(|solid| {
        solid.structure as usize == index
            && polygon_is_known(solid.polygon, &all.polygons)
            && is_height(solid.bottom_m)
            && is_height(solid.top_m)
            && solid.bottom_m <= solid.top_m
    });
    ensure(fits, "solids of structures", || bad("a solid of it cannot be"))
}
