//! Rules of single objects: no human does two duties of one thing.

use crate::access::model::{DoneDuty, DutyName, Human, SodRule};

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
    let humans: Vec<Human> = [Some(doing.human), doing.acting_for].into_iter().flatten().collect();
    let is_broken = |rule: &&SodRule| rule.parts(doing.object_type, doing.duty, &humans, done);
    rules.into_iter().filter(is_broken).collect()
}
