//! The verbs' inputs, each ending in a command.

use std::collections::BTreeMap;

use async_graphql::{ID, InputObject};
use domain::access::model::Ceiling;
use domain::access_policy::command::{
    ChangeLimits, ChooseGovernance, DrawBoundary, PrepareEmergencies, SetRules,
};
use domain::access_policy::{AccessPolicyCommand, STREAM_ID};
use domain::kernel::{AccessGroupId, RoleId};

use super::mutation::AccessPolicyPayload;
use super::rules::{PolicyRuleInput, PolicySpanInput, rules};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, single, small};
use crate::graphql::payload::Common;
use crate::graphql::permission::words::AccessSubjectKind;
use crate::graphql::permission::{patterns, placed, unfit};
use crate::graphql::refusal::UserError;

/// The rules of requests from now on; what is under way goes on as planned.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SetAccessPolicyRulesInput {
    /// All rules, at most 100.
    rules: Vec<PolicyRuleInput>,
    #[graphql(flatten)]
    common: Common,
}

/// Who watches over access from now on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ChooseAccessGovernanceInput {
    /// The group that is asked for exceptions, and when nobody else is there; absent: nobody is.
    group_id: Option<ID>,
    /// Who answers for roles that are nobody's; absent: governance is asked.
    person_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// How much is asked for and allowed from now on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ChangeAccessLimitsInput {
    /// How many characters a justification has at least, 0 to 500.
    justification_min: i32,
    /// How often a stage goes a level up, 0 to 5.
    max_escalations: i32,
    /// How long a stage may take that no rule made.
    span: PolicySpanInput,
    /// Whether nobody decides what somebody asks for whom they answer to.
    without_subordinates: bool,
    /// Up to how many people a rule grants by itself without a second person, 0 to 10,000.
    rule_people_max: i64,
    #[graphql(flatten)]
    common: Common,
}

/// What a sort of subjects does at most from now on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DrawAccessBoundaryInput {
    /// Which sort.
    kind: AccessSubjectKind,
    /// Actions and patterns of them, at most 200; absent: anything that is granted.
    ceiling: Option<Vec<String>>,
    #[graphql(flatten)]
    common: Common,
}

/// A role for emergencies, and who can take it.
#[derive(Debug, Clone, InputObject)]
struct PolicyEmergencyInput {
    /// Which role.
    role_id: ID,
    /// The people of which group.
    group_id: ID,
}

/// The roles for emergencies from now on.
#[derive(Debug, Clone, InputObject)]
pub(super) struct PrepareAccessEmergenciesInput {
    /// All of them, at most 20, each once.
    roles: Vec<PolicyEmergencyInput>,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $command:expr;)+) => {$(
        impl NounInput for $input {
            type Command = AccessPolicyCommand;
            type Payload = AccessPolicyPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<AccessPolicyCommand>, UserError> {
                let $it = self;
                Ok(Wish::On(STREAM_ID, $command))
            }
        }
    )+};
}

ends_in! {
    SetAccessPolicyRulesInput, |it| {
        AccessPolicyCommand::SetRules(SetRules { rules: rules(it.rules)? })
    };
    ChooseAccessGovernanceInput, |it| {
        AccessPolicyCommand::ChooseGovernance(ChooseGovernance {
            governance: optional("groupId", it.group_id.as_ref())?,
            owner: optional("personId", it.person_id.as_ref())?,
        })
    };
    ChangeAccessLimitsInput, |it| {
        AccessPolicyCommand::ChangeLimits(ChangeLimits {
            justification_min: small(it.justification_min, u16::MAX),
            max_escalations: small(it.max_escalations, u8::MAX),
            span: it.span.read("span")?,
            without_subordinates: it.without_subordinates,
            rule_people_max: u32::try_from(it.rule_people_max).unwrap_or(u32::MAX),
        })
    };
    DrawAccessBoundaryInput, |it| {
        let ceiling = it.ceiling.map(|texts| patterns("ceiling", &texts)).transpose()?;
        let (kind, ceiling) = (it.kind.into(), ceiling.map(Ceiling));
        AccessPolicyCommand::DrawBoundary(DrawBoundary { kind, ceiling })
    };
    PrepareAccessEmergenciesInput, |it| {
        AccessPolicyCommand::PrepareEmergencies(PrepareEmergencies { roles: emergencies(it.roles)? })
    };
}

fn emergencies(
    inputs: Vec<PolicyEmergencyInput>,
) -> Result<BTreeMap<RoleId, AccessGroupId>, UserError> {
    let mut roles = BTreeMap::new();
    for (index, input) in inputs.iter().enumerate() {
        let at = |part: &str| format!("roles[{index}].{part}");
        let role = placed(single("roles", &input.role_id), &at("roleId"))?;
        let group = placed(single("roles", &input.group_id), &at("groupId"))?;
        if roles.insert(role, group).is_some() {
            return Err(unfit(&at("roleId"), "is there twice"));
        }
    }
    Ok(roles)
}
