//! What can go wrong with a whole import. Single features never do: they are in the Report.

/// An import that cannot give a city.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// The frame cannot be projected to.
    #[error("the site frame is not usable: {0}. Use a plane system from EPSG:6669 to 6687")]
    Frame(#[from] futago_geodesy::GeodesyError),
    /// An input that cannot be opened.
    #[error(transparent)]
    Input(#[from] crate::ImportError),
    /// No position says where on Earth it is.
    #[error(
        "{file}: no coordinate system that is known, so nobody can tell where this is. Name an EPSG code in `srsName` of the envelope, or build Futago with the feature `proj` where that names another"
    )]
    NoPlace {
        /// Name of the file.
        file: String,
    },
    /// Nothing to make a city of.
    #[error("{file} holds no city object that is wanted")]
    NoObjects {
        /// Name of the file.
        file: String,
    },
    /// A CityGML file that is not what it says.
    #[error(transparent)]
    CityGml(#[from] futago_citygml::CityGmlError),
    /// A CityJSON file that is not what it says.
    #[error(transparent)]
    CityJson(#[from] futago_cityjson::CityJsonError),
    /// A tileset or model that is not what it says.
    #[error(transparent)]
    Tiles(#[from] futago_tiles::TilesError),
    /// A layer of features that is not what it says.
    #[error(transparent)]
    Features(#[from] futago_features::FeaturesError),
    /// A file of heights that gives none.
    #[error(transparent)]
    Terrain(#[from] futago_terrain::TerrainError),
    /// An OpenStreetMap extract that is not what it says.
    #[error(transparent)]
    Osm(#[from] futago_osm::OsmError),
    /// Whoever listens to the progress had enough.
    #[error("reading {file} was cancelled")]
    Stopped {
        /// Name of the file.
        file: String,
    },
    /// More than 32-bit indices hold.
    #[error("the city has too many {what} for one pack. Cut the area into several cities")]
    TooLarge {
        /// What there is too much of.
        what: &'static str,
    },
    /// Not one usable building.
    #[error("{file} holds no usable building: see the Report for why each was left out")]
    NoBuildings {
        /// Name of the file.
        file: String,
    },
}
