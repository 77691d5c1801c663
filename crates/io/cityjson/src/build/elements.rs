//! Attributes and everything else that is neither geometry nor known: JSON to elements.
//!
//! | JSON | elements |
//! |---|---|
//! | a string, a number, true, false | the text, a number as it is written |
//! | null | an element with `xsi:nil` |
//! | an object | an element with its members inside |
//! | an array | as many elements of the same name; one with `count` 0 when it is empty |
//! | an array in an array | an element around those |

use futago_raw::{GeometryKind, NodeRole};

use super::Builder;
use crate::CityJsonError;
use crate::geometry::Geometry;
use crate::json::{self, Piece};
use crate::layout::{Kind, Layout};

/// As deep as the stack of a small thread can bear.
pub(crate) const MOST_DEPTH: usize = 256;

impl Builder<'_, '_> {
    /// Writes a member under a name.
    pub(super) fn element(
        &mut self,
        name: &str,
        piece: Piece<'_>,
        depth: usize,
    ) -> Result<(), CityJsonError> {
        let Some(items) = json::items(piece) else { return self.single(name, piece, depth) };
        if items.is_empty() {
            self.begin(name, NodeRole::Property)?;
            self.out.attribute("count", "0");
            self.out.end();
        }
        for item in items {
            if json::is_array(item) {
                self.check_depth(depth + 1)?;
                self.begin(name, NodeRole::Value)?;
                self.element(name, item, depth + 1)?;
                self.out.end();
            } else {
                self.single(name, item, depth)?;
            }
        }
        Ok(())
    }

    /// An element for what is no array.
    fn single(&mut self, name: &str, piece: Piece<'_>, depth: usize) -> Result<(), CityJsonError> {
        let role = if json::is_object(piece) { NodeRole::Value } else { NodeRole::Property };
        self.begin(name, role)?;
        self.content(piece, depth)?;
        self.out.end();
        Ok(())
    }

    /// What is in a piece, into the open element.
    pub(super) fn content(&mut self, piece: Piece<'_>, depth: usize) -> Result<(), CityJsonError> {
        self.check_depth(depth)?;
        if let Some(members) = json::members(piece) {
            for (name, member) in members {
                self.element(&name, member, depth + 1)?;
            }
        } else if json::is_array(piece) {
            self.element("item", piece, depth + 1)?;
        } else if json::is_null(piece) {
            self.out.attribute("xsi:nil", "true");
        } else if let Some(text) = json::scalar(piece) {
            self.out.text(&text);
        } else {
            self.out.text(piece.get());
            self.note("bad-text", || {
                format!("{} has an escape that is no letter; kept as it stands", super::excerpt(piece))
            });
        }
        Ok(())
    }

    fn check_depth(&self, depth: usize) -> Result<(), CityJsonError> {
        let limit = self.context.limits.depth.min(MOST_DEPTH);
        self.check(depth, limit, "the depth of elements inside each other", "depth")
    }

    /// `geographicalExtent`, as the envelope of CityGML.
    pub(super) fn extent(&mut self, piece: Piece<'_>) -> Result<(), CityJsonError> {
        self.begin("gml:boundedBy", NodeRole::Property)?;
        self.envelope(piece)?;
        self.out.end();
        Ok(())
    }

    pub(super) fn envelope(&mut self, piece: Piece<'_>) -> Result<(), CityJsonError> {
        let numbers = json::items(piece).unwrap_or_default();
        let numbers: Vec<_> = numbers.into_iter().filter_map(json::scalar).collect();
        let [a, b, c, d, e, f] = &numbers[..] else {
            self.note("bad-feature", || "its extent is not six numbers; kept as elements".to_owned());
            return self.element("geographicalExtent", piece, 1);
        };
        let frame = self.context.frame;
        let corner = |x, y, z| if frame.swap { format!("{y} {x} {z}") } else { format!("{x} {y} {z}") };
        self.begin("gml:Envelope", NodeRole::Value)?;
        if let Some(crs) = frame.crs {
            self.out.attribute("srsName", &format!("EPSG:{}", crs.epsg));
        }
        self.out.attribute("srsDimension", "3");
        self.out.value("gml:lowerCorner", &corner(a, b, c));
        self.out.value("gml:upperCorner", &corner(d, e, f));
        self.out.end();
        Ok(())
    }

    /// `address`: an array of objects whose members are free, but for a `location`.
    pub(super) fn addresses(&mut self, piece: Piece<'_>) -> Result<(), CityJsonError> {
        let prefix = self.class.map_or("core", |class| class.prefix);
        let property = format!("{prefix}:address");
        let items = json::items(piece).unwrap_or_else(|| vec![piece]);
        for item in items {
            let Some(members) = json::members(item) else {
                self.element(&property, item, 1)?;
                continue;
            };
            self.begin(&property, NodeRole::Property)?;
            self.begin("core:Address", NodeRole::Value)?;
            for (name, member) in members {
                match serde_json::from_str::<Geometry<'_>>(member.get()) {
                    Ok(location) if name == "location" => self.location(&location, member)?,
                    _ => self.element(&name, member, 2)?,
                }
            }
            self.out.end();
            self.out.end();
        }
        Ok(())
    }

    /// The points of an address.
    fn location(&mut self, location: &Geometry<'_>, piece: Piece<'_>) -> Result<(), CityJsonError> {
        let kind = location.kind.and_then(json::string).and_then(|name| Kind::of(&name));
        let layout = kind.filter(|kind| *kind == Kind::MultiPoint);
        let Some(layout) = layout.and_then(|kind| Layout::of(kind, &location.boundaries)) else {
            return self.element("location", piece, 2);
        };
        self.begin("core:multiPoint", NodeRole::Property)?;
        let (lod, epsg) = (self.lod(location), self.context.frame.crs.map(|crs| crs.epsg));
        self.out.begin_geometry(GeometryKind::MultiPoint, lod, epsg);
        for index in
            layout.rings.first().into_iter().flat_map(|ring| location.boundaries.indices(ring.clone()))
        {
            let at = index.and_then(|index| self.context.positions.get(index as usize).copied());
            match at.filter(|at| self.context.frame.range.holds(*at)) {
                Some(at) => {
                    self.spend(1)?;
                    self.out.point(at);
                }
                None => self.note("bad-coordinates", || "an address is at no place; left out".to_owned()),
            }
        }
        self.out.end_geometry();
        self.out.end();
        Ok(())
    }
}
