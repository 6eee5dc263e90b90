//! The policy, as it is or as it was.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access_policy::{AccessPolicy as Body, Approver, RequestRule, StageRule};
use domain::access_request::stage::{Mode, Span, Threshold};
use domain::kernel::{AccessGroupId, RoleId};
use projections::access_definitions::Defined;
use projections::cis::At;

use super::words::{PolicyApproverKind, PolicyMode};
use crate::graphql::access_group::AccessGroup;
use crate::graphql::calendar::Calendar;
use crate::graphql::definition;
use crate::graphql::loader;
use crate::graphql::permission::words::{AccessSubjectKind, RiskTier};
use crate::graphql::person::Person;
use crate::graphql::role::AccessRole;

/// The policy of access, and the moment it is shown of.
pub(super) struct AccessPolicy {
    pub(super) row: Defined<Body>,
    pub(super) at: At,
}

/// A rule of requests.
struct PolicyRule(RequestRule, At);

/// A stage that a rule adds.
struct PolicyStage(StageRule, At);

/// Who is asked.
struct PolicyApprover(Approver, At);

/// So many of some.
struct PolicyThreshold(Threshold<Approver>, At);

/// How long a stage may take.
struct PolicySpan(Span);

/// What subjects of a sort do at most.
#[derive(SimpleObject)]
struct PolicyBoundary {
    /// Which sort.
    kind: AccessSubjectKind,
    /// Actions and patterns of them.
    ceiling: Vec<String>,
}

/// A role for emergencies, and who can take it.
struct PolicyEmergency(RoleId, AccessGroupId, At);

impl AccessPolicy {
    fn body(&self) -> &Body {
        &self.row.body
    }
}

/// Who decides requests for access, how much of a reason is asked for, what no subject of a sort goes
/// beyond. Before any change it is the shipped one.
#[Object]
impl AccessPolicy {
    /// Which stages requests go through.
    async fn rules(&self) -> Vec<PolicyRule> {
        self.body().rules.iter().cloned().map(|rule| PolicyRule(rule, self.at)).collect()
    }

    /// Who is asked for exceptions, and when nobody else is there.
    async fn governance(&self, cx: &Context<'_>) -> Result<Option<AccessGroup>> {
        let Some(group) = self.body().governance else { return Ok(None) };
        definition::one(cx, group.0, self.at).await
    }

    /// Who answers for roles that are nobody's.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(owner) = self.body().owner else { return Ok(None) };
        loader::person(cx, owner).await
    }

    /// How many characters a justification has at least.
    async fn justification_min(&self) -> u16 {
        self.body().justification_min
    }

    /// How often a stage goes a level up.
    async fn max_escalations(&self) -> u8 {
        self.body().max_escalations
    }

    /// How long a stage may take that no rule made.
    async fn span(&self) -> PolicySpan {
        PolicySpan(self.body().span)
    }

    /// Whether nobody decides what somebody asks for whom they answer to.
    async fn without_subordinates(&self) -> bool {
        self.body().without_subordinates
    }

    /// Up to how many people a rule grants by itself without a second person.
    async fn rule_people_max(&self) -> u32 {
        self.body().rule_people_max
    }

    /// What subjects of a sort do at most; of others, anything that is granted.
    async fn boundaries(&self) -> Vec<PolicyBoundary> {
        let boundaries = self.body().boundaries.iter().map(|(kind, ceiling)| PolicyBoundary {
            kind: (*kind).into(),
            ceiling: ceiling.0.iter().map(ToString::to_string).collect(),
        });
        boundaries.collect()
    }

    /// Roles that can be taken in an emergency.
    async fn emergencies(&self) -> Vec<PolicyEmergency> {
        let emergencies = self.body().emergencies.iter();
        emergencies.map(|(role, group)| PolicyEmergency(*role, *group, self.at)).collect()
    }

    /// The number of its events: what `expectedVersion` is compared with; 0 before any change.
    async fn version(&self) -> i64 {
        self.row.version
    }
}

