//! A geometry: all coordinates in one array, and where each ring or line ends in it.

use flatgeobuf::{Geometry, GeometryType};

use crate::shape::{Shape, Vertex};

/// The shape of a geometry; the problem when it is of a kind that is not read, or its counts do not fit.
pub(super) fn shape(geometry: &Geometry<'_>, layer: GeometryType, depth: usize) -> Result<Shape, String> {
    let kind = if layer == GeometryType::Unknown { geometry.type_() } else { layer };
    let mut shape = Shape::default();
    add(geometry, kind, &mut shape, depth)?;
    Ok(shape)
}

fn add(geometry: &Geometry<'_>, kind: GeometryType, shape: &mut Shape, depth: usize) -> Result<(), String> {
    let deeper = depth.checked_sub(1).ok_or("its geometries are too deep inside each other")?;
    match kind {
        GeometryType::Point | GeometryType::MultiPoint => shape.points.extend(vertices(geometry)?),
        GeometryType::LineString => shape.lines.push(vertices(geometry)?),
        GeometryType::MultiLineString => shape.lines.extend(rings(geometry)?),
        GeometryType::Polygon | GeometryType::Triangle => shape.polygons.push(rings(geometry)?),
        GeometryType::MultiPolygon | GeometryType::PolyhedralSurface => {
            for part in parts(geometry) {
                shape.polygons.push(rings(&part)?);
            }
        }
        GeometryType::TIN => shape.polygons.extend(rings(geometry)?.into_iter().map(|ring| vec![ring])),
        GeometryType::GeometryCollection => {
            for part in parts(geometry) {
                add(&part, part.type_(), shape, deeper)?;
            }
        }
        other => {
            let name = other.variant_name().unwrap_or("unknown");
            return Err(format!("its geometry is of the kind {name}, which is not read"));
        }
    }
    Ok(())
}

fn parts<'a>(geometry: &Geometry<'a>) -> impl Iterator<Item = Geometry<'a>> {
    geometry.parts().into_iter().flatten()
}

fn vertices(geometry: &Geometry<'_>) -> Result<Vec<Vertex>, String> {
    let Some(xy) = geometry.xy() else { return Ok(Vec::new()) };
    let count = xy.len() / 2;
    let heights = geometry.z().filter(|z| !z.is_empty());
    if xy.len() % 2 != 0 || heights.is_some_and(|z| z.len() != count) {
        return Err("its coordinates do not come out even".to_owned());
    }
    let height = |i| heights.map_or(0.0, |z| z.get(i));
    Ok((0..count).map(|i| [xy.get(2 * i), xy.get(2 * i + 1), height(i)]).collect())
}

fn rings(geometry: &Geometry<'_>) -> Result<Vec<Vec<Vertex>>, String> {
    let all = vertices(geometry)?;
    let Some(ends) = geometry.ends().filter(|ends| ends.len() > 1) else {
        return Ok(if all.is_empty() { Vec::new() } else { vec![all] });
    };
    let (mut rings, mut start) = (Vec::with_capacity(ends.len()), 0);
    for end in ends {
        let ring = all.get(start..end as usize).ok_or("its rings end where there are no coordinates")?;
        rings.push(ring.to_vec());
        start = end as usize;
    }
    Ok(rings)
}
