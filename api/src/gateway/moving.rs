//! What becomes of the access of whoever moves: Annals itself draws it, in the same append.
//!
//! What rules gave them in the old place and give no more ends after the grace; what somebody gave
//! them is confirmed, or ends. What the new place gives comes by the rules, as to everybody.

use std::collections::BTreeSet;

use domain::access::model::{Grant, GrantState};
use domain::assignment_rule::AssignmentRule;
use domain::assignment_rule::event::Given;
use domain::kernel::{GrantId, PersonId};
use domain::person::state::Body;
use domain::subject_access::command::Transfer;
use domain::subject_access::{SubjectAccess, state};

use super::desk::Desk;
use super::{Gateway, GatewayError};

impl Gateway {
    /// What follows for those who moved by the steps on the desk, of what they had before these.
    pub(super) async fn transfers(
        &self,
        desk: &Desk,
    ) -> Result<Vec<(PersonId, Transfer)>, GatewayError> {
        let mut transfers = Vec::new();
        for (person, body) in desk.moved() {
            let Some(moved) = body.moved.clone() else { continue };
            let access = self.0.journal.load::<SubjectAccess>(person.0).await?.state;
            let Some(access) = access.0.filter(|access| !access.closed) else { continue };
            let lost = self.lost(desk, (person, &body), &access).await?;
            let had = active(&access).map(|grant| grant.id).collect();
            let (moved, grace_days) = (moved.from, moved.grace_days);
            transfers.push((person, Transfer { moved, grace_days, had, lost }));
        }
        Ok(transfers)
    }

    /// What rules gave the person, and do not give to somebody of what they are now.
    async fn lost(
        &self,
        desk: &Desk,
        (person, body): (PersonId, &Body),
        access: &state::Body,
    ) -> Result<BTreeSet<GrantId>, GatewayError> {
        let is = body.attributes(desk.units_of(person, self.units_of(person).await?));
        let today = self.now().date_naive();
        let mut lost = BTreeSet::new();
        for grant in active(access) {
            let Some(rule) = access.by_rule.get(&grant.id) else { continue };
            let rule = self.0.journal.load::<AssignmentRule>(rule.0).await?.state;
            let given = grant.role().map(|role| Given { role, scope: grant.scope.clone() });
            let kept = rule.0.zip(given).is_some_and(|(it, given)| it.gives(&given, &is, today));
            if !kept {
                lost.insert(grant.id);
            }
        }
        Ok(lost)
    }
}

fn active(access: &state::Body) -> impl Iterator<Item = &Grant> {
    access.grants.values().filter(|grant| grant.state == GrantState::Active)
}
