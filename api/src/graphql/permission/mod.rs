//! What permissions are said with, in and out: entries, conditions, places, subjects, populations.
//!
//! Roles, rules, templates and grants are made of these; each noun's own parts stand in its folder. What
//! an input cannot be read as is refused here, with where it stands; whether it fits is the rules'
//! business.

mod condition;
mod entry;
mod patterns;
mod population;
mod scope;
mod subject;
pub(super) mod words;

pub(super) use condition::{AccessCondition, AccessConditionInput};
pub(super) use entry::{AccessEntry, AccessEntryInput, entries};
pub(super) use patterns::{field_names, parsed, patterns, placed, unfit};
pub(super) use population::{PopulationTest, PopulationTestInput, population, tests};
pub(super) use scope::{AccessScope, AccessScopeInput, scope};
pub(super) use subject::{AccessSubject, subject, subject_of};
