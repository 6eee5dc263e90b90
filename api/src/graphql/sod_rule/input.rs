//! The verbs' inputs, each ending in a command.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject, OneofObject};
use domain::access::model::{ActionName, Counted, Duty, SodKind, SodRule};
use domain::kernel::{RoleId, SodRuleId};
use domain::sod_rule::SodRuleCommand;
use domain::sod_rule::command::{Define, Redefine, Retire};
use uuid::Uuid;

use super::mutation::SodRulePayload;
use super::words::SodAction;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{several, single, small};
use crate::graphql::payload::Common;
use crate::graphql::permission::{parsed, patterns, placed};
use crate::graphql::refusal::UserError;

type Wished = Result<Wish<SodRuleCommand>, UserError>;

/// What one human has fewer than so many of, at any instant: 2 to 50 roles, or actions.
#[derive(Debug, Clone, InputObject)]
struct SodStaticInput {
    /// To have one of these roles, inherited or not.
    role_ids: Option<Vec<ID>>,
    /// To have any permission for one of these actions, or patterns of them.
    actions: Option<Vec<String>>,
    /// How many are too many: 2 at least, all at most.
    count: i32,
}

/// A part that one human plays for an object.
#[derive(Debug, Clone, InputObject)]
struct SodDutyInput {
    /// What it is called, such as approve; of lower-case letters, digits and underscores.
    name: String,
    /// By doing what one takes it on, at most 50 actions; none: only the object says who has it.
    #[graphql(default)]
    actions: Vec<String>,
}

/// What no human does more than one of, on one object.
#[derive(Debug, Clone, InputObject)]
struct SodDynamicInput {
    /// What sort of object, such as access or erp:invoice.
    object_type: String,
    /// Which duties, 2 to 16.
    duties: Vec<SodDutyInput>,
}

/// What a rule separates.
#[derive(Debug, Clone, OneofObject)]
enum SodKindInput {
    /// What somebody has.
    Static(SodStaticInput),
    /// What somebody does.
    Dynamic(SodDynamicInput),
}

/// What a rule is.
#[derive(Debug, Clone, InputObject)]
struct SodRuleContentInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What happens when it would be broken.
    action: SodAction,
    /// What it separates.
    kind: SodKindInput,
}

/// A new rule.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineSodRuleInput {
    #[graphql(flatten)]
    content: SodRuleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// What a rule is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineSodRuleInput {
    /// Which one.
    sod_rule_id: ID,
    #[graphql(flatten)]
    content: SodRuleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// The rule that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireSodRuleInput {
    /// Which one.
    sod_rule_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl SodStaticInput {
    fn read(self) -> Result<SodKind, UserError> {
        let place = "kind.static.roleIds";
        let roles: BTreeSet<RoleId> = placed(several(place, self.role_ids.as_deref()), place)?;
        let actions = self.actions.unwrap_or_default();
        let actions = patterns("kind.static.actions", &actions)?;
        let actions = actions.into_iter().map(Counted::Actions);
        let set = roles.into_iter().map(Counted::Role).chain(actions).collect();
        Ok(SodKind::Static { set, n: small(self.count, u8::MAX) })
    }
}

impl SodDynamicInput {
    fn read(self) -> Result<SodKind, UserError> {
        let duties = self.duties.into_iter().enumerate();
        let duties =
            duties.map(|(index, duty)| duty.read(&format!("kind.dynamic.duties[{index}]")));
        let duties = duties.collect::<Result<_, _>>()?;
        Ok(SodKind::Dynamic { object_type: self.object_type, duties })
    }
}

impl SodDutyInput {
    fn read(self, place: &str) -> Result<Duty, UserError> {
        let actions = self.actions.iter().enumerate();
        let action = |(index, text): (usize, &String)| {
            parsed::<ActionName>(&format!("{place}.actions[{index}]"), text)
        };
        Ok(Duty {
            name: parsed(&format!("{place}.name"), &self.name)?,
            actions: actions.map(action).collect::<Result<_, _>>()?,
        })
    }
}

impl SodRuleContentInput {
    /// What it comes to, of the rule of this identity.
    fn read(self, id: SodRuleId) -> Result<SodRule, UserError> {
        let kind = match self.kind {
            SodKindInput::Static(kind) => kind.read(),
            SodKindInput::Dynamic(kind) => kind.read(),
        };
        Ok(SodRule { id, name: self.name, action: self.action.into(), kind: kind? })
    }
}

impl NounInput for DefineSodRuleInput {
    type Command = SodRuleCommand;
    type Payload = SodRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let definition = self.content.read(SodRuleId(Uuid::nil()))?;
        Ok(Wish::Named(Box::new(move |id| {
            let definition = SodRule { id: SodRuleId(id), ..definition };
            SodRuleCommand::Define(Box::new(Define { definition }))
        })))
    }
}

impl NounInput for RedefineSodRuleInput {
    type Command = SodRuleCommand;
    type Payload = SodRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: SodRuleId = single("sodRuleId", &self.sod_rule_id)?;
        let definition = self.content.read(id)?;
        Ok(Wish::On(id.0, SodRuleCommand::Redefine(Box::new(Redefine { definition }))))
    }
}

impl NounInput for RetireSodRuleInput {
    type Command = SodRuleCommand;
    type Payload = SodRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: SodRuleId = single("sodRuleId", &self.sod_rule_id)?;
        Ok(Wish::On(id.0, SodRuleCommand::Retire(Retire {})))
    }
}
