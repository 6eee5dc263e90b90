//! What falls when items fail, and what items lean on.
//!
//! Relations lead a failure one way each (their flow). From what fails it is followed in rounds, the
//! nearest first, so that neither the order of the relations nor circles make a difference:
//!
//! - An item falls in the round after the first of those it leans on has failed; its depth is that
//!   round's number. What is asked about has the depth 0.
//! - Where a rule of its class, or its own word, says how many of a group of relations must be up, it
//!   falls only when fewer are: N different items in service lead to it by these relations, `failed` of
//!   them, at least one, have failed, and `N - failed < min_up`; a share is compared exactly.
//! - Whoever would fall without such a rule and does not is told with how many are up. Nothing behind
//!   it is looked at.
//! - What is out of service leads no failure on, does not fall and does not count. A wall, of which
//!   somebody said that it works, does not fall but counts as up.
//! - Where others have failed besides, an item is listed when it falls from what is asked about alone,
//!   or only from both together; what falls from the others alone is theirs.
//! - Followed backwards, the same relations tell what an item leans on, whatever redundancy it has; but
//!   for those that are followed downwards alone.
//!
//! Pure: a [`Walk`] says what it wants to know next and is told it. Not here: where relations are
//! stored, which the read side knows. Called by whoever answers questions about impact, and by tickets
//! that compute theirs.

mod affected;
mod answer;
mod context;
mod graph;
mod question;
mod redundancy;
mod rules;
mod spread;
#[cfg(test)]
mod tests;
mod walk;

pub use affected::Affected;
pub use answer::{Answer, Node, State, Step};
pub use graph::{Edge, Level, NodeFacts};
pub use question::{DEPTH_MAX, Direction, EDGES_MAX, NODES_MAX, Question, Unfit};
pub use rules::{Feed, Rules};
pub use walk::{Walk, Wanted};
