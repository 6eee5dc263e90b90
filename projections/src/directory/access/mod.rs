//! Access, as the append keeps it: the rules, who belongs to which group, what everybody has.
//!
//! What follows from the rules is the same for everybody and is worked out once a revision; what
//! somebody has under them, once a revision of theirs. Neither is ever behind: the revisions are asked
//! for with whoever speaks, and a change is bound from the next request on.

mod crowd;
mod facts;
mod findings;
mod groups;
mod held;
mod holders;
mod humans;
mod request;
pub(super) mod said;
mod scene;
mod settled;
mod simulation;
#[cfg(test)]
mod tests;
mod voters;
mod worlds;

pub use facts::Doing;
pub(super) use facts::{Sources, access, by_rule};
pub use simulation::Outcome;
pub(super) use worlds::{Bearing, Wanted, Worlds};
