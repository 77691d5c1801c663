//! What the brackets of boundaries mean: points, lines, rings of surfaces of shells of solids.

use std::ops::Range;

use crate::nested::{Cursor, Nested, Token};

/// The kinds of geometry that CityJSON has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    MultiPoint,
    MultiLineString,
    MultiSurface,
    CompositeSurface,
    Solid,
    MultiSolid,
    CompositeSolid,
    GeometryInstance,
}

impl Kind {
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "MultiPoint" => Self::MultiPoint,
            "MultiLineString" => Self::MultiLineString,
            "MultiSurface" => Self::MultiSurface,
            "CompositeSurface" => Self::CompositeSurface,
            "Solid" => Self::Solid,
            "MultiSolid" => Self::MultiSolid,
            "CompositeSolid" => Self::CompositeSolid,
            "GeometryInstance" => Self::GeometryInstance,
            _ => return None,
        })
    }

    pub fn has_surfaces(self) -> bool {
        !matches!(self, Self::MultiPoint | Self::MultiLineString | Self::GeometryInstance)
    }
}

/// Indices of a level below, one range for each member.
pub(crate) type Level = Vec<Range<u32>>;

/// The parts of one geometry. A level that the kind does not have is empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Points are one ring; lines are rings too. Stretches of the nested array.
    pub rings: Level,
    /// Rings of each surface, the outside first.
    pub surfaces: Level,
    /// Surfaces of each shell.
    pub shells: Level,
    /// Shells of each solid, the outside first.
    pub solids: Level,
}

/// Room for so many rings from the start, which most geometries do not exceed.
const USUAL_RINGS: usize = 16;

impl Layout {
    /// None when the brackets are not those of the kind.
    pub fn of(kind: Kind, boundaries: &Nested) -> Option<Self> {
        let (rings, surfaces) = (Vec::with_capacity(USUAL_RINGS), Vec::with_capacity(USUAL_RINGS));
        let mut layout = Self { rings, surfaces, ..Self::default() };
        let mut cursor = boundaries.cursor();
        let mut good = true;
        match kind {
            Kind::MultiPoint | Kind::GeometryInstance => good &= layout.ring(&mut cursor),
            Kind::MultiLineString => good &= all(&mut cursor, |cursor| layout.ring(cursor)),
            Kind::MultiSurface | Kind::CompositeSurface => {
                good &= all(&mut cursor, |cursor| layout.surface(cursor));
            }
            Kind::Solid => good &= all(&mut cursor, |cursor| layout.shell(cursor)),
            Kind::MultiSolid | Kind::CompositeSolid => {
                good &= all(&mut cursor, |cursor| layout.solid(cursor));
            }
        }
        good.then_some(layout)
    }

    fn ring(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let Some(stretch) = cursor.flat() else { return false };
        self.rings.push(stretch);
        true
    }

    fn surface(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let start = self.rings.len() as u32;
        let good = all(cursor, |cursor| self.ring(cursor));
        self.surfaces.push(start..self.rings.len() as u32);
        good
    }

    fn shell(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let start = self.surfaces.len() as u32;
        let good = all(cursor, |cursor| self.surface(cursor));
        self.shells.push(start..self.surfaces.len() as u32);
        good
    }

    fn solid(&mut self, cursor: &mut Cursor<'_>) -> bool {
        let start = self.shells.len() as u32;
        let good = all(cursor, |cursor| self.shell(cursor));
        self.solids.push(start..self.shells.len() as u32);
        good
    }

    /// The levels from the top of a kind down to its surfaces, points or lines.
    fn levels(&self, kind: Kind) -> (Range<u32>, Vec<&[Range<u32>]>) {
        let all = |level: &Level| 0..level.len() as u32;
        match kind {
            Kind::MultiPoint | Kind::GeometryInstance => {
                let points = self.rings.first().map_or(0, |ring| ring.end - ring.start);
                (0..points, vec![])
            }
            Kind::MultiLineString => (all(&self.rings), vec![]),
            Kind::MultiSurface | Kind::CompositeSurface => (all(&self.surfaces), vec![]),
            Kind::Solid => (all(&self.shells), vec![&self.shells]),
            Kind::MultiSolid | Kind::CompositeSolid => (all(&self.solids), vec![&self.solids, &self.shells]),
        }
    }

    /// Points, lines or surfaces: what semantics and materials are given to.
    pub fn primitives(&self, kind: Kind) -> usize {
        match kind {
            Kind::MultiPoint | Kind::MultiLineString => self.levels(kind).0.len(),
            _ => self.surfaces.len(),
        }
    }

