//! From the city and the question to arrays.

pub mod grid_mask;
pub mod scene;
pub mod solid_index;
pub mod sun_list;
pub mod sweep_input;
pub mod targets;
pub mod wall_index;
