//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::assignment_rule::AssignmentRuleCommand;
use domain::assignment_rule::command::{
    Confirm, Decline, Define, Redefine, Retire, Wish as Wanted,
};
use domain::assignment_rule::event::{Definition, Given};
use domain::kernel::AssignmentRuleId;

use super::mutation::AssignmentRulePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::permission::{
    AccessScopeInput, PopulationTestInput, placed, population, scope,
};
use crate::graphql::refusal::UserError;

/// A role that a rule gives.
#[derive(Debug, Clone, InputObject)]
struct AssignmentGivenInput {
    /// Which role; none that has an end.
    role_id: ID,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
}

/// What a rule says.
#[derive(Debug, Clone, InputObject)]
pub(super) struct AssignmentRuleContentInput {
    /// At most 100 characters, unique whatever its case.
    name: String,
    /// Whom it is for: whoever passes all tests of one of these, 1 to 20 of 1 to 20 tests each.
    population: Vec<Vec<PopulationTestInput>>,
    /// What they have by it, 1 to 20 roles.
    gives: Vec<AssignmentGivenInput>,
}

/// A new rule.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineAssignmentRuleInput {
    #[graphql(flatten)]
    content: AssignmentRuleContentInput,
    /// The digest of what you have seen come of it, by `assignmentRulePreview`.
    seen: String,
    #[graphql(flatten)]
    common: Common,
}

/// What a rule says from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineAssignmentRuleInput {
    /// Which one.
    assignment_rule_id: ID,
    #[graphql(flatten)]
    content: AssignmentRuleContentInput,
    /// The digest of what you have seen come of it, by `assignmentRulePreview`.
    seen: String,
    #[graphql(flatten)]
    common: Common,
}

/// What waits, and is confirmed.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ConfirmAssignmentRuleInput {
    /// Of which rule.
    assignment_rule_id: ID,
    /// The digest of what you have seen come of it, by `assignmentRulePreview`.
    seen: String,
    #[graphql(flatten)]
    common: Common,
}

/// What waits, and is declined.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DeclineAssignmentRuleInput {
    /// Of which rule.
    assignment_rule_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// The rule that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireAssignmentRuleInput {
    /// Which one.
    assignment_rule_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl AssignmentRuleContentInput {
    pub(super) fn read(self) -> Result<Definition, UserError> {
        let given = |(index, it): (usize, AssignmentGivenInput)| {
            let place = format!("gives[{index}].roleId");
            Ok(Given {
                role: placed(single(&place, &it.role_id), &place)?,
                scope: scope(&format!("gives[{index}].scope"), it.scope)?,
            })
        };
        Ok(Definition {
            name: self.name,
            population: population("population", self.population)?,
            gives: self.gives.into_iter().enumerate().map(given).collect::<Result<_, _>>()?,
        })
    }
}

macro_rules! ends_in {
    ($($input:ident, |$it:ident| $wish:expr;)+) => {$(
        impl NounInput for $input {
            type Command = AssignmentRuleCommand;
            type Payload = AssignmentRulePayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<AssignmentRuleCommand>, UserError> {
                let $it = self;
                $wish
            }
        }
    )+};
}

ends_in! {
    DefineAssignmentRuleInput, |it| {
        let (definition, seen) = (it.content.read()?, it.seen);
        Ok(Wish::Named(Box::new(move |id| {
            let wish = Wanted { rule: AssignmentRuleId(id), definition, seen };
            AssignmentRuleCommand::Define(Box::new(Define { wish }))
        })))
    };
    RedefineAssignmentRuleInput, |it| {
        let (definition, seen) = (it.content.read()?, it.seen);
        on(&it.assignment_rule_id, |rule| {
            let wish = Wanted { rule, definition, seen };
            AssignmentRuleCommand::Redefine(Box::new(Redefine { wish }))
        })
    };
    ConfirmAssignmentRuleInput, |it| {
        let seen = it.seen;
        on(&it.assignment_rule_id, |rule| AssignmentRuleCommand::Confirm(Confirm { rule, seen }))
    };
    DeclineAssignmentRuleInput, |it| {
        on(&it.assignment_rule_id, |_| AssignmentRuleCommand::Decline(Decline {}))
    };
    RetireAssignmentRuleInput, |it| {
        on(&it.assignment_rule_id, |_| AssignmentRuleCommand::Retire(Retire {}))
    };
}

fn on(
    id: &ID,
    command: impl FnOnce(AssignmentRuleId) -> AssignmentRuleCommand,
) -> Result<Wish<AssignmentRuleCommand>, UserError> {
    let rule: AssignmentRuleId = single("assignmentRuleId", id)?;
    Ok(Wish::On(rule.0, command(rule)))
}
