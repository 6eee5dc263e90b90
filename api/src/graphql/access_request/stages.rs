//! The stages of a request: who sits there, what they said, how long it may take.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access_request::plan::Stage;
use domain::access_request::stage::{Mode, Seat, Threshold};
use domain::access_request::state::Round;
use domain::access_request::wanted::Finding;
use domain::kernel::PersonId;
use projections::access_requests::{QuestionRow, VoteRow};
use projections::cis::At;

use super::words::{AccessFindingKind, AccessStageMode, AccessVoteKind};
use crate::graphql::calendar::Calendar;
use crate::graphql::definition::one;
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::sod_rule::SodRule;

/// A stage of a request.
pub(super) struct AccessStage {
    pub(super) number: u8,
    pub(super) stage: Stage,
    /// If it is the one that waits.
    pub(super) round: Option<Round>,
}

/// A seat at the stage that waits.
pub(super) struct AccessSeat {
    meant_for: PersonId,
    seat: Seat,
}

/// So many of some.
pub(super) struct AccessThreshold(Threshold<PersonId>);

/// A vote.
pub(super) struct AccessVote(pub(super) VoteRow);

/// A question, and what was answered.
pub(super) struct AccessQuestion(pub(super) QuestionRow);

/// Something that the rules take note of.
pub(super) struct AccessFinding(pub(super) Finding);

/// How long the stage that waits may take.
#[derive(SimpleObject)]
pub(super) struct AccessStageSteps {
    /// Half of its time is over.
    half_at: DateTime<Utc>,
    /// Nine tenths of it are over.
    most_at: DateTime<Utc>,
    /// It is over.
    due_at: DateTime<Utc>,
    /// How often it went up a level.
    escalations: u8,
}

/// A stage of a request.
#[Object]
impl AccessStage {
    /// Which, from 1.
    async fn number(&self) -> u8 {
        self.number
    }

    /// The rules that made it, by their keys; empty: what applies without one.
    async fn rules(&self) -> Vec<&str> {
        self.stage.rules.iter().map(String::as_str).collect()
    }

    /// For whom its seats were meant.
    async fn approvers(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        people(cx, self.stage.approvers.iter()).await
    }

    /// How many votes decide.
    async fn mode(&self) -> AccessStageMode {
        match self.stage.mode {
            Mode::Any => AccessStageMode::Any,
            Mode::All => AccessStageMode::All,
            Mode::Quorum { .. } => AccessStageMode::Quorum,
            Mode::Thresholds { .. } => AccessStageMode::Thresholds,
        }
    }

    /// Of a quorum: how many approve.
    async fn needed(&self) -> Option<u8> {
        match self.stage.mode {
            Mode::Quorum { needed } => Some(needed),
            Mode::Any | Mode::All | Mode::Thresholds { .. } => None,
        }
    }

    /// Of thresholds: these, from above.
    async fn thresholds(&self) -> Vec<AccessThreshold> {
        match &self.stage.mode {
            Mode::Thresholds { steps } => steps.iter().cloned().map(AccessThreshold).collect(),
            Mode::Any | Mode::All | Mode::Quorum { .. } => Vec::new(),
        }
    }

    /// How many seconds it may take.
    async fn seconds(&self) -> u32 {
        self.stage.span.seconds
    }

    /// In whose hours they count; null: always.
    async fn calendar(&self, cx: &Context<'_>) -> Result<Option<Calendar>> {
        let Some(id) = self.stage.span.calendar else { return Ok(None) };
        loader::calendar(cx, id).await
    }

    /// If it is the one that waits: its seats.
    async fn seats(&self) -> Vec<AccessSeat> {
        let seats = self.round.iter().flat_map(|round| &round.seats);
        seats.map(|(meant_for, seat)| AccessSeat { meant_for: *meant_for, seat: *seat }).collect()
    }

    /// If it is the one that waits: how long.
    async fn steps(&self) -> Option<AccessStageSteps> {
        self.round.as_ref().map(|round| AccessStageSteps {
            half_at: round.steps.half_at,
            most_at: round.steps.most_at,
            due_at: round.steps.due_at,
            escalations: round.level,
        })
    }
}

