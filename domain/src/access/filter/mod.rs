//! Which objects a subject may do something to: the decision for all objects at once.
//!
//! Compiled for one action at one instant in one session, it is a predicate over what is known of an
//! object; SQL is written from it elsewhere, and [`Filter::admits`] answers it here. For reads it
//! admits what [`super::decide::decide`] allows, and nothing else. An action that is no read it
//! admits as far as duties, levels and fields go along, which only the object itself can say.

mod compile;
mod predicate;
#[cfg(test)]
mod tests;

pub use compile::compile;
pub use predicate::Predicate;

use serde::Serialize;

use crate::access::decide::ObjectView;

/// How far a read reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing.
    None,
    /// What one has to do with, or a part of it all.
    Related,
    /// Everything.
    All,
}

/// Which objects, for one subject, one action, one instant, one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter(Predicate);

impl Filter {
    /// Whether this object is one of them.
    pub fn admits(&self, object: &ObjectView) -> bool {
        self.0.holds(object)
    }

    /// The predicate: the same for the same holdings and rules, in whatever order they came.
    pub fn predicate(&self) -> &Predicate {
        &self.0
    }

    /// Whether there can be no such object.
    pub fn is_empty(&self) -> bool {
        self.0 == Predicate::never()
    }

    /// Of what lies at the root, whether it is everything, nothing, or what lies between.
    pub fn reach_at_root(&self) -> Reach {
        match self.reach() {
            Reach::Related => Self(self.0.at_root()).reach(),
            whole => whole,
        }
    }

    /// Whether it is everything, nothing, or what lies between.
    pub fn reach(&self) -> Reach {
        match &self.0 {
            Predicate::All(parts) if parts.is_empty() => Reach::All,
            Predicate::Any(parts) if parts.is_empty() => Reach::None,
            _ => Reach::Related,
        }
    }
}
