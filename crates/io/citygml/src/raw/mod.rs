//! Raw features: what a file says, nothing more.

mod city;
mod names;
mod object;
mod shapes;
mod view;

pub use city::{Header, Item, ItemKind, RawAppearance, RawCity, Summary};
pub use names::NameId;
pub(crate) use names::Names;
pub(crate) use object::NONE;
pub use object::{Node, NodeRole, RawObject, Span, XmlAttribute};
pub use shapes::{
    Geometry, GeometryKind, GeometryRole, Line, Link, LinkOwner, Point, Ring, Shapes, Surface, SurfaceKind,
    Target, TextureRing,
};
pub use view::NodeView;
