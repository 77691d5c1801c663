//! Names of CityJSON to those of CityGML 2.0, which Futago uses for both.
//!
//! What CityGML 2.0 does not have gets the name of CityGML 3.0 behind the prefix of its module; what is
//! of an extension, or of nobody, keeps its own.

/// What a type of city object is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    /// `bldg`.
    pub prefix: &'static str,
    /// `BuildingPart`, without the prefix.
    pub element: &'static str,
    /// `consistsOfBuildingPart`: how its parent holds it. Empty for a type that stands by itself.
    pub property: &'static str,
}

const fn class(prefix: &'static str, element: &'static str, property: &'static str) -> Class {
    Class { prefix, element, property }
}

/// The class of a type; none for one of an extension, or of nobody.
pub(crate) fn class_of(kind: &str) -> Option<Class> {
    Some(match kind {
        "Building" => class("bldg", "Building", ""),
        "BuildingPart" => class("bldg", "BuildingPart", "consistsOfBuildingPart"),
        "BuildingInstallation" => class("bldg", "BuildingInstallation", "outerBuildingInstallation"),
        "BuildingConstructiveElement" => {
            class("bldg", "BuildingConstructiveElement", "buildingConstructiveElement")
        }
        "BuildingFurniture" => class("bldg", "BuildingFurniture", "interiorFurniture"),
        "BuildingStorey" => class("bldg", "Storey", "buildingSubdivision"),
        "BuildingRoom" => class("bldg", "Room", "interiorRoom"),
        "BuildingUnit" => class("bldg", "BuildingUnit", "buildingSubdivision"),
        "Bridge" => class("brid", "Bridge", ""),
        "BridgePart" => class("brid", "BridgePart", "consistsOfBridgePart"),
        "BridgeInstallation" => class("brid", "BridgeInstallation", "outerBridgeInstallation"),
        "BridgeConstructiveElement" | "BridgeConstructionElement" => {
            class("brid", "BridgeConstructionElement", "outerBridgeConstruction")
        }
        "BridgeRoom" => class("brid", "BridgeRoom", "interiorBridgeRoom"),
        "BridgeFurniture" => class("brid", "BridgeFurniture", "interiorFurniture"),
        "Tunnel" => class("tun", "Tunnel", ""),
        "TunnelPart" => class("tun", "TunnelPart", "consistsOfTunnelPart"),
        "TunnelInstallation" => class("tun", "TunnelInstallation", "outerTunnelInstallation"),
        "TunnelConstructiveElement" => class("tun", "TunnelConstructiveElement", "tunnelConstructiveElement"),
        "TunnelHollowSpace" => class("tun", "HollowSpace", "interiorHollowSpace"),
        "TunnelFurniture" => class("tun", "TunnelFurniture", "interiorFurniture"),
        "Road" => class("tran", "Road", ""),
        "Railway" => class("tran", "Railway", ""),
        "Waterway" => class("tran", "Waterway", ""),
        "TransportSquare" => class("tran", "Square", ""),
        "LandUse" => class("luse", "LandUse", ""),
        "PlantCover" => class("veg", "PlantCover", ""),
        "SolitaryVegetationObject" => class("veg", "SolitaryVegetationObject", ""),
        "WaterBody" => class("wtr", "WaterBody", ""),
        "CityFurniture" => class("frn", "CityFurniture", ""),
        "TINRelief" => class("dem", "ReliefFeature", ""),
        "CityObjectGroup" => class("grp", "CityObjectGroup", ""),
        "OtherConstruction" => class("con", "OtherConstruction", ""),
        // Version 1.1 had it as an extension only.
        "GenericCityObject" | "+GenericCityObject" => class("gen", "GenericCityObject", ""),
        _ => return None,
    })
}

/// The property of a parent for a child that has none of its own: a road within a road.
pub(crate) const CHILD: &str = "core:consistsOf";

/// The full name of an attribute of an object of a module.
pub(crate) fn attribute(class: Option<Class>, name: &str) -> Option<String> {
    match name {
        "name" | "description" => return Some(format!("gml:{name}")),
        "creationDate" | "terminationDate" | "relativeToTerrain" | "relativeToWater" => {
            return Some(format!("core:{name}"));
        }
        _ => {}
    }
    let Class { prefix, element, .. } = class?;
    let known = match name {
        "class" | "function" | "usage" => prefix != "con" && prefix != "dem",
        "yearOfConstruction" | "yearOfDemolition" => {
            matches!(element, "Building" | "BuildingPart" | "Bridge" | "BridgePart" | "Tunnel" | "TunnelPart")
        }
        "roofType"
        | "measuredHeight"
        | "storeysAboveGround"
        | "storeysBelowGround"
        | "storeyHeightsAboveGround"
        | "storeyHeightsBelowGround" => matches!(element, "Building" | "BuildingPart"),
        "isMovable" => matches!(element, "Bridge" | "BridgePart"),
        "species" | "height" | "trunkDiameter" | "crownDiameter" => element == "SolitaryVegetationObject",
        "averageHeight" => element == "PlantCover",
        "surfaceMaterial" => prefix == "tran",
        _ => false,
    };
    known.then(|| format!("{prefix}:{name}"))
}

