//! 3D Tiles and glTF models to raw features.
//!
//! This crate answers one question: which objects do tiles show, and what do they say of them? Tiles are made
//! for drawing: one building may be cut by the edge of a tile, stand in several degrees of detail, and be a
//! range of triangles among those of its neighbours. [`read_path`] and [`read`] give a
//! [`futago_raw::RawCity`] with one object a feature, and a [`futago_field::Report`] of what could not be
//! taken as it stood.
//!
//! # What is read
//!
//! - Tilesets of 3D Tiles 1.0 and 1.1: nested ones, several contents a tile, implicit tiling (quadtrees and
//!   octrees); contents that are b3dm, cmpt, glb or gltf, compressed by gzip or not.
//! - A single b3dm, glb or gltf: where it is Earth-centred, where a [`Sidecar`] beside it says where it
//!   stands, or where Futago's own export says it.
//! - Features by `_BATCHID` and batch table (1.0), by `EXT_mesh_features` and `EXT_structural_metadata` (1.1).
//! - Meshes with `KHR_mesh_quantization` and `KHR_draco_mesh_compression`, strips, fans and sparse accessors.
//!
//! [`looks_like`] tells such files by their first bytes. [`Files`] is where they come from: a [`Folder`], or
//! anything else that opens a file by its relative path.
//!
//! # What is taken
//!
//! The finest content: where children replace their tile, theirs; where they add to it, both. Parts of one
//! object in several tiles are put together when they have the same `gml_id` (or the same `id` and the same
//! attributes).
//!
//! Positions become latitude, longitude and T.P. height (EPSG:6697): tile transforms, `RTC_CENTER` or
//! `CESIUM_RTC`, glTF's axes turned up, and nodes, all in f64; then from Earth-centred metres on WGS 84. Heights
//! of tiles are above the ellipsoid; T.P. is that less [`Options::geoid_m`], which the Report states.
//!
//! Attributes are kept whole, nested ones as elements in elements. What an object is follows from
//! `feature_type`, `class`, the names of its table, or of its file; else it is [`Options::default_kind`], and
//! the Report says so. Its triangles are the surfaces of one `lod2MultiSurface`, or of the level that `_lod`
//! tells. Textures stay names of images (`app:imageURI`); no image is opened.
//!
//! # Where this stops
//!
//! Instanced models (i3dm, `EXT_mesh_gpu_instancing`), point clouds, glTF 1.0, meshes packed by
//! `EXT_meshopt_compression`, features told by a texture and batch table hierarchies are reported and left out.
//! Texture coordinates are not kept. Where children replace a tile but leave a feature out, that feature is
//! not taken: so says the format. Nothing is fetched from a network, and nothing outside the folder is
//! opened. See [`Limits`] for what is refused.
//!
//! Two kinds of trouble: a file that is not what it says is a [`TilesError`]; a tile of many, a feature or an
//! attribute that is broken is an entry of the Report, and the rest is taken.

mod accessor;
mod b3dm;
mod batch;
mod column;
mod content;
mod detect;
mod document;
mod draco;
mod error;
mod feature_ids;
mod files;
mod gather;
mod implicit;
mod kind;
mod limits;
mod matrix;
mod mesh;
mod metadata;
mod object;
mod place;
mod read;
mod sidecar;
mod tileset;
mod walk;

pub use detect::{Format, looks_like};
pub use error::TilesError;
pub use files::Files;
pub use futago_raw::Folder;
pub use limits::Limits;
pub use read::{GEOID_M, Options, read, read_path};
pub use sidecar::Sidecar;
