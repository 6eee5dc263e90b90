//! An access request, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::model::Lifted;
use domain::access_request::state::Phase;
use domain::access_request::wanted::{Failure, Rejection, What};
use domain::access_request::words::Ending;
use projections::access_requests::RequestRow;
use projections::cis::At;

use super::stages::{AccessFinding, AccessQuestion, AccessStage, AccessVote, people};
use super::words::{AccessRequestCause, AccessRequestState};
use crate::graphql::access_grant::{AccessGrant, grant};
use crate::graphql::definition::{name, one};
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::permission::{AccessScope, AccessSubject};
use crate::graphql::person::Person;
use crate::graphql::role::AccessRole;
use crate::graphql::scalar::Position;
use crate::graphql::sod_rule::SodRule;

/// Somebody asks for access.
pub(in crate::graphql) struct AccessRequest(pub(in crate::graphql) RequestRow);

/// Somebody asks for access.
#[Object]
impl AccessRequest {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.request_id)
    }

    /// Who asks; null: a program.
    async fn requester(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.requester_id else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// Who would have it.
    async fn beneficiary(&self) -> AccessSubject {
        AccessSubject(self.0.beneficiary)
    }

    /// The role that is wanted; null: it is an exception.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Some(role) = self.0.role_id else { return Ok(None) };
        one(cx, role.0, At::Now).await
    }

    /// The rule that would not deny, if it is an exception from one.
    async fn deny_rule(&self, cx: &Context<'_>) -> Result<Option<DenyRule>> {
        match self.lifts() {
            Some(Lifted::Deny(rule)) => one(cx, rule.0, At::Now).await,
            Some(Lifted::Sod(_)) | None => Ok(None),
        }
    }

    /// The rule of duties that would not count, if it is an exception from one.
    async fn sod_rule(&self, cx: &Context<'_>) -> Result<Option<SodRule>> {
        match self.lifts() {
            Some(Lifted::Sod(rule)) => one(cx, rule.0, At::Now).await,
            Some(Lifted::Deny(_)) | None => Ok(None),
        }
    }

    /// Of an exception: what would be done in the rule's place.
    async fn control(&self) -> Option<&str> {
        match &self.0.told.wanted.what {
            What::Exception { control, .. } => Some(control),
            What::Role { .. } => None,
        }
    }

    /// Where it would be held.
    async fn scope(&self) -> AccessScope {
        AccessScope(self.0.told.wanted.scope.clone())
    }

    /// From when on; null: as soon as it is approved.
    async fn from(&self) -> Option<DateTime<Utc>> {
        self.0.told.wanted.from
    }

    /// Until when; null: until it is revoked.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.told.wanted.until
    }

    /// Why, in the words of whoever asks.
    async fn justification(&self) -> &str {
        &self.0.justification
    }

    /// Where on its way it is.
    async fn state(&self) -> AccessRequestState {
        self.0.state.into()
    }

    /// Why it is rejected, failed or over; null when it is not.
    async fn because(&self) -> Option<AccessRequestCause> {
        cause(&self.0.told.phase)
    }

    /// The level at which approvers must be able to decide; null while the rules are asked.
    async fn risk(&self) -> Option<u8> {
        self.0.told.plan.as_ref().map(|plan| plan.risk.0)
    }

    /// What the rules noted about it.
    async fn findings(&self) -> Vec<AccessFinding> {
        let findings = self.0.told.plan.iter().flat_map(|plan| &plan.findings);
        findings.copied().map(AccessFinding).collect()
    }

    /// The rules that apply, by their keys.
    async fn rules(&self) -> Vec<&str> {
        let rules = self.0.told.plan.iter().flat_map(|plan| &plan.rules);
        rules.map(String::as_str).collect()
    }

    /// Its way, stage by stage, made when it was submitted; empty: approved by a rule that says so.
    async fn stages(&self) -> Vec<AccessStage> {
        let stages = self.0.told.plan.iter().flat_map(|plan| &plan.stages);
        let numbered = stages.cloned().zip(1u8..);
        let waits = |number| self.0.round().filter(|round| round.stage == number).cloned();
        numbered
            .map(|(stage, number)| AccessStage { number, stage, round: waits(number) })
            .collect()
    }

    /// The number of the stage that waits; null when none does.
    async fn stage(&self) -> Option<u8> {
        self.0.round().map(|round| round.stage)
    }

    /// Who has a seat at the stage that waits, and has not voted.
    async fn approvers(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        people(cx, self.0.approver_ids.iter()).await
    }

    /// What was decided by whom, in order.
    async fn votes(&self) -> Vec<AccessVote> {
        self.0.votes.iter().cloned().map(AccessVote).collect()
    }

    /// What was asked and answered, in order.
    async fn questions(&self) -> Vec<AccessQuestion> {
        self.0.questions.iter().cloned().map(AccessQuestion).collect()
    }

    /// The request whose access this one prolongs.
    async fn renews(&self, cx: &Context<'_>) -> Result<Option<Self>> {
        let Some(id) = self.0.renews_id else { return Ok(None) };
        loader::access_request(cx, id).await
    }

    /// What came of it; null before, and when you may not see it.
    async fn grant(&self, cx: &Context<'_>) -> Result<Option<AccessGrant>> {
        let Some(id) = self.0.grant_id else { return Ok(None) };
        grant(cx, id).await
    }

    /// When time asks for something next: a reminder, an escalation, its end, or its beginning.
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        self.0.due_at
    }

    /// When it was submitted.
    async fn submitted_at(&self) -> DateTime<Utc> {
        self.0.submitted_at
    }

    /// When it was approved, rejected or given up.
    async fn decided_at(&self) -> Option<DateTime<Utc>> {
        self.0.decided_at
    }

    /// With which event of the log it began.
    async fn position(&self) -> Position {
        Position::Number(self.0.submitted_seq)
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

impl AccessRequest {
    /// What is wanted, as the reader may know it: the role, or the rule that would not count.
    pub(in crate::graphql) async fn name(&self, cx: &Context<'_>) -> Result<Option<String>> {
        match (self.0.role_id, self.lifts()) {
            (Some(role), _) => name::<AccessRole>(cx, role.0).await,
            (None, Some(Lifted::Deny(rule))) => name::<DenyRule>(cx, rule.0).await,
            (None, Some(Lifted::Sod(rule))) => name::<SodRule>(cx, rule.0).await,
            (None, None) => Ok(None),
        }
    }

    fn lifts(&self) -> Option<Lifted> {
        match self.0.told.wanted.what {
            What::Exception { lifts, .. } => Some(lifts),
            What::Role { .. } => None,
        }
    }
}

fn cause(phase: &Phase) -> Option<AccessRequestCause> {
    use AccessRequestCause as C;
    Some(match phase {
        Phase::Rejected(because) => match because {
            Rejection::Votes { .. } => C::Votes,
            Rejection::NoApprover => C::NoApprover,
            Rejection::Duties { .. } => C::Duties,
            Rejection::HardDeny { .. } => C::HardDeny,
            Rejection::BeneficiaryGone => C::BeneficiaryGone,
            Rejection::RoleRetired => C::RoleRetired,
        },
        Phase::Failed(because) => match because {
            Failure::Duties { .. } => C::Duties,
            Failure::Conflict => C::Conflict,
            Failure::BeneficiaryInactive => C::BeneficiaryInactive,
            Failure::RoleRetired => C::RoleRetired,
            Failure::Late => C::Late,
        },
        Phase::Ended(ending) => match ending {
            Ending::Expired => C::Expired,
            Ending::Revoked => C::Revoked,
            Ending::Superseded => C::Superseded,
        },
        Phase::Checking
        | Phase::Awaiting(_)
        | Phase::Approved
        | Phase::Active(_)
        | Phase::TimedOut
        | Phase::Withdrawn => return None,
    })
}
