//! CityGML to raw features: 2.0, as PLATEAU publishes it, and 3.0.
//!
//! This crate answers one question: what does a file say? It does not build a city. [`read_file`] gives
//! a [`futago_raw::RawCity`]: every object in the order of the file with its parts, attributes and geometries, and a
//! [`futago_field::Report`] of what could not be taken as it stood. [`stream`] hands the objects over one
//! by one, so that a file may be larger than the memory.
//!
//! # What is kept
//!
//! Everything. An object is a tree of elements ([`futago_raw::NodeView`]) with their texts and XML attributes, and
//! what is geometry in it is moved to flat arrays ([`futago_raw::Shapes`]). An element that is not known stays in the
//! tree under its name; so does one inside a geometry that is not understood (an arc, say), with a line
//! in the Report. Numbers of attributes, dates and codes stay text; [`CodeList`] tells what codes mean.
//!
//! Coordinates stay in the order of the file (PLATEAU: latitude first, plane systems: north first);
//! [`futago_raw::Header::crs`] says which. Only where that order cannot be (a latitude of 139) is it turned round,
//! and reported. A ring with a number that is none, or that is no place, is left out and reported.
//!
//! References (`xlink:href`) are resolved inside an object, looked for in the file, and reported when
//! they lead nowhere.
//!
//! # Editions
//!
//! Names stand under the usual prefix of their module, whatever the file calls it, and are those of the
//! file's edition: a roof is a `bldg:RoofSurface` in a `bldg:boundedBy` in 2.0, a `con:RoofSurface` in a
//! `core:boundary` in 3.0. What both mean is for the readers of raw features to know.
//!
//! # How
//!
//! One pass over stretches of about 4 MiB that end between members, in parallel on rayon. The pass knows
//! only the markup that such files have and is held against `quick-xml` by tests.
//! Stretches do not depend on the number of threads, so the result does not either. Prefixes are read
//! from the first element; a name is looked up by its bytes. See [`Limits`] for what is refused.
//!
//! Two kinds of trouble: a file that is not what it says (not XML, cut, not CityGML) is a
//! [`CityGmlError`]; what is wrong inside an object is an entry of the Report, and the rest is loaded.
//!
//! # Where this stops
//!
//! CityGML 1.0 is read as 2.0. Points of point clouds are left out, with a line in the Report; versions and
//! dynamizers of 3.0 are kept as elements and change nothing. Arcs and splines are kept as elements, not as lines. A file
//! that is one huge member (a terrain of one TIN) is parsed on one thread and takes memory for its text.

mod build;
mod chunk;
mod codelist;
mod dialect;
mod error;
mod header;
mod lexicon;
mod limits;
mod links;
mod markup;
mod numbers;
mod range;
mod read;
mod split;
#[cfg(test)]
mod tests;

pub use codelist::{CodeList, read_code_list};
pub use error::CityGmlError;
pub use limits::Limits;
pub use read::{read, read_file, read_header, stream, stream_mapped};
