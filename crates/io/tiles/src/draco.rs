//! Meshes compressed by Draco (`KHR_draco_mesh_compression`), as PLATEAU's older tiles are.
//! The decoder is `draco-core`; here are only its limits and the way from its attributes to ours.

use draco_core::{DecodeLimits, DecoderBuffer, Mesh, MeshDecoder, PointAttribute};
use serde_json::Value;

use crate::Limits;
use crate::accessor::{Fault, Numbers};
use crate::document::Document;

/// The name of the extension.
pub(crate) const NAME: &str = "KHR_draco_mesh_compression";

/// Bytes that a vertex may take when decoded, with all its attributes.
const BYTES_A_VERTEX: u64 = 256;

/// A decoded mesh.
pub(crate) struct Decoded<'a> {
    mesh: Mesh,
    /// Number of the attribute of a name.
    attributes: &'a serde_json::Map<String, Value>,
}

impl<'a> Decoded<'a> {
    /// Decodes what a primitive's extension names.
    pub(crate) fn new(document: &Document<'_>, extension: &'a Value, limits: &Limits) -> Result<Self, Fault> {
        let view = extension.get("bufferView").and_then(Value::as_u64);
        let view = view.and_then(|view| usize::try_from(view).ok());
        let attributes = extension.get("attributes").and_then(Value::as_object);
        let (Some(view), Some(attributes)) = (view, attributes) else {
            return Err(Fault::Broken(format!("{NAME} names no buffer view or no attributes")));
        };
        let (bytes, _) = document.view(view)?;
        let most = limits.content_vertices as u64;
        let ceilings = DecodeLimits::default()
            .with_max_points(most)
            .with_max_faces(most)
            .with_max_decoded_bytes(most.saturating_mul(BYTES_A_VERTEX));
        let mut mesh = Mesh::new();
        let mut buffer = DecoderBuffer::new(bytes).with_limits(ceilings);
        let decoded = MeshDecoder::new().decode(&mut buffer, &mut mesh);
        decoded.map_err(|error| Fault::Broken(format!("{NAME} cannot be decoded ({error})")))?;
        if mesh.num_points() > limits.content_vertices || mesh.num_faces() > limits.content_vertices {
            return Err(Fault::TooMany);
        }
        Ok(Self { mesh, attributes })
    }

    fn attribute(&self, name: &str) -> Option<&PointAttribute> {
        let id = u32::try_from(self.attributes.get(name)?.as_u64()?).ok()?;
        self.mesh.attribute_by_unique_id(id)
    }

    /// The values of an attribute; none when it is not compressed.
    pub(crate) fn numbers(&self, name: &str, width: usize) -> Option<Numbers> {
        let attribute = self.attribute(name)?;
        if usize::from(attribute.num_components()) < width {
            return None;
        }
        let numbers = attribute.read_f32s(self.mesh.num_points(), width).into_iter().map(f64::from).collect();
        Some(Numbers { width, numbers })
    }

    /// Corners of the triangles.
    pub(crate) fn indices(&self) -> Vec<u32> {
        self.mesh.faces().iter().flatten().map(|point| point.0).collect()
    }
}
