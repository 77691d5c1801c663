//! Triangles of the city, before they become Bevy meshes: positions, normals, what the material needs to know.
//!
//! Bevy's axes are east, up, south; a vertex carries its object's number, so that colours live in a small table
//! on the GPU ([`crate::material`]) and no mesh is ever rebuilt to recolour it.

pub mod buildings;
pub mod ground;
pub mod structures;
pub mod underground;

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, Mesh, PrimitiveTopology};

/// East, north, up in metres to Bevy's east, up, south.
pub fn bevy_from_site([east, north, up]: [f32; 3]) -> [f32; 3] {
    [east, up, -north]
}

/// A corner of the model's plan, metres.
pub(crate) fn metres([x, y]: [i32; 2]) -> [f32; 2] {
    [x as f32 * 1e-3, y as f32 * 1e-3]
}

/// Triangles that are drawn together.
#[derive(Debug, Default, Clone)]
pub struct Triangles {
    /// Places, Bevy's axes, metres.
    pub positions: Vec<[f32; 3]>,
    /// Normals.
    pub normals: Vec<[f32; 3]>,
    /// Metres along a wall, height above the ground.
    pub places: Vec<[f32; 2]>,
    /// Number of the object in the colour table, height of its top in metres.
    pub objects: Vec<[f32; 2]>,
    /// Three a triangle, anticlockwise seen from outside.
    pub indices: Vec<u32>,
}

impl Triangles {
    /// Adds a corner, given in site metres.
    pub fn corner(&mut self, at: [f32; 3], normal: [f32; 3], place: [f32; 2], object: [f32; 2]) -> u32 {
        let number = self.positions.len() as u32;
        self.positions.push(bevy_from_site(at));
        self.normals.push(bevy_from_site(normal));
        self.places.push(place);
        self.objects.push(object);
        number
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.indices.is_empty()
    }

    /// As a mesh. The CPU keeps no copy.
    pub fn into_mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.positions)
            .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, self.normals)
            .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, self.places)
            .with_inserted_attribute(Mesh::ATTRIBUTE_UV_1, self.objects)
            .with_inserted_indices(Indices::U32(self.indices))
    }
}
