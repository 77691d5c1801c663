//! Triangles of a model, placed on Earth and sorted by the feature they belong to.

use std::collections::BTreeSet;

use gltf_json::mesh::{Mode, Primitive};
use gltf_json::validation::Checked;
use rustc_hash::FxHashMap;

use crate::accessor::{Fault, Numbers};
use crate::document::Document;
use crate::feature_ids::{FeatureIds, Key};
use crate::matrix::Matrix;
use crate::place::Placer;
use crate::{Limits, TilesError, draco};
use futago_field::CappedReport;

/// Latitude, longitude, height of the corners.
pub(crate) type Triangle = [[f64; 3]; 3];

/// What a feature looks like.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    pub(crate) triangles: Vec<Triangle>,
    /// Images that are drawn on it.
    pub(crate) images: BTreeSet<String>,
}

/// How a model is read.
pub(crate) struct Task<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) placer: &'a Placer<'a>,
    pub(crate) limits: &'a Limits,
    /// From glTF's axes to those that the placer takes.
    pub(crate) base: Matrix,
    /// `_BATCHID` tells the feature.
    pub(crate) batched: bool,
    /// What has no feature is one object a node; else one for the whole model.
    pub(crate) by_node: bool,
}

/// What came out.
#[derive(Debug, Default)]
pub(crate) struct Meshes {
    /// Features in the order in which they first appear.
    pub(crate) shapes: Vec<(Key, Shape)>,
    index: FxHashMap<Key, usize>,
    /// Triangles that are shown, whether they could be placed or not.
    pub(crate) triangles: usize,
    /// Triangles with a corner that is no place on Earth.
    pub(crate) off: usize,
    empty: usize,
    mixed: usize,
    beyond: usize,
    vertices: usize,
}

impl Meshes {
    fn shape(&mut self, key: Key) -> &mut Shape {
        let index = *self.index.entry(key).or_insert_with(|| {
            self.shapes.push((key, Shape::default()));
            self.shapes.len() - 1
        });
        &mut self.shapes[index].1
    }
}

/// Reads the model's triangles.
pub(crate) fn read(task: &Task<'_>, notes: &mut CappedReport) -> Result<Meshes, TilesError> {
    let seen = vec![false; task.document.nodes.len()];
    let mut walk = Walk { task, notes, seen, out: Meshes::default() };
    for root in task.document.roots() {
        walk.node(root, &task.base, 0)?;
    }
    let Walk { out, notes, .. } = walk;
    tell(&out, task.document.file, notes);
    Ok(out)
}

fn tell(out: &Meshes, file: &str, notes: &mut CappedReport) {
    let counted = [
        (out.off, "no-place", "have a corner that is no place on Earth; left out"),
        (out.beyond, "bad-index", "name a vertex that is not there; left out"),
        (out.empty, "empty-triangle", "have two corners in one place; left out"),
        (out.mixed, "mixed-feature", "have corners of several features; taken by the first corner"),
    ];
    for (count, code, action) in counted {
        if count > 0 && !(code == "no-place" && count == out.triangles) {
            notes.add(code, "", file, format!("{count} of {} triangles {action}", out.triangles));
        }
    }
}

struct Walk<'a, 'n> {
    task: &'a Task<'a>,
    notes: &'n mut CappedReport,
    seen: Vec<bool>,
    out: Meshes,
}

impl Walk<'_, '_> {
    fn note(&mut self, code: &str, action: String) {
        self.notes.add(code, "", self.task.document.file, action);
    }

    fn too_large(&self, what: &'static str, name: &'static str, limit: usize) -> TilesError {
        let (file, limit) = (self.task.document.file.to_owned(), limit as u64);
        TilesError::TooLarge { file, what, name, limit }
    }

