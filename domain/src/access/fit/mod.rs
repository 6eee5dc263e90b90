//! Whether what somebody says of permissions is within its bounds, and of things there are.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::access::model::{ActionClass, ActionPattern, Condition, Entry, FieldSet, Registry};
use crate::kernel::text::NAME_MAX;

/// Most patterns of actions in one place.
pub const PATTERNS_MAX: usize = 50;
/// Most ways to stand to an object, each of which will do.
pub const STANDINGS_MAX: usize = 32;
/// Most fields in one place.
pub const FIELDS_MAX: usize = 200;
/// The longest time that something is granted for, in hours: ten years.
pub const HOURS_MAX: u32 = 10 * 366 * 24;

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// None, too many, or one twice.
    #[error("names 1 to {PATTERNS_MAX} distinct actions or patterns of them")]
    Actions,
    /// It means nothing that can be done.
    #[error("means no action that there is: {0}")]
    Unknown(ActionPattern),
    /// Too many ways to stand to an object.
    #[error("names more than {STANDINGS_MAX} ways to stand to an object")]
    Standings,
    /// None, or too many.
    #[error("is for 1 to {FIELDS_MAX} fields, or all")]
    Fields,
    /// A level of something that is not an approval.
    #[error("has a level, and what it permits is no approval")]
    Level,
    /// Out of bounds, or never answered.
    #[error("has a condition that is too long, or never answered")]
    Condition,
}

/// Whether these are some actions that there are.
///
/// # Errors
/// None, too many, one twice, or one that means nothing.
pub fn patterns(patterns: &[ActionPattern], registry: &Registry) -> Result<(), EntryFault> {
    let distinct: BTreeSet<&ActionPattern> = patterns.iter().collect();
    if !(1..=PATTERNS_MAX).contains(&patterns.len()) || distinct.len() < patterns.len() {
        return Err(EntryFault::Actions);
    }
    let means_nothing = |it: &&ActionPattern| registry.matching(it).next().is_none();
    match patterns.iter().find(means_nothing) {
        Some(pattern) => Err(EntryFault::Unknown(pattern.clone())),
        None => Ok(()),
    }
}

/// Whether a condition is within its bounds.
///
/// # Errors
/// It is not.
pub fn condition(condition: Option<&Condition>) -> Result<(), EntryFault> {
    let fits = |condition: &Condition| condition.fits() && words_fit(condition);
    if condition.is_none_or(fits) { Ok(()) } else { Err(EntryFault::Condition) }
}

fn words_fit(condition: &Condition) -> bool {
    match condition {
        Condition::AttributeIn { values, .. } => {
            values.iter().all(|value| value.chars().count() <= NAME_MAX)
        }
        Condition::All(parts) => parts.iter().all(words_fit),
        Condition::TimeWindow { .. } | Condition::RiskAtMost(_) => true,
    }
}

/// Whether an entry is within its bounds, and of things there are.
///
/// # Errors
/// What does not fit first.
pub fn entry(entry: &Entry, registry: &Registry) -> Result<(), EntryFault> {
    patterns(&entry.actions, registry)?;
    if entry.when.0.len() > STANDINGS_MAX {
        return Err(EntryFault::Standings);
    }
    if let FieldSet::Only(fields) = &entry.fields
        && !(1..=FIELDS_MAX).contains(&fields.len())
    {
        return Err(EntryFault::Fields);
    }
    let mut meant = entry.actions.iter().flat_map(|pattern| registry.matching(pattern));
    let approves = meant.any(|action| registry.info(action).class == ActionClass::Approval);
    if entry.level.is_some() && !approves {
        return Err(EntryFault::Level);
    }
    condition(entry.condition.as_ref())
}
