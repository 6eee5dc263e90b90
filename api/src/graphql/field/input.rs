//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::custom_field::CustomFieldCommand;
use domain::custom_field::command::{Define, Redefine, Retire};
use domain::kernel::FieldId;

use super::mutation::CustomFieldPayload;
use super::words::FieldForm;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::TicketKind;

type Wished = Result<Wish<CustomFieldCommand>, UserError>;

/// A new custom field.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CustomFieldDefineInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// The kinds of tickets that have it; one at least.
    kinds: Vec<TicketKind>,
    /// What it takes, for ever.
    form: FieldForm,
    /// What can be chosen, 1 to 100 in order, at most 100 characters each; none for texts.
    choices: Option<Vec<String>>,
    /// Whether clients see and fill it.
    #[graphql(default)]
    client_visible: bool,
    #[graphql(flatten)]
    common: Common,
}

/// What a custom field is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CustomFieldRedefineInput {
    /// Which one.
    custom_field_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// The kinds of tickets that have it; one at least.
    kinds: Vec<TicketKind>,
    /// What can be chosen, 1 to 100 in order, at most 100 characters each; none for texts.
    choices: Option<Vec<String>>,
    /// Whether clients see and fill it.
    client_visible: bool,
    #[graphql(flatten)]
    common: Common,
}

/// The custom field that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CustomFieldRetireInput {
    /// Which one.
    custom_field_id: ID,
    #[graphql(flatten)]
    common: Common,
}

fn on(id: &ID, command: CustomFieldCommand) -> Wished {
    let field: FieldId = single("customFieldId", id)?;
    Ok(Wish::On(field.0, command))
}

impl NounInput for CustomFieldDefineInput {
    type Command = CustomFieldCommand;
    type Payload = CustomFieldPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        Ok(Wish::New(CustomFieldCommand::Define(Define {
            name: self.name,
            kinds: self.kinds.into_iter().map(Into::into).collect(),
            form: self.form.into(),
            choices: self.choices.unwrap_or_default(),
            client_visible: self.client_visible,
        })))
    }
}

impl NounInput for CustomFieldRedefineInput {
    type Command = CustomFieldCommand;
    type Payload = CustomFieldPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let redefine = Redefine {
            name: self.name,
            kinds: self.kinds.into_iter().map(Into::into).collect(),
            choices: self.choices.unwrap_or_default(),
            client_visible: self.client_visible,
        };
        on(&self.custom_field_id, CustomFieldCommand::Redefine(redefine))
    }
}

impl NounInput for CustomFieldRetireInput {
    type Command = CustomFieldCommand;
    type Payload = CustomFieldPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        on(&self.custom_field_id, CustomFieldCommand::Retire(Retire {}))
    }
}