    /// The number that each primitive has by `values`, and whether these fit the geometry.
    pub fn values(&self, kind: Kind, values: &Nested) -> (Vec<Option<u32>>, bool) {
        let mut found = vec![None; self.primitives(kind)];
        let (top, below) = self.levels(kind);
        let fits = walk(&mut values.cursor(), top, &below, &mut |unit, cursor| {
            let token = cursor.peek();
            cursor.skip();
            if let Token::Index(index) = token {
                found[unit as usize] = Some(index);
            }
            matches!(token, Token::Index(_) | Token::Null)
        });
        (found, fits)
    }

    /// The stretch of `values` that each ring has, and whether these fit the geometry.
    pub fn stretches(&self, kind: Kind, values: &Nested) -> (Vec<Option<Range<u32>>>, bool) {
        let mut found = vec![None; self.rings.len()];
        let (top, mut below) = self.levels(kind);
        below.push(&self.surfaces);
        let fits = walk(&mut values.cursor(), top, &below, &mut |unit, cursor| {
            let null = cursor.peek() == Token::Null;
            let stretch = cursor.flat();
            let good = null || stretch.is_some();
            found[unit as usize] = stretch;
            good
        });
        (found, fits)
    }
}

/// Takes every value of an array; false when it is none or one of its values is not good.
fn all(cursor: &mut Cursor<'_>, mut take: impl FnMut(&mut Cursor<'_>) -> bool) -> bool {
    let mut good = true;
    let array = cursor.each(|cursor| good &= take(cursor));
    array && good
}

/// Walks values beside a geometry. A null stands for nothing at all below it.
fn walk(
    cursor: &mut Cursor<'_>,
    units: Range<u32>,
    below: &[&[Range<u32>]],
    leaf: &mut impl FnMut(u32, &mut Cursor<'_>) -> bool,
) -> bool {
    if cursor.peek() == Token::Null {
        cursor.skip();
        return true;
    }
    let (mut unit, mut fits) = (units.start, true);
    let array = cursor.each(|cursor| {
        if unit >= units.end {
            cursor.skip();
            fits = false;
        } else {
            fits &= match below.split_first() {
                None => leaf(unit, cursor),
                Some((level, below)) => walk(cursor, level[unit as usize].clone(), below, leaf),
            };
        }
        unit += 1;
    });
    array && fits && unit == units.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(text: &str) -> Nested {
        Nested::of(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn a_solid_has_shells_of_surfaces_of_rings() {
        let solid = nested("[[[[0,1,2],[3,4,5]], [[6,7,8]]], [[[9,10,11]]]]");
        let layout = Layout::of(Kind::Solid, &solid).unwrap();
        assert_eq!((layout.rings.len(), &layout.surfaces), (4, &vec![0..2, 2..3, 3..4]));
        assert_eq!((&layout.shells, layout.solids.len()), (&vec![0..2, 2..3], 0));
        assert_eq!(solid.indices(layout.rings[3].clone()).collect::<Vec<_>>(), [Some(9), Some(10), Some(11)]);
        assert!(Layout::of(Kind::MultiSurface, &solid).is_none(), "one bracket too many");
        assert!(Layout::of(Kind::MultiSolid, &solid).is_none(), "one bracket too few");
        assert_eq!(Layout::of(Kind::MultiPoint, &nested("[5, 6]")).unwrap().primitives(Kind::MultiPoint), 2);
    }

    #[test]
    fn values_are_laid_beside_the_surfaces() {
        let solids = nested("[[[[[0]], [[1]]]], [[[[2]]], [[[3]]]]]");
        let layout = Layout::of(Kind::MultiSolid, &solids).unwrap();
        let values = |text| layout.values(Kind::MultiSolid, &nested(text));
        assert_eq!(values("[[[0, null]], [[1], [2]]]"), (vec![Some(0), None, Some(1), Some(2)], true));
        assert_eq!(values("[null, [[1], null]]"), (vec![None, None, Some(1), None], true));
        assert_eq!(values("[[[0]]]"), (vec![Some(0), None, None, None], false));
        assert!(!values("[[[0, 1, 2]], [[1], [2]]]").1);
        assert!(!values("[[[0, []]], [[1], [\"a\"]]]").1);
        assert_eq!(values("7"), (vec![None; 4], false));
    }

    #[test]
    fn textures_are_laid_beside_the_rings() {
        let surfaces = nested("[[[0,1,2],[3,4,5]], [[6,7,8]]]");
        let layout = Layout::of(Kind::MultiSurface, &surfaces).unwrap();
        let values = nested("[[[0,10,11,12],[null]], [null]]");
        let (found, fits) = layout.stretches(Kind::MultiSurface, &values);
        assert!(fits && found[2].is_none());
        let first: Vec<_> = values.indices(found[0].clone().unwrap()).collect();
        assert_eq!(first, [Some(0), Some(10), Some(11), Some(12)]);
        assert_eq!(values.indices(found[1].clone().unwrap()).collect::<Vec<_>>(), [None]);
    }
}
