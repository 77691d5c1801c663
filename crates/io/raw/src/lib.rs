//! Raw features: what a file of city objects says, nothing more.
//!
//! Every format of city objects (CityGML, CityJSON, 3D Tiles) is read to these types, so that what comes
//! after has one thing to understand. An object is a tree of elements ([`NodeView`]) with texts and
//! attributes, named as CityGML names them (`bldg:measuredHeight`), and its geometries as flat arrays
//! ([`Shapes`]). Nothing is cleaned, projected or left out here: that is `io/assemble`.
//!
//! Beside them stand the raw features of what is no city object: footprints, lines, areas and lists
//! ([`Raw`]) and ways for people ([`RawWalkLink`]), of GeoJSON, CSV and OpenStreetMap.
//!
//! Coordinates of city objects stand in the order of their system ([`futago_geodesy::Crs`]): latitude, longitude, height,
//! or north, east, height.

mod builder;
mod city;
mod collect;
mod features;
mod folder;
mod names;
mod object;
mod osm;
mod shapes;
mod view;
mod walk;

pub use builder::ObjectBuilder;
pub use city::{Header, Item, RawAppearance, RawCity, Summary};
pub use collect::Collect;
pub use features::{
    LonLatPair, OsmId, Raw, RawArea, RawBuilding, RawLandmark, RawLine, RawPolygon, RawRoofPiece, RawShelter,
    place_in,
};
pub use folder::Folder;
pub use futago_model::objects::{
    ElementRole as NodeRole, GeometryKind, GeometryRole, RootKind as ItemKind, SurfaceKind,
};
pub use names::{NameId, Names};
pub use object::{NONE, Node, RawObject, Span, XmlAttribute};
pub use osm::{Direction, Incline, RawOsmBuilding, RawWalkSpot, RawWalkWay, WayKind};
pub use shapes::{Geometry, Line, Link, LinkOwner, Point, Ring, Shapes, Surface, Target, TextureRing};
pub use view::NodeView;
pub use walk::{PlanePair, RawFloorPart, RawUndergroundWay, RawWalkLink, RawWalkNode};
