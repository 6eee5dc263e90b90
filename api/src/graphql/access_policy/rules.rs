//! Rules of requests on the way into a command: for which requests, through which stages.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject, OneofObject};
use domain::access_policy::{Approver, RequestRule, StageRule};
use domain::access_request::stage::{Mode, Span, Threshold};

use super::words::{PolicyOffice, PolicyPlainMode};
use crate::graphql::input::{optional, several, single, small};
use crate::graphql::permission::words::RiskTier;
use crate::graphql::permission::{placed, unfit};
use crate::graphql::refusal::UserError;

/// Who is asked.
#[derive(Debug, Clone, OneofObject)]
enum PolicyApproverInput {
    /// Whoever has this office.
    Office(PolicyOffice),
    /// This person.
    PersonId(ID),
    /// The people of this group.
    GroupId(ID),
    /// Whoever holds this role.
    RoleId(ID),
}

/// So many of some.
#[derive(Debug, Clone, InputObject)]
struct PolicyThresholdInput {
    /// Whose votes count, of the approvers; absent: everybody's.
    among: Option<Vec<PolicyApproverInput>>,
    /// How many approve, at least 1.
    approve: i32,
    /// How many reject, at least 1.
    reject: i32,
}

/// How many votes decide.
#[derive(Debug, Clone, OneofObject)]
enum PolicyModeInput {
    /// What takes no numbers.
    Plain(PolicyPlainMode),
    /// So many approve, or so many reject that they cannot any more.
    Quorum(i32),
    /// The first of these that is satisfied, from above; 1 to 10.
    Thresholds(Vec<PolicyThresholdInput>),
}

/// How long a stage may take.
#[derive(Debug, Clone, InputObject)]
pub(super) struct PolicySpanInput {
    /// In whose hours; absent: always.
    calendar_id: Option<ID>,
    /// How many of their seconds: a minute to ninety days.
    seconds: i64,
}

/// A stage that a rule adds.
#[derive(Debug, Clone, InputObject)]
struct PolicyStageInput {
    /// Stages of one order are one; the lower comes first. 0 to 254, each once.
    order: i32,
    /// Who is asked, 1 to 20.
    approvers: Vec<PolicyApproverInput>,
    /// How many votes decide.
    mode: PolicyModeInput,
    /// How long it may take.
    span: PolicySpanInput,
}

/// Which requests a rule is for, and what they go through.
#[derive(Debug, Clone, InputObject)]
pub(super) struct PolicyRuleInput {
    /// What it is called, at most 100 characters, unique whatever its case; plans name it.
    key: String,
    /// Requests for these roles, at most 200; absent: for any.
    role_ids: Option<Vec<ID>>,
    /// Requests for roles of these tiers of risk; absent: of any.
    tiers: Option<Vec<RiskTier>>,
    /// What they go through, at most 10; none: nobody is asked.
    stages: Vec<PolicyStageInput>,
}

impl PolicyApproverInput {
    fn read(self, place: &str) -> Result<Approver, UserError> {
        let at = |part: &str| format!("{place}.{part}");
        Ok(match self {
            Self::Office(office) => office.into(),
            Self::PersonId(id) => Approver::Person(placed(single(place, &id), &at("personId"))?),
            Self::GroupId(id) => Approver::Group(placed(single(place, &id), &at("groupId"))?),
            Self::RoleId(id) => Approver::Holders(placed(single(place, &id), &at("roleId"))?),
        })
    }
}

fn approvers(
    place: &str,
    inputs: Vec<PolicyApproverInput>,
) -> Result<BTreeSet<Approver>, UserError> {
    let inputs = inputs.into_iter().enumerate();
    inputs.map(|(index, input)| input.read(&format!("{place}[{index}]"))).collect()
}

impl PolicyThresholdInput {
    fn read(self, place: &str) -> Result<Threshold<Approver>, UserError> {
        let number = |part: &str, number: i32| {
            let fits = u8::try_from(number);
            fits.map_err(|_| unfit(&format!("{place}.{part}"), "is not 1 to 255"))
        };
        Ok(Threshold {
            among: approvers(&format!("{place}.among"), self.among.unwrap_or_default())?,
            approve: number("approve", self.approve)?,
            reject: number("reject", self.reject)?,
        })
    }
}

impl PolicyModeInput {
    fn read(self, place: &str) -> Result<Mode<Approver>, UserError> {
        Ok(match self {
            Self::Plain(PolicyPlainMode::Any) => Mode::Any,
            Self::Plain(PolicyPlainMode::All) => Mode::All,
            Self::Quorum(needed) => {
                let fits = u8::try_from(needed);
                let needed = fits.map_err(|_| unfit(&format!("{place}.quorum"), "is not 1 to 255"));
                Mode::Quorum { needed: needed? }
            }
            Self::Thresholds(steps) => {
                let steps = steps.into_iter().enumerate();
                let steps =
                    steps.map(|(index, step)| step.read(&format!("{place}.thresholds[{index}]")));
                Mode::Thresholds { steps: steps.collect::<Result<_, _>>()? }
            }
        })
    }
}

impl PolicySpanInput {
    /// As the rules judge it; `place` is where it stands in the input.
    pub(super) fn read(self, place: &str) -> Result<Span, UserError> {
        let calendar = optional(place, self.calendar_id.as_ref());
        Ok(Span {
            calendar: placed(calendar, &format!("{place}.calendarId"))?,
            // What no span holds is too long.
            seconds: u32::try_from(self.seconds).unwrap_or(u32::MAX),
        })
    }
}

impl PolicyStageInput {
    fn read(self, place: &str) -> Result<StageRule, UserError> {
        Ok(StageRule {
            order: small(self.order, u8::MAX),
            approvers: approvers(&format!("{place}.approvers"), self.approvers)?,
            mode: self.mode.read(&format!("{place}.mode"))?,
            span: self.span.read(&format!("{place}.span"))?,
        })
    }
}

/// All rules.
pub(super) fn rules(inputs: Vec<PolicyRuleInput>) -> Result<Vec<RequestRule>, UserError> {
    let rules = inputs.into_iter().enumerate().map(|(index, input)| {
        let place = format!("rules[{index}]");
        let roles = several(&place, input.role_ids.as_deref());
        let stages = input.stages.into_iter().enumerate();
        let stages = stages.map(|(number, stage)| stage.read(&format!("{place}.stages[{number}]")));
        Ok(RequestRule {
            key: input.key,
            roles: placed(roles, &format!("{place}.roleIds"))?,
            tiers: input.tiers.unwrap_or_default().into_iter().map(Into::into).collect(),
            stages: stages.collect::<Result<_, _>>()?,
        })
    });
    rules.collect()
}
