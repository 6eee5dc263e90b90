//! May this subject do this to that, now: one answer, one reason.
//!
//! | Gate | Asks | Else |
//! |---|---|---|
//! | G1 identity | the action is registered, the session serves, the subject is active; a person approves | `gate.*` |
//! | G2 function | something live gives the function permission of the type, wherever | `no_function` |
//! | H hard deny | no such rule matches, and none that matches so far cannot be answered | `hard_deny:<id>` |
//! | C candidates | something live gives the action here, standing so, under these circumstances | `revoked`, `expired`, `out_of_scope`, `no_grant` |
//! | K ceiling | the token, the sort of subject, and whoever delegated have it too | `ceiling` |
//! | S soft deny | no such rule matches, or an exception lifts it | `soft_deny:<id>` |
//! | D duties | the human has no other duty on the object, nor whom they act for | `dsod:<id>` |
//! | L level | of approvals: the level reaches | `level` |
//! | F fields | every field that is written is permitted; of those read, the others are left out | `fields:<names>` |
//! | O obligations | what has to be met before is met | `obligation:<name>` |
//!
//! Denied unless permitted; what denies beats what permits; what cannot be answered permits nothing
//! and denies. The first gate that fails is the reason, in this order, however things are ordered
//! among themselves. L and F look at the candidates whose obligations are met, so that a more
//! demanding grant takes nothing away; if there is none, at all of them.
//!
//! Pure: the instant is given, times are half-open, and how fresh the holdings are is the store's
//! to say. [`super::filter`] answers the same for every object at once.

mod asked;
mod candidate;
mod decision;
mod gates;
mod kept;
mod rules;
mod scene;
#[cfg(test)]
pub(in crate::access) mod tests;
mod world;

pub use asked::{Asked, ObjectView, Session};
pub use decision::{Decision, Effect, Fault, FieldAnswer, Gate, Reason, Source};
pub use gates::decide;
pub use rules::{RuleSet, Rules};
pub(in crate::access) use world::Given;
pub use world::{Held, Holdings, SubjectState, World};
