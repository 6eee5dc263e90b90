//! Access, as the append keeps it: the rules, who belongs to which group, what everybody has.
//!
//! What follows from the rules is the same for everybody and is worked out once a revision; what
//! somebody has under them, once a revision of theirs. Neither is ever behind: the revisions are asked
//! for with whoever speaks, and a change is bound from the next request on.

mod crowd;
mod ending;
mod facts;
mod findings;
mod groups;
mod held;
mod holders;
mod humans;
mod leaning;
mod request;
pub(super) mod said;
mod scene;
mod settled;
mod simulation;
#[cfg(test)]
mod tests;
mod voters;
mod worlds;

pub use ending::LeftBehind;
pub(super) use ending::left_behind;
pub use facts::Doing;
pub(super) use facts::{Sources, access, by_rule};
pub(super) use held::{accounts, held};
pub(super) use settled::{Read, Settled};
pub use simulation::Outcome;
pub(super) use worlds::{Bearing, Wanted, Worlds};
