//! What can be wrong with tracks and networks. Each message says what, where and the way out.

use futago_field::Message;

/// Points that cannot be matched or counted. People read the texts that [`MatchingError::message`] names.
#[derive(Debug, thiserror::Error)]
pub enum MatchingError {
    /// Columns of different lengths.
    #[error(
        "the columns of points have different lengths. Hand over as many values of each as there are ids"
    )]
    Columns,
    /// Not sorted.
    #[error("point {at} is out of order. Sort by id, then by time")]
    Order {
        /// Index of the first point that comes too late.
        at: u64,
    },
    /// A track that is too long to hold.
    #[error("one id has more than {limit} points. Give each day its own ids, or thin the points")]
    TrackTooLong {
        /// Points that are allowed.
        limit: usize,
    },
    /// A city without a walk network.
    #[error("the city has no walk network to match to. Open a pack with one, or import OpenStreetMap")]
    NoNetwork,
    /// The frame of the city.
    #[error(transparent)]
    Frame(#[from] futago_geodesy::GeodesyError),
    /// The question cannot be counted.
    #[error(transparent)]
    Flow(#[from] futago_flow::FlowError),
}

impl MatchingError {
    /// The same as a text of the catalogues; the text of `<key>-remedy` takes the same values.
    pub fn message(&self) -> Message {
        match self {
            Self::Columns => Message::new("error-matching-columns"),
            Self::Order { at } => Message::new("error-matching-order").with("at", *at as f64),
            Self::TrackTooLong { limit } => {
                Message::new("error-matching-track-too-long").with("limit", *limit as f64)
            }
            Self::NoNetwork => Message::new("error-matching-no-network"),
            Self::Frame(error) => Message::new("error-matching-frame").with("cause", error.to_string()),
            Self::Flow(error) => error.message(),
        }
    }
}
