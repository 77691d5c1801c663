//! Names of CityGML 2.0 and 3.0 and their names in CityJSON 2.0 (specification 2.0.1, tables of city objects and
//! semantic surfaces).

/// City objects that CityJSON knows.
const OBJECTS: [(&str, &str); 48] = [
    ("bldg:Building", "Building"),
    ("bldg:BuildingPart", "BuildingPart"),
    ("bldg:BuildingInstallation", "BuildingInstallation"),
    ("bldg:IntBuildingInstallation", "BuildingInstallation"),
    ("bldg:BuildingFurniture", "BuildingFurniture"),
    ("bldg:Room", "BuildingRoom"),
    ("bldg:BuildingRoom", "BuildingRoom"),
    ("bldg:BuildingUnit", "BuildingUnit"),
    ("bldg:Storey", "BuildingStorey"),
    ("bldg:BuildingConstructiveElement", "BuildingConstructiveElement"),
    ("brid:Bridge", "Bridge"),
    ("brid:BridgePart", "BridgePart"),
    ("brid:BridgeInstallation", "BridgeInstallation"),
    ("brid:IntBridgeInstallation", "BridgeInstallation"),
    ("brid:BridgeConstructionElement", "BridgeConstructiveElement"),
    ("brid:BridgeConstructiveElement", "BridgeConstructiveElement"),
    ("brid:BridgeRoom", "BridgeRoom"),
    ("brid:BridgeFurniture", "BridgeFurniture"),
    ("tun:Tunnel", "Tunnel"),
    ("tun:TunnelPart", "TunnelPart"),
    ("tun:TunnelInstallation", "TunnelInstallation"),
    ("tun:IntTunnelInstallation", "TunnelInstallation"),
    ("tun:HollowSpace", "TunnelHollowSpace"),
    ("tun:TunnelConstructiveElement", "TunnelConstructiveElement"),
    ("tun:TunnelFurniture", "TunnelFurniture"),
    ("tran:Road", "Road"),
    ("tran:Railway", "Railway"),
    ("tran:Square", "TransportSquare"),
    ("tran:Track", "Road"),
    ("tran:TransportationComplex", "Road"),
    ("tran:Waterway", "Waterway"),
    ("uro:Waterway", "Waterway"),
    ("luse:LandUse", "LandUse"),
    ("veg:PlantCover", "PlantCover"),
    ("veg:SolitaryVegetationObject", "SolitaryVegetationObject"),
    ("wtr:WaterBody", "WaterBody"),
    ("frn:CityFurniture", "CityFurniture"),
    ("gen:GenericCityObject", "GenericCityObject"),
    ("gen:GenericLogicalSpace", "GenericCityObject"),
    ("gen:GenericOccupiedSpace", "GenericCityObject"),
    ("gen:GenericUnoccupiedSpace", "GenericCityObject"),
    ("con:OtherConstruction", "OtherConstruction"),
    ("dem:ReliefFeature", "TINRelief"),
    ("dem:TINRelief", "TINRelief"),
    ("uro:UndergroundBuilding", "Building"),
    ("uro:OtherConstruction", "OtherConstruction"),
    ("con:Building", "Building"),
    ("cons:OtherConstruction", "OtherConstruction"),
];

/// The first level of these holds what is a part only within them.
const ONLY_PARTS: [&str; 1] = ["TINRelief"];

/// Semantic surfaces that CityJSON knows.
const SURFACES: [&str; 18] = [
    "RoofSurface",
    "GroundSurface",
    "WallSurface",
    "ClosureSurface",
    "OuterCeilingSurface",
    "OuterFloorSurface",
    "Window",
    "Door",
    "InteriorWallSurface",
    "CeilingSurface",
    "FloorSurface",
    "WaterSurface",
    "WaterGroundSurface",
    "WaterClosureSurface",
    "TrafficArea",
    "AuxiliaryTrafficArea",
    "TransportationMarking",
    "TransportationHole",
];

/// Those that CityGML 3.0 calls otherwise.
const OTHER_SURFACES: [(&str, &str); 4] = [
    ("WindowSurface", "Window"),
    ("DoorSurface", "Door"),
    ("Marking", "TransportationMarking"),
    ("HoleSurface", "TransportationHole"),
];

/// The name of a city object, and whether it is one of CityJSON: others become generic ones and say what they
/// are.
pub(super) fn city_object(name: &str) -> (&'static str, bool) {
    let found = OBJECTS.iter().find(|(gml, _)| *gml == name);
    match found {
        Some((gml, json)) => (json, gml.rsplit(':').next() == Some(json)),
        None => ("GenericCityObject", false),
    }
}

/// Whether an element inside an object is a city object of its own.
pub(super) fn is_city_object(name: &str) -> bool {
    OBJECTS.iter().any(|(gml, json)| *gml == name && !ONLY_PARTS.contains(json))
}

/// The name of a semantic surface, if CityJSON knows it.
pub(super) fn surface(name: &str) -> Option<&'static str> {
    let local = name.rsplit(':').next().unwrap_or(name);
    let other = || OTHER_SURFACES.iter().find(|(gml, _)| *gml == local).map(|(_, json)| *json);
    SURFACES.into_iter().find(|known| *known == local).or_else(other)
}

/// Whether a kind may have geometries of a type. Kinds that are not named here may have all.
pub(super) fn allows(kind: &str, geometry: &str) -> bool {
    let surfaces = matches!(geometry, "MultiSurface" | "CompositeSurface");
    match kind {
        "TINRelief" => geometry == "CompositeSurface",
        "LandUse" => surfaces,
        "Road" | "Railway" | "TransportSquare" | "Waterway" => surfaces || geometry == "MultiLineString",
        "WaterBody" => !matches!(geometry, "MultiPoint" | "MultiSolid"),
        "PlantCover" => !matches!(geometry, "MultiPoint" | "MultiLineString"),
        "Building" | "BuildingPart" | "Bridge" | "BridgePart" => {
            !matches!(geometry, "MultiLineString" | "MultiSolid")
        }
        "BuildingRoom" | "BuildingStorey" | "BuildingUnit" | "BridgeRoom" | "Tunnel" | "TunnelPart"
        | "TunnelHollowSpace" => !matches!(geometry, "MultiPoint" | "MultiLineString" | "MultiSolid"),
        _ => true,
    }
}

/// What an object is called when its kind may not have one of its geometries.
pub(super) const GENERIC: &str = "GenericCityObject";
