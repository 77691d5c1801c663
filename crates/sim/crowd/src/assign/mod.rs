//! Who walks where: user equilibrium on a network whose links take longer the fuller they are.
//!
//! In equilibrium (Wardrop 1952) nobody gets there sooner by another way. [`equilibrium`] finds it: path by path
//! (gradient projection) or all at once (Frank-Wolfe with conjugate directions), to a wanted relative gap.
//! [`Cost`] names how long a link takes: [`Cost::Walk`] for people (Weidmann), [`Cost::Bpr`] for roads, which is
//! what published benchmarks use.

mod cost;
mod dijkstra;
mod equilibrium;
mod frank_wolfe;
mod graph;
mod projection;

pub use cost::{Cost, walk_time_s_m};
pub use dijkstra::{Tree, shortest_tree};
pub use equilibrium::{Assignment, Demand, Method, Settings, equilibrium};
pub use graph::{Arc, Graph};
