//! City, question and files to arrays: which buildings, their floors, the areas they lie in, the days.

pub mod areas;
pub mod choose;
pub mod days;
pub mod floors;
pub mod published;
pub mod section;

pub use areas::OfficeArea;
pub use choose::Basis;
pub use days::Days;
pub use floors::{Office, OfficeFloor};
pub use published::Published;
