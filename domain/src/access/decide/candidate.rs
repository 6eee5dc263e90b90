//! A way to a permission: a grant and what it gives; of a delegated one, with a right of whoever
//! delegated it, beyond which it does not reach.

use super::world::Given;
use crate::access::model::{Entry, FieldName, Level, ObligationSet, Weight};
use crate::kernel::PersonId;

/// A grant that permits what is asked, so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) given: Given<'a>,
    /// A right of whoever delegated it.
    bound: Option<Given<'a>>,
}

impl<'a> Candidate<'a> {
    pub(super) fn of(given: Given<'a>) -> Self {
        Self { given, bound: None }
    }

    /// The same under this right of whoever delegated it.
    pub(super) fn bounded(self, bound: Given<'a>) -> Self {
        Self { bound: Some(bound), ..self }
    }

    pub(super) fn delegator(&self) -> Option<PersonId> {
        self.given.grant.delegated_by
    }

    fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        [Some(self.given), self.bound].into_iter().flatten().map(|given| given.entry)
    }

    pub(super) fn obligations(&self) -> ObligationSet {
        let bound = self.bound.map_or(ObligationSet::NONE, |bound| bound.obligations);
        self.given.obligations.and(bound)
    }

    /// What has to be met before, and is not.
    pub(super) fn unmet(&self, met: ObligationSet) -> ObligationSet {
        self.obligations().demands().without(met)
    }

    pub(super) fn level(&self) -> Level {
        self.entries().map(|entry| entry.level.unwrap_or_default()).min().unwrap_or_default()
    }

    pub(super) fn weight(&self) -> Weight {
        self.entries().map(|entry| entry.standing).min().unwrap_or_default()
    }

    pub(super) fn permits_field(&self, field: &FieldName, is_personal: bool) -> bool {
        self.entries().all(|entry| entry.fields.contains(field, is_personal))
    }
}