/// A seat at the stage that waits.
#[Object]
impl AccessSeat {
    /// For whom it was meant.
    async fn meant_for(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.meant_for).await
    }

    /// Whose it is now.
    async fn holder(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.seat.holder).await
    }

    /// After how many escalations it was set.
    async fn level(&self) -> u8 {
        self.seat.level
    }

    /// What whoever has it said; null: nothing yet.
    async fn vote(&self) -> Option<AccessVoteKind> {
        self.seat.vote.map(Into::into)
    }
}

/// So many of some.
#[Object]
impl AccessThreshold {
    /// Whose votes count; empty: everybody's.
    async fn among(&self, cx: &Context<'_>) -> Result<Vec<Person>> {
        people(cx, self.0.among.iter()).await
    }

    /// How many approve.
    async fn approve(&self) -> u8 {
        self.0.approve
    }

    /// How many reject.
    async fn reject(&self) -> u8 {
        self.0.reject
    }
}

/// A vote.
#[Object]
impl AccessVote {
    /// At which stage, from 1.
    async fn stage(&self) -> u8 {
        self.0.stage
    }

    /// For whom the seat was meant.
    async fn seat(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.seat_id).await
    }

    /// Who voted.
    async fn by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.by_id).await
    }

    /// Yes or no.
    async fn vote(&self) -> AccessVoteKind {
        self.0.vote.into()
    }

    /// In their words.
    async fn comment(&self) -> Option<&str> {
        self.0.comment.as_deref()
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Whether something else was asked for since, so that it counts no more.
    async fn void(&self) -> bool {
        self.0.void
    }
}

/// A question, and what was answered.
#[Object]
impl AccessQuestion {
    /// Who asked.
    async fn by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.by_id).await
    }

    /// What.
    async fn question(&self) -> &str {
        &self.0.question
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// Who answered.
    async fn answered_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.answered_by_id else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// What.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// When.
    async fn answered_at(&self) -> Option<DateTime<Utc>> {
        self.0.answered_at
    }
}

/// Something that the rules take note of.
#[Object]
impl AccessFinding {
    /// What.
    async fn kind(&self) -> AccessFindingKind {
        match self.0 {
            Finding::DutiesBlock { .. } => AccessFindingKind::DutiesBlock,
            Finding::DutiesApprove { .. } => AccessFindingKind::DutiesApprove,
            Finding::DutiesRecord { .. } => AccessFindingKind::DutiesRecord,
            Finding::HardDeny { .. } => AccessFindingKind::HardDeny,
            Finding::SoftDeny { .. } => AccessFindingKind::SoftDeny,
            Finding::Overlong => AccessFindingKind::Overlong,
        }
    }

    /// The rule of duties, if it is one.
    async fn sod_rule(&self, cx: &Context<'_>) -> Result<Option<SodRule>> {
        match self.0 {
            Finding::DutiesBlock { rule }
            | Finding::DutiesApprove { rule }
            | Finding::DutiesRecord { rule } => one(cx, rule.0, At::Now).await,
            Finding::HardDeny { .. } | Finding::SoftDeny { .. } | Finding::Overlong => Ok(None),
        }
    }

    /// The rule that denies, if it is one.
    async fn deny_rule(&self, cx: &Context<'_>) -> Result<Option<DenyRule>> {
        match self.0 {
            Finding::HardDeny { rule } | Finding::SoftDeny { rule } => {
                one(cx, rule.0, At::Now).await
            }
            Finding::DutiesBlock { .. }
            | Finding::DutiesApprove { .. }
            | Finding::DutiesRecord { .. }
            | Finding::Overlong => Ok(None),
        }
    }
}

/// These people, by their names at least.
pub(super) async fn people(
    cx: &Context<'_>,
    ids: impl Iterator<Item = &PersonId>,
) -> Result<Vec<Person>> {
    let ids: Vec<PersonId> = ids.copied().collect();
    loader::people_of(cx, &ids).await
}
