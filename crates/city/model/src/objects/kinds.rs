//! What elements and geometries are. The numbers are those of the pack and never change their meaning.

/// Declares an enum whose numbers are kept in packs.
macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $kind:ident = $number:literal,)* }) => {
        $(#[$doc])*
        #[repr(u32)]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$item])* $kind = $number,)* }

        impl $name {
            /// The kind of a number, if there is one.
            pub fn from_number(number: u32) -> Option<Self> {
                match number {
                    $($number => Some(Self::$kind),)*
                    _ => None,
                }
            }
        }
    };
}

numbered! {
    /// What a geometry is (`gml:MultiSurface`, ...).
    #[expect(missing_docs, reason = "the names of GML 3.1.1")]
    GeometryKind {
        Point = 0,
        MultiPoint = 1,
        LineString = 2,
        Curve = 3,
        CompositeCurve = 4,
        OrientableCurve = 5,
        MultiCurve = 6,
        Polygon = 7,
        Surface = 8,
        TriangulatedSurface = 9,
        Tin = 10,
        CompositeSurface = 11,
        OrientableSurface = 12,
        MultiSurface = 13,
        Shell = 14,
        Solid = 15,
        CompositeSolid = 16,
        MultiSolid = 17,
        MultiGeometry = 18,
        GeometricComplex = 19,
    }
}

numbered! {
    /// How a geometry sits in the one around it.
    GeometryRole {
        /// A member, or on its own.
        Member = 0,
        /// The outer shell of a solid.
        Exterior = 1,
        /// A hollow of a solid.
        Interior = 2,
    }
}

numbered! {
    /// What a surface is.
    SurfaceKind {
        /// `gml:Polygon` or `gml:PolygonPatch`.
        Polygon = 0,
        /// `gml:Triangle`.
        Triangle = 1,
        /// `gml:Rectangle`.
        Rectangle = 2,
    }
}

numbered! {
    /// What an element is.
    ElementRole {
        /// A city object: the object itself, a part, a boundary surface, an opening, a room.
        Part = 0,
        /// A value with fields, such as `uro:BuildingDetailAttribute` or `core:Address`.
        Value = 1,
        /// A property: a text, or the way to parts, values or geometry.
        Property = 2,
    }
}

numbered! {
    /// What a root is.
    RootKind {
        /// A city object.
        Object = 0,
        /// The beginning of an appearance: its `app:Appearance` without what is in it.
        Appearance = 1,
        /// A texture or material of the appearance before it.
        SurfaceData = 2,
        /// Another element of an appearance, such as its theme.
        AppearanceProperty = 3,
        /// Another element of the file, such as its envelope.
        Property = 4,
    }
}

numbered! {
    /// What a reference leads to.
    TargetKind {
        /// Not in the object that refers.
        Outside = 0,
        /// A surface.
        Surface = 1,
        /// A geometry.
        Geometry = 2,
        /// A ring.
        Ring = 3,
        /// A line.
        Line = 4,
        /// A point.
        Point = 5,
        /// An element.
        Element = 6,
    }
}
