//! CityJSON 1.0, 1.1 and 2.0, and CityJSONSeq, to raw features.
//!
//! This crate answers one question: what does a file say? It does not build a city. [`read_file`] gives
//! a [`futago_raw::RawCity`] with names as CityGML 2.0 has them, so that what comes after need not know
//! which of both a file was, and a [`futago_field::Report`] of what could not be taken as it stood.
//! [`stream`] hands the objects over one by one. [`looks_like`] tells such a file by its content.
//!
//! # What is kept
//!
//! Everything. An object stands with its children in one tree: a `BuildingPart` is a `bldg:BuildingPart`
//! in a `bldg:consistsOfBuildingPart` of its `bldg:Building`. Attributes that CityGML knows have its name
//! (`bldg:measuredHeight`), others their own; objects and arrays in them are elements in elements, and
//! numbers keep their digits. Members of the file that are no objects are items of their own. A group
//! (`grp:CityObjectGroup`) refers to its members, which stand by themselves. What is not understood is
//! kept under its name or reported.
//!
//! # Geometry
//!
//! A surface stands in the object once. One with semantics is held by its part, as in CityGML:
//! `bldg:boundedBy`, `bldg:RoofSurface`, `bldg:lod2MultiSurface`; the solid (`bldg:lod2Solid`) refers to
//! it by a [`futago_raw::Link`]. One without is held by the solid. Only the LOD0 of a building holds its
//! surfaces itself (`bldg:lod0FootPrint`, or `bldg:lod0RoofEdge` when all of them are roofs), and its
//! parts refer to them. The whole of `lod` (`2.2`) is an attribute of the property; raw features count 2.
//! Rings are closed, as CityGML's are. Templates are moved to their places: by the matrix, then from the
//! reference point; where the system has degrees, metres are turned into degrees there. Ids of surfaces
//! are made up where something refers to them: `house-1_g0_s3` is surface 3 of geometry 0 of `house-1`.
//!
//! Textures and materials are told once, in the appearance of the file (or, in a sequence, of the
//! feature's first object), and used by an `app:Appearance` for each theme of a geometry.
//!
//! # Which axis is first
//!
//! CityJSON says x, y, z, and not which is east. Positions of raw features stand in the order of their
//! system, so a file is asked which order it has; the module `order` tells how, [`Limits::axis_order`]
//! says it for a file that does not show it. One that has latitude or north first is reported.
//!
//! # How
//!
//! `serde_json` reads. A text is gone through once for its outline, which checks it as JSON; then vertices,
//! and the objects in parallel on rayon, each with its boundaries straight into one flat array. A sequence
//! is read in batches of lines. Batches do not depend on the number of threads, so the result does not
//! either. See [`Limits`] for what is refused.
//!
//! Two kinds of trouble: a file that is not what it says (not JSON, cut, another version) is a
//! [`CityJsonError`]; what is wrong inside an object is an entry of the Report, and the rest is loaded. A
//! vertex that is no place costs its ring, an index that leads nowhere its surface, a line of a sequence
//! that cannot be read only itself.
//!
//! # Where this stops
//!
//! A number and a string of the same letters cannot be told apart any more. Lines and points with
//! semantics are held by their part and not referred to. Extensions are not fetched: what they define
//! keeps its own name. Versions before 1.0 are refused.

mod build;
mod delivery;
mod detect;
mod document;
mod error;
mod family;
mod geometry;
mod head;
mod json;
mod layout;
mod limits;
mod lines;
mod names;
mod nested;
mod notes;
mod order;
mod place;
mod read;
mod sequence;

pub use detect::looks_like;
pub use error::CityJsonError;
pub use limits::{AxisOrder, Limits};
pub use read::{read, read_file, stream};
