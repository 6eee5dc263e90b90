//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject, OneofObject};
use domain::access::model::{AccessSubject, Matcher};
use domain::deny_rule::DenyRuleCommand;
use domain::deny_rule::command::{Define, Redefine, Retire};
use domain::deny_rule::event::Definition;
use domain::kernel::DenyRuleId;

use super::mutation::DenyRulePayload;
use super::words::{DenyStrength, Everybody};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::permission::{
    AccessConditionInput, AccessScopeInput, field_names, patterns, placed, scope, subject,
};
use crate::graphql::refusal::UserError;

type Wished = Result<Wish<DenyRuleCommand>, UserError>;

/// Whom a rule is for.
#[derive(Debug, Clone, OneofObject)]
enum DenyWhomInput {
    /// Everybody.
    All(Everybody),
    /// A person, a service account, or the members of a group.
    SubjectId(ID),
    /// Whoever has this role, inherited or not.
    RoleId(ID),
}

/// What a rule denies.
#[derive(Debug, Clone, InputObject)]
struct DenyRuleContentInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// Whether anything lifts it.
    strength: DenyStrength,
    /// Whom it is for.
    whom: DenyWhomInput,
    /// What it denies: 1 to 50 actions or patterns of them.
    actions: Vec<String>,
    /// Where; absent: everywhere. No barrier stops it.
    scope: Option<AccessScopeInput>,
    /// Under what circumstances; absent: always.
    condition: Option<AccessConditionInput>,
    /// Only these fields, at most 200; absent: the action as a whole.
    fields: Option<Vec<String>>,
}

/// A new rule.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineDenyRuleInput {
    #[graphql(flatten)]
    content: DenyRuleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// What a rule denies from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineDenyRuleInput {
    /// Which one.
    deny_rule_id: ID,
    #[graphql(flatten)]
    content: DenyRuleContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// The rule that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireDenyRuleInput {
    /// Which one.
    deny_rule_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl DenyWhomInput {
    fn read(self) -> Result<Matcher, UserError> {
        Ok(match self {
            Self::All(Everybody::Everybody) => Matcher::Any,
            Self::SubjectId(id) => {
                match placed(subject("whom.subjectId", &id), "whom.subjectId")? {
                    AccessSubject::Group(id) => Matcher::Group(id),
                    subject => Matcher::Subject(subject),
                }
            }
            Self::RoleId(id) => Matcher::Role(placed(single("whom.roleId", &id), "whom.roleId")?),
        })
    }
}

impl DenyRuleContentInput {
    fn read(self) -> Result<Definition, UserError> {
        let condition = self.condition.map(|condition| condition.read("condition"));
        Ok(Definition {
            name: self.name,
            strength: self.strength.into(),
            whom: self.whom.read()?,
            actions: patterns("actions", &self.actions)?,
            scope: scope("scope", self.scope)?,
            condition: condition.transpose()?,
            fields: field_names("fields", &self.fields.unwrap_or_default())?,
        })
    }
}

impl NounInput for DefineDenyRuleInput {
    type Command = DenyRuleCommand;
    type Payload = DenyRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let definition = self.content.read()?;
        Ok(Wish::New(DenyRuleCommand::Define(Box::new(Define { definition }))))
    }
}

impl NounInput for RedefineDenyRuleInput {
    type Command = DenyRuleCommand;
    type Payload = DenyRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: DenyRuleId = single("denyRuleId", &self.deny_rule_id)?;
        let definition = self.content.read()?;
        Ok(Wish::On(id.0, DenyRuleCommand::Redefine(Box::new(Redefine { definition }))))
    }
}

impl NounInput for RetireDenyRuleInput {
    type Command = DenyRuleCommand;
    type Payload = DenyRulePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: DenyRuleId = single("denyRuleId", &self.deny_rule_id)?;
        Ok(Wish::On(id.0, DenyRuleCommand::Retire(Retire {})))
    }
}
