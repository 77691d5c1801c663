//! What can be wrong with a question for synthetic tracks.

/// Tracks that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SyntheticError {
    /// A part of the city that people need is not there.
    #[error(
        "the city has no {0}: people have nowhere to walk. Open the packs with buildings and walk network"
    )]
    Missing(&'static str),
    /// No published figure to calibrate on.
    #[error(
        "there is no published population of mesh 53394525 for {year}-{month:02}. Choose 2019-01 to 2021-12"
    )]
    NoFigure {
        /// Year.
        year: u16,
        /// Month, 1 to 12.
        month: u8,
    },
    /// A number of the question.
    #[error("{0}")]
    Question(String),
    /// The frame of the city.
    #[error(transparent)]
    Frame(#[from] futago_geodesy::GeodesyError),
    /// Days and periods.
    #[error(transparent)]
    Flow(#[from] futago_flow::FlowError),
    /// Writing.
    #[error("the tracks cannot be written: {0}. Check the disk")]
    Io(#[from] std::io::Error),
}