    fn node(&mut self, index: usize, parent: &Matrix, depth: usize) -> Result<(), TilesError> {
        let (document, limits) = (self.task.document, self.task.limits);
        if depth > limits.depth {
            return Err(self.too_large("the number of nodes inside each other", "depth", limits.depth));
        }
        let Some(node) = document.nodes.get(index) else {
            self.note("broken-node", format!("there is no node {index}; left out"));
            return Ok(());
        };
        // glTF wants a tree: a node in two places could be shown without end.
        if std::mem::replace(&mut self.seen[index], true) {
            self.note("broken-node", format!("node {index} is in several places; taken at the first"));
            return Ok(());
        }
        let Some(own) = node.transform() else {
            self.note("broken-node", format!("the transform of node {index} is no 16 numbers; left out"));
            return Ok(());
        };
        let transform = parent.after(&own);
        if let Some(mesh) = node.mesh {
            if node.extensions.contains_key("EXT_mesh_gpu_instancing") {
                let action = format!(
                    "node {index} shows its mesh many times by EXT_mesh_gpu_instancing, which is not read; left out"
                );
                self.note("unread-extension", action);
            } else {
                self.mesh(mesh, index, &transform)?;
            }
        }
        node.children.iter().try_for_each(|child| self.node(*child, &transform, depth + 1))
    }

    fn mesh(&mut self, mesh: usize, node: usize, transform: &Matrix) -> Result<(), TilesError> {
        let document = self.task.document;
        let Some(found) = document.root.meshes.get(mesh) else {
            self.note("broken-node", format!("node {node} shows mesh {mesh}, which is not there; left out"));
            return Ok(());
        };
        for (index, primitive) in found.primitives.iter().enumerate() {
            let place = format!("primitive {index} of mesh {mesh}");
            match self.primitive(primitive, &place, node, transform) {
                Ok(()) => {}
                Err(Fault::TooMany) => {
                    let limit = self.task.limits.content_vertices;
                    return Err(self.too_large("the number of vertices", "content_vertices", limit));
                }
                Err(Fault::Broken(problem)) => {
                    self.note("broken-mesh", format!("{place}: {problem}; left out"));
                }
                Err(Fault::Packed(name)) => {
                    let action = format!(
                        "{place} is packed by {name}, which is not read; left out. Write the tiles again without it"
                    );
                    self.note("packed-mesh", action);
                }
            }
        }
        Ok(())
    }

    fn primitive(
        &mut self,
        primitive: &Primitive,
        place: &str,
        node: usize,
        transform: &Matrix,
    ) -> Result<(), Fault> {
        let order: fn(usize) -> [usize; 3] = match primitive.mode {
            Checked::Valid(Mode::Triangles) => |i| [3 * i, 3 * i + 1, 3 * i + 2],
            Checked::Valid(Mode::TriangleStrip) => {
                |i| if i % 2 == 0 { [i, i + 1, i + 2] } else { [i + 1, i, i + 2] }
            }
            Checked::Valid(Mode::TriangleFan) => |i| [i + 1, i + 2, 0],
            _ => {
                self.note("not-triangles", format!("{place} is of points or lines; left out"));
                return Ok(());
            }
        };
        let source = Source::new(self.task, primitive)?;
        let positions = source.numbers("POSITION", 3)?.ok_or_else(|| "it has no positions".to_owned())?;
        let corners = source.corners(positions.len())?;
        let count = match primitive.mode {
            Checked::Valid(Mode::Triangles) => corners.len() / 3,
            _ => corners.len().saturating_sub(2),
        };
        self.out.vertices += positions.len() + 3 * count;
        if self.out.vertices > self.task.limits.content_vertices {
            return Err(Fault::TooMany);
        }
        let ids = FeatureIds::of(primitive, node, place, self.task, &source, self.notes)?;
        let at: Vec<Option<[f64; 3]>> =
            positions.rows::<3>()?.map(|row| self.task.placer.place(transform.point(row))).collect();
        let strip = !matches!(primitive.mode, Checked::Valid(Mode::Triangles));
        let image = self.task.document.image_of(primitive.material.map(|material| material.value()));
        let pieces =
            Pieces { at: &at, corners: &corners, ids: &ids, image, mirrored: mirrors(transform), strip };
        self.triangles(&pieces, (0..count).map(order));
        Ok(())
    }

