//! The one verb's input, ending in a command.

use std::collections::BTreeMap;

use async_graphql::{ID, InputObject};
use domain::kernel::SlaPlanId;
use domain::sla::ChangePolicy as Policy;
use domain::sla_plan::SlaPlanCommand;
use domain::sla_plan::command::{Define, WantedTargets};
use domain::ticket::Priority as Pressing;

use super::clocks::{SlaPlanClockInput, wanted};
use super::mutation::SlaPlanPayload;
use super::words::ChangePolicy;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{one_way, optional};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::Priority;

/// How long things may take at a priority, in whole seconds, up to ten years; 0: no target.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct SlaPlanTargetsInput {
    /// At which priority.
    priority: Priority,
    /// Until somebody starts to work.
    #[graphql(default)]
    reaction_seconds: i64,
    /// While somebody works.
    #[graphql(default)]
    work_seconds: i64,
    /// Until it is solved.
    #[graphql(default)]
    deadline_seconds: i64,
}

/// What a service level plan is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SlaPlanDefineInput {
    /// Of which plan this is the next version; absent: a new one.
    sla_plan_id: Option<ID>,
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What becomes of the time before, when a ticket comes under its terms; absent: RESTATE.
    policy: Option<ChangePolicy>,
    /// How long things may take: each priority once.
    targets: Vec<SlaPlanTargetsInput>,
    /// How clocks count; what is absent counts always, without pauses, with thresholds of 75 and 100
    /// percent.
    clocks: Option<Vec<SlaPlanClockInput>>,
    #[graphql(flatten)]
    common: Common,
}

impl SlaPlanDefineInput {
    /// The plan that has to be there.
    pub(super) fn earlier(&self) -> Result<Option<SlaPlanId>, UserError> {
        optional("slaPlanId", self.sla_plan_id.as_ref())
    }
}

impl NounInput for SlaPlanDefineInput {
    type Command = SlaPlanCommand;
    type Payload = SlaPlanPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<SlaPlanCommand>, UserError> {
        let earlier = self.earlier()?;
        let policy = self.policy.map_or(Policy::Restate, Into::into);
        let define = definition(self.name, policy, self.targets, self.clocks.unwrap_or_default());
        let command = SlaPlanCommand::Define(Box::new(define?));
        Ok(match earlier {
            Some(id) => Wish::On(id.0, command),
            None => Wish::New(command),
        })
    }
}

/// A plan as the rules judge it, whether it is defined or only supposed.
pub(in crate::graphql) fn definition(
    name: String,
    policy: Policy,
    targets: Vec<SlaPlanTargetsInput>,
    clocks: Vec<SlaPlanClockInput>,
) -> Result<Define, UserError> {
    let [reaction, work, deadline] = wanted(clocks)?;
    let targets = self::targets(targets)?;
    Ok(Define { name, policy, targets, reaction, work, deadline })
}

fn targets(
    inputs: Vec<SlaPlanTargetsInput>,
) -> Result<BTreeMap<Pressing, WantedTargets>, UserError> {
    let mut targets = BTreeMap::new();
    for (index, input) in inputs.into_iter().enumerate() {
        let wanted = WantedTargets {
            reaction_seconds: input.reaction_seconds,
            work_seconds: input.work_seconds,
            deadline_seconds: input.deadline_seconds,
        };
        if targets.insert(input.priority.into(), wanted).is_some() {
            let error = one_way("targets", "a priority is there twice");
            return Err(error.with("place", format!("targets[{index}].priority").into()));
        }
    }
    Ok(targets)
}
