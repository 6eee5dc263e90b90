//! The settings in force.

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use domain::kernel::SlaPlanId;
use domain::settings::{Policy, Quality};
use domain::ticket::words::{Impact as KnownImpact, Urgency as KnownUrgency};

use super::words::Language;
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::sla_plan::SlaPlan;
use crate::graphql::ticket::words::{Impact, Priority, TicketKind, Urgency};
use crate::graphql::unit::Unit;

/// The settings in force, and the number of their events.
pub(super) struct Settings {
    policy: Policy,
    version: i64,
}

/// What an impact and an urgency mean.
#[derive(SimpleObject)]
struct PriorityMatrixCell {
    /// How much is affected.
    impact: Impact,
    /// How soon it hurts.
    urgency: Urgency,
    /// How pressing it is by that.
    priority: Priority,
}

/// Which files are taken.
#[derive(SimpleObject)]
#[graphql(complex)]
struct AttachmentPolicy {
    /// The largest file.
    max_bytes: u32,
    #[graphql(skip)]
    taken: Vec<String>,
}

#[ComplexObject]
impl AttachmentPolicy {
    /// Such as image/png; empty: none are taken.
    async fn media_types(&self) -> &[String] {
        &self.taken
    }
}

/// What tickets are measured by.
#[derive(SimpleObject)]
struct SlaPolicy {
    /// Whether plans measure tickets that are opened from now on; else people name deadlines.
    on: bool,
    /// The plans of tickets whose subject has none, by their kind.
    plans: Vec<SlaKindPlan>,
}

/// The plan of tickets of a kind whose subject has none.
#[derive(SimpleObject)]
#[graphql(complex)]
struct SlaKindPlan {
    /// Which kind.
    kind: TicketKind,
    #[graphql(skip)]
    plan_id: SlaPlanId,
}

#[ComplexObject]
impl SlaKindPlan {
    /// Which plan.
    async fn sla_plan(&self, cx: &Context<'_>) -> Result<Option<SlaPlan>> {
        loader::sla_plan(cx, self.plan_id).await
    }
}

/// Which closed tickets are judged, and by what.
#[derive(SimpleObject)]
struct QualityPolicy {
    /// Of how many percent of them the requester is asked how it was.
    survey_percent: u8,
    /// Days in which answers are taken.
    survey_days: u16,
    /// How many percent of them are checked.
    check_percent: u8,
    /// By what they are checked.
    checklist: Vec<CheckQuestion>,
    /// Which checklist that is, counted from 1; 0 before the first.
    checklist_version: u32,
}

/// A question of the checklist.
#[derive(SimpleObject)]
struct CheckQuestion {
    /// What is asked.
    question: String,
    /// How much it counts, 1 to 100.
    weight: u8,
}

impl Settings {
    /// As they are now. They stand in their own stream, so that a change is seen at once.
    pub(super) async fn read(cx: &Context<'_>) -> Result<Self> {
        let (policy, version) = services(cx)?.gateway.settings().await.map_err(internal)?;
        Ok(Self { policy, version })
    }
}

/// What the whole desk works by.
#[Object]
impl Settings {
    /// What each impact and urgency mean: nine cells.
    async fn priority_matrix(&self) -> Vec<PriorityMatrixCell> {
        let cell = |impact, urgency| PriorityMatrixCell {
            impact: Impact::from(impact),
            urgency: Urgency::from(urgency),
            priority: self.policy.matrix.priority(impact, urgency).into(),
        };
        let row = |impact| URGENCIES.map(|urgency| cell(impact, urgency));
        IMPACTS.into_iter().flat_map(row).collect()
    }

    /// Days after the resolution in which nobody objects; then a ticket is closed.
    async fn close_after_days(&self) -> u16 {
        self.policy.close_after_days
    }

    /// Days after closing in which a ticket may be reopened.
    async fn reopen_after_close_days(&self) -> u16 {
        self.policy.reopen_after_close_days
    }

    /// In which people may be addressed; the first is for those who chose none.
    async fn languages(&self) -> Vec<Language> {
        self.policy.languages.iter().copied().map(Into::into).collect()
    }

    /// Which files are taken.
    async fn attachments(&self) -> AttachmentPolicy {
        AttachmentPolicy {
            max_bytes: self.policy.attachment_max_bytes,
            taken: self.policy.attachment_media_types.iter().cloned().collect(),
        }
    }

    /// Whose staff place what routing cannot; null: all who belong to a unit.
    async fn dispatch_unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.policy.dispatch_unit else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// Whether assignees hear of each start, stop, resolution and reopening.
    async fn notices_to_assignees(&self) -> bool {
        self.policy.notices_to_assignees
    }

    /// What tickets are measured by.
    async fn sla(&self) -> SlaPolicy {
        let plans = self.policy.sla_plans.iter();
        let plans = plans.map(|(kind, plan)| SlaKindPlan { kind: (*kind).into(), plan_id: *plan });
        SlaPolicy { on: self.policy.sla_on, plans: plans.collect() }
    }

    /// Which closed tickets are judged, and by what.
    async fn quality(&self) -> QualityPolicy {
        let Quality { survey_percent, survey_days, check_percent, checklist, checklist_version } =
            self.policy.quality.clone();
        let checklist = checklist
            .into_iter()
            .map(|it| CheckQuestion { question: it.question, weight: it.weight })
            .collect();
        QualityPolicy { survey_percent, survey_days, check_percent, checklist, checklist_version }
    }

    /// The number of their events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.version
    }
}

const IMPACTS: [KnownImpact; 3] = [KnownImpact::High, KnownImpact::Medium, KnownImpact::Low];
const URGENCIES: [KnownUrgency; 3] = [KnownUrgency::High, KnownUrgency::Medium, KnownUrgency::Low];