/// The property that holds the geometry of a class: `bldg:lod2Solid`.
pub(crate) fn geometry_property(class: Option<Class>, form: Form, lod: Option<u8>) -> String {
    let Class { prefix, element, .. } = class.unwrap_or(class_of_strangers());
    let lod = lod.map_or_else(String::new, |lod| lod.to_string());
    if element == "ReliefFeature" && form == Form::Surfaces {
        return "dem:tin".to_owned();
    }
    let any_form = matches!(prefix, "frn" | "gen" | "con")
        || matches!(element, "SolitaryVegetationObject")
        || ["Installation", "Furniture", "Element"].iter().any(|end| element.ends_with(end));
    let form = match form {
        Form::Instance => "ImplicitRepresentation",
        _ if any_form => "Geometry",
        Form::Points => "MultiPoint",
        Form::Lines if prefix == "tran" && lod == "0" => "Network",
        Form::Lines => "MultiCurve",
        Form::Surfaces if prefix == "bldg" && lod == "0" => "FootPrint",
        Form::Roofs if prefix == "bldg" && lod == "0" => "RoofEdge",
        Form::Surfaces | Form::Roofs => "MultiSurface",
        Form::Solids if element == "PlantCover" => "MultiSolid",
        Form::Solid | Form::Solids => "Solid",
    };
    format!("{prefix}:lod{lod}{form}")
}

/// How geometries of an extension are named: like those of a generic object.
fn class_of_strangers() -> Class {
    class("gen", "GenericCityObject", "")
}

/// What a geometry is made of, as far as the name of its property tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Points,
    Lines,
    Surfaces,
    /// Surfaces that are all roofs.
    Roofs,
    Solid,
    /// Several solids.
    Solids,
    Instance,
}

/// Property and element of a surface by its semantics, and whether they are known.
pub(crate) fn semantic(class: Option<Class>, kind: &str) -> (String, String, bool) {
    let prefix = class.map_or("gen", |class| class.prefix);
    let property = match (prefix, kind) {
        ("bldg" | "brid" | "tun" | "con", "Window" | "Door") => "opening",
        (
            "bldg" | "brid" | "tun" | "con",
            "RoofSurface"
            | "WallSurface"
            | "GroundSurface"
            | "ClosureSurface"
            | "OuterCeilingSurface"
            | "OuterFloorSurface"
            | "InteriorWallSurface"
            | "CeilingSurface"
            | "FloorSurface",
        )
        | ("wtr", "WaterSurface" | "WaterGroundSurface" | "WaterClosureSurface") => "boundedBy",
        ("tran", "TrafficArea") => "trafficArea",
        ("tran", "AuxiliaryTrafficArea") => "auxiliaryTrafficArea",
        ("tran", "TransportationMarking") => "marking",
        ("tran", "TransportationHole") => "hole",
        _ => return (format!("{prefix}:boundedBy"), kind.to_owned(), false),
    };
    (format!("{prefix}:{property}"), format!("{prefix}:{kind}"), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_citygml() {
        let building = class_of("Building");
        assert_eq!(attribute(building, "measuredHeight").unwrap(), "bldg:measuredHeight");
        assert_eq!(attribute(class_of("Road"), "function").unwrap(), "tran:function");
        assert_eq!(attribute(building, "owner"), None);
        assert_eq!(attribute(class_of("Road"), "measuredHeight"), None);
        assert_eq!(geometry_property(building, Form::Solid, Some(2)), "bldg:lod2Solid");
        assert_eq!(geometry_property(building, Form::Surfaces, Some(0)), "bldg:lod0FootPrint");
        assert_eq!(geometry_property(building, Form::Roofs, Some(0)), "bldg:lod0RoofEdge");
        assert_eq!(geometry_property(class_of("CityFurniture"), Form::Solid, Some(3)), "frn:lod3Geometry");
        assert_eq!(geometry_property(class_of("+Noise"), Form::Points, None), "gen:lodGeometry");
        assert_eq!(semantic(building, "RoofSurface").1, "bldg:RoofSurface");
        assert_eq!(semantic(building, "+Solar"), ("bldg:boundedBy".into(), "+Solar".into(), false));
        assert_eq!(semantic(class_of("Road"), "TrafficArea").0, "tran:trafficArea");
    }
}