    fn triangles(&mut self, pieces: &Pieces<'_>, order: impl Iterator<Item = [usize; 3]>) {
        let mut pictured: BTreeSet<Key> = BTreeSet::new();
        for triangle in order {
            self.out.triangles += 1;
            let mut corners = triangle.map(|place| pieces.corners[place]);
            if pieces.mirrored {
                corners.swap(1, 2);
            }
            let [Some(a), Some(b), Some(c)] = corners.map(|corner| pieces.at.get(corner as usize)) else {
                self.out.beyond += 1;
                continue;
            };
            let (Some(a), Some(b), Some(c)) = (a, b, c) else {
                self.out.off += 1;
                continue;
            };
            if a == b || b == c || c == a {
                // A strip turns its corners by triangles without area.
                self.out.empty += usize::from(!pieces.strip);
                continue;
            }
            let keys = corners.map(|corner| pieces.ids.key(corner));
            self.out.mixed += usize::from(keys[0] != keys[1] || keys[0] != keys[2]);
            let shape = self.out.shape(keys[0]);
            shape.triangles.push([*a, *b, *c]);
            if let Some(image) = &pieces.image
                && pictured.insert(keys[0])
            {
                shape.images.insert(image.clone());
            }
        }
    }
}

/// A primitive that is ready to be cut into triangles.
struct Pieces<'a> {
    at: &'a [Option<[f64; 3]>],
    corners: &'a [u32],
    ids: &'a FeatureIds,
    image: Option<String>,
    mirrored: bool,
    strip: bool,
}

/// Whether a map turns right hands to left ones; then corners run the other way.
fn mirrors(matrix: &Matrix) -> bool {
    let m = &matrix.0;
    let cross = [m[5] * m[10] - m[6] * m[9], m[6] * m[8] - m[4] * m[10], m[4] * m[9] - m[5] * m[8]];
    m[0] * cross[0] + m[1] * cross[1] + m[2] * cross[2] < 0.0
}

/// Where a primitive's numbers come from.
pub(crate) struct Source<'a> {
    task: &'a Task<'a>,
    primitive: &'a Primitive,
    decoded: Option<draco::Decoded<'a>>,
}

impl<'a> Source<'a> {
    fn new(task: &'a Task<'a>, primitive: &'a Primitive) -> Result<Self, Fault> {
        let extension = primitive.extensions.as_ref().and_then(|all| all.others.get(draco::NAME));
        let decoded = extension
            .map(|extension| draco::Decoded::new(task.document, extension, task.limits))
            .transpose()?;
        Ok(Self { task, primitive, decoded })
    }

    /// The values of an attribute; none when the primitive does not have it.
    pub(crate) fn numbers(&self, name: &str, width: usize) -> Result<Option<Numbers>, Fault> {
        if let Some(numbers) = self.decoded.as_ref().and_then(|decoded| decoded.numbers(name, width)) {
            return Ok(Some(numbers));
        }
        let attributes = self.primitive.attributes.iter();
        let found = attributes.filter_map(|(semantic, accessor)| match semantic {
            Checked::Valid(semantic) => Some((semantic, accessor)),
            Checked::Invalid => None,
        });
        let mut found = found.filter(|(semantic, _)| semantic.to_string() == name);
        let accessor = found.next().map(|(_, accessor)| accessor.value());
        accessor.map(|accessor| self.task.document.numbers(accessor, self.task.limits)).transpose()
    }

    fn corners(&self, vertices: usize) -> Result<Vec<u32>, Fault> {
        if let Some(decoded) = &self.decoded {
            return Ok(decoded.indices());
        }
        match self.primitive.indices {
            None => Ok((0..vertices as u32).collect()),
            Some(accessor) => {
                let numbers = self.task.document.numbers(accessor.value(), self.task.limits)?;
                Ok(numbers.whole().collect())
            }
        }
    }
}
