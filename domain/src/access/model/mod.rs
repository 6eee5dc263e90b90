//! What permission grants are made of: subjects, scopes, actions, roles, grants, rules that deny.
//!
//! Data and the questions that one piece can answer alone. What follows from all of them together is
//! said by [`super::decide`] for one object and by [`super::filter`] for all. Everything here that
//! events store has one frozen text or JSON form, and refuses what does not fit it.

mod action;
mod ceiling;
mod condition;
mod deny;
mod entry;
mod fields;
mod grant;
mod pattern;
mod registry;
mod relation;
mod role;
mod roles;
mod scope;
mod sod;
mod subject;
#[cfg(test)]
mod tests;
mod tree;

pub(in crate::access) use condition::window;
pub(in crate::access) use registry::is_high_risk;
pub(in crate::access) use tree::Wall;

pub use action::{ACTION_MAX, ActionName, NotAnAction, PART_MAX};
pub use ceiling::Ceiling;
pub use condition::{
    ATTRIBUTE_VALUES_MAX, CONDITIONS_MAX, Condition, ConditionFault, Surroundings, Zone,
};
pub use deny::{Deny, Exception, Lifted, Matcher, Strength};
pub use entry::{Entry, Level, Obligation, ObligationSet, Weight};
pub use fields::{FieldName, FieldSet, NotAField};
pub use grant::{Grant, GrantSource, GrantState, Granted};
pub use pattern::{ActionPattern, NotAPattern};
pub use registry::{ActionClass, ActionId, ActionInfo, ActionTaken, Registry};
pub use relation::{RelationName, RelationRule, RelationSet};
pub use role::{RiskTier, RoleDefinition};
pub use roles::{Effective, JUNIORS_DEPTH_MAX, RoleIndex, Roles, RolesFault};
pub use scope::{NotAScope, SCOPE_DEPTH_MAX, SEGMENT_MAX, Scope, ScopePath};
pub use sod::{Counted, DoneDuty, Duty, DutyName, NotADuty, SodAction, SodKind, SodRule};
pub use subject::{AccessSubject, Human, NotASubject, SubjectKind};
pub use tree::{ClassSet, ScopeTree};