/// Which requests a rule is for, and what they go through.
#[Object]
impl PolicyRule {
    /// What it is called; plans name it.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// Requests for these roles; empty: for any.
    async fn roles(&self, cx: &Context<'_>) -> Result<Vec<AccessRole>> {
        definition::some(cx, self.0.roles.iter().map(|role| role.0), self.1).await
    }

    /// Requests for roles of these tiers of risk; empty: of any.
    async fn tiers(&self) -> Vec<RiskTier> {
        self.0.tiers.iter().map(|tier| (*tier).into()).collect()
    }

    /// What they go through; empty: nobody is asked.
    async fn stages(&self) -> Vec<PolicyStage> {
        self.0.stages.iter().cloned().map(|stage| PolicyStage(stage, self.1)).collect()
    }
}

/// A stage that a rule adds.
#[Object]
impl PolicyStage {
    /// Stages of one order are one; the lower comes first.
    async fn order(&self) -> u8 {
        self.0.order
    }

    /// Who is asked.
    async fn approvers(&self) -> Vec<PolicyApprover> {
        self.0.approvers.iter().cloned().map(|it| PolicyApprover(it, self.1)).collect()
    }

    /// How many votes decide.
    async fn mode(&self) -> PolicyMode {
        match self.0.mode {
            Mode::Any => PolicyMode::Any,
            Mode::All => PolicyMode::All,
            Mode::Quorum { .. } => PolicyMode::Quorum,
            Mode::Thresholds { .. } => PolicyMode::Thresholds,
        }
    }

    /// Of a quorum: how many.
    async fn quorum(&self) -> Option<u8> {
        match self.0.mode {
            Mode::Quorum { needed } => Some(needed),
            _ => None,
        }
    }

    /// Of thresholds: each, in order.
    async fn thresholds(&self) -> Vec<PolicyThreshold> {
        match &self.0.mode {
            Mode::Thresholds { steps } => {
                steps.iter().cloned().map(|step| PolicyThreshold(step, self.1)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How long it may take.
    async fn span(&self) -> PolicySpan {
        PolicySpan(self.0.span)
    }
}

/// Who is asked. What its kind does not take is null.
#[Object]
impl PolicyApprover {
    /// Which sort.
    async fn kind(&self) -> PolicyApproverKind {
        (&self.0).into()
    }

    /// The person.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Approver::Person(id) = self.0 else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// The group.
    async fn group(&self, cx: &Context<'_>) -> Result<Option<AccessGroup>> {
        let Approver::Group(id) = self.0 else { return Ok(None) };
        definition::one(cx, id.0, self.1).await
    }

    /// The role.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Approver::Holders(id) = self.0 else { return Ok(None) };
        definition::one(cx, id.0, self.1).await
    }
}

/// So many of some.
#[Object]
impl PolicyThreshold {
    /// Whose votes count; empty: everybody's.
    async fn among(&self) -> Vec<PolicyApprover> {
        self.0.among.iter().cloned().map(|it| PolicyApprover(it, self.1)).collect()
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

/// How long a stage may take.
#[Object]
impl PolicySpan {
    /// In whose hours; null: always.
    async fn calendar(&self, cx: &Context<'_>) -> Result<Option<Calendar>> {
        let Some(id) = self.0.calendar else { return Ok(None) };
        loader::calendar(cx, id).await
    }

    /// How many of their seconds.
    async fn seconds(&self) -> u32 {
        self.0.seconds
    }
}

/// A role for emergencies, and who can take it.
#[Object]
impl PolicyEmergency {
    /// Which role.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        definition::one(cx, self.0.0, self.2).await
    }

    /// The people of which group.
    async fn group(&self, cx: &Context<'_>) -> Result<Option<AccessGroup>> {
        definition::one(cx, self.1.0, self.2).await
    }
}
