//! Raw features: what a file of city objects says, nothing more.
//!
//! Every format of city objects (CityGML, CityJSON, 3D Tiles) is read to these types, so that what comes
//! after has one thing to understand. An object is a tree of elements ([`NodeView`]) with texts and
//! attributes, named as CityGML names them (`bldg:measuredHeight`), and its geometries as flat arrays
//! ([`Shapes`]). Nothing is cleaned, projected or left out here: that is `io/assemble`.
//!
//! Coordinates stand in the order of their system ([`futago_geodesy::Crs`]): latitude, longitude, height,
//! or north, east, height.

mod builder;
mod city;
mod collect;
mod names;
mod object;
mod shapes;
mod view;

pub use builder::ObjectBuilder;
pub use city::{Header, Item, RawAppearance, RawCity, Summary};
pub use collect::Collect;
pub use futago_model::objects::{
    ElementRole as NodeRole, GeometryKind, GeometryRole, RootKind as ItemKind, SurfaceKind,
};
pub use names::{NameId, Names};
pub use object::{NONE, Node, RawObject, Span, XmlAttribute};
pub use shapes::{Geometry, Line, Link, LinkOwner, Point, Ring, Shapes, Surface, Target, TextureRing};
pub use view::NodeView;
