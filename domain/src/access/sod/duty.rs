//! Rules of single objects: no human does two duties of one thing.

use crate::access::model::{DoneDuty, DutyName, Human, SodKind, SodRule};

/// Somebody is about to do a duty.
#[derive(Debug, Clone, Copy)]
pub struct Doing<'a> {
    /// On what sort of object.
    pub object_type: &'a str,
    /// Which duty.
    pub duty: &'a DutyName,
    /// Who.
    pub human: Human,
    /// In whose place.
    pub acting_for: Option<Human>,
}

/// The rules that are broken by it on an object where these duties were done, in the order they
/// come. The same duty once more breaks none; another one does, of the human or of whoever they act
/// for, and done by either or in the place of either.
pub fn broken<'a>(
    rules: impl IntoIterator<Item = &'a SodRule>,
    doing: Doing<'_>,
    done: &[DoneDuty],
) -> Vec<&'a SodRule> {
    let humans = [Some(doing.human), doing.acting_for];
    let is_broken = |rule: &&SodRule| {
        let SodKind::Dynamic { object_type, duties } = &rule.kind else { return false };
        let names = |name: &DutyName| duties.iter().any(|duty| duty.name == *name);
        object_type == doing.object_type
            && names(doing.duty)
            && done.iter().filter(|done| done.duty != *doing.duty && names(&done.duty)).any(
                |done| {
                    let by = [Some(done.human), done.acting_for];
                    by.into_iter().flatten().any(|human| humans.contains(&Some(human)))
                },
            )
    };
    rules.into_iter().filter(is_broken).collect()
}
