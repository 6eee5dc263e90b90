//! The verbs' inputs, each ending in steps.

use async_graphql::{ID, InputObject};
use domain::kernel::{PersonId, Refused, TicketId};
use domain::ticket_dossier::command::{
    EmptyField, FieldInput, FillField, Link, Tag, Unlink, Untag, Unwatch, Watch,
};
use domain::ticket_dossier::{TicketDossierCommand, TicketDossierRefusal};

use super::words::LinkKind;
use crate::gateway::Step;
use crate::graphql::input::{one_way, optional, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::ticket::steps::{Sender, Steps, StepsInput};

type Asked = Result<Steps, UserError>;

fn one(ticket: TicketId, command: TicketDossierCommand) -> Asked {
    Ok(Steps::one(ticket, Step::Dossier(ticket, command)))
}

/// A ticket and a word.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketTagInput {
    /// Which ticket.
    ticket_id: ID,
    /// Under which word it is to be found, at most 100 characters; kept in lower case.
    tag: String,
    #[graphql(flatten)]
    common: Common,
}

/// A ticket and a word.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketUntagInput {
    /// Which ticket.
    ticket_id: ID,
    /// Under which word it is no longer to be found, whatever its case.
    tag: String,
    #[graphql(flatten)]
    common: Common,
}

/// A ticket and somebody who hears of it.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketWatchInput {
    /// Which ticket.
    ticket_id: ID,
    /// Who, of staff; you when nobody else is named.
    person_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// A ticket and somebody who hears of it no longer.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketUnwatchInput {
    /// Which ticket.
    ticket_id: ID,
    /// Who; you when nobody else is named.
    person_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// Two tickets that have to do with each other.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketLinkInput {
    /// Which ticket.
    ticket_id: ID,
    /// The other one.
    other_id: ID,
    /// What the other one is to it.
    kind: LinkKind,
    #[graphql(flatten)]
    common: Common,
}

/// Two tickets that no longer have to do with each other in this way.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketUnlinkInput {
    /// Which ticket.
    ticket_id: ID,
    /// The other one.
    other_id: ID,
    /// What the other one was to it.
    kind: LinkKind,
    #[graphql(flatten)]
    common: Common,
}

/// What a custom field of a ticket says: a text or choices, as the field takes it.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketFillFieldInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which field.
    field_id: ID,
    /// One line of at most 200 characters, or a text of at most 20,000; not together with choices.
    text: Option<String>,
    /// One of the field's choices, or some of them; not together with a text.
    choices: Option<Vec<String>>,
    #[graphql(flatten)]
    common: Common,
}

/// A custom field of a ticket that says nothing any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketEmptyFieldInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which field.
    field_id: ID,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! steps_inputs {
    ($($input:ident, |$it:ident, $sender:pat_param| $steps:expr;)+) => {$(
        impl StepsInput for $input {
            fn common(&self) -> &Common {
                &self.common
            }

            fn into_steps(self, $sender: &Sender) -> Asked {
                let $it = self;
                $steps
            }
        }
    )+};
}

steps_inputs! {
    TicketTagInput, |it, _| {
        let ticket = single("ticketId", &it.ticket_id)?;
        one(ticket, TicketDossierCommand::Tag(Tag { ticket, tag: it.tag }))
    };
    TicketUntagInput, |it, _| {
        let ticket = single("ticketId", &it.ticket_id)?;
        one(ticket, TicketDossierCommand::Untag(Untag { ticket, tag: it.tag }))
    };
    TicketWatchInput, |it, sender| {
        let ticket = single("ticketId", &it.ticket_id)?;
        let person = named_or_oneself(it.person_id.as_ref(), sender)?;
        one(ticket, TicketDossierCommand::Watch(Watch { ticket, person }))
    };
    TicketUnwatchInput, |it, sender| {
        let ticket = single("ticketId", &it.ticket_id)?;
        let person = named_or_oneself(it.person_id.as_ref(), sender)?;
        one(ticket, TicketDossierCommand::Unwatch(Unwatch { ticket, person }))
    };
    TicketLinkInput, |it, _| {
        both(&it.ticket_id, &it.other_id, |ticket, other, inverse| {
            let kind: domain::ticket_dossier::LinkKind = it.kind.into();
            let kind = if inverse { kind.inverse() } else { kind };
            TicketDossierCommand::Link(Link { ticket, kind, other })
        })
    };
    TicketUnlinkInput, |it, _| {
        both(&it.ticket_id, &it.other_id, |ticket, other, inverse| {
            let kind: domain::ticket_dossier::LinkKind = it.kind.into();
            let kind = if inverse { kind.inverse() } else { kind };
            TicketDossierCommand::Unlink(Unlink { ticket, kind, other })
        })
    };
    TicketFillFieldInput, |it, _| {
        let ticket = single("ticketId", &it.ticket_id)?;
        let field = single("fieldId", &it.field_id)?;
        let (value, at_step) = value(it.text, it.choices)?;
        let fill = TicketDossierCommand::FillField(FillField { ticket, field, value });
        Ok(Steps { at_step, ..Steps::one(ticket, Step::Dossier(ticket, fill)) })
    };
    TicketEmptyFieldInput, |it, _| {
        let ticket = single("ticketId", &it.ticket_id)?;
        let field = single("fieldId", &it.field_id)?;
        one(ticket, TicketDossierCommand::EmptyField(EmptyField { ticket, field }))
    };
}

fn named_or_oneself(named: Option<&ID>, sender: &Sender) -> Result<PersonId, UserError> {
    optional("personId", named)?
        .or(sender.person)
        .ok_or_else(|| one_way("personId", "name a person"))
}

/// Said on both dossiers; `command` is told whose, which is the other, and whether that is the
/// other's own side.
fn both(
    ticket: &ID,
    other: &ID,
    command: impl Fn(TicketId, TicketId, bool) -> TicketDossierCommand,
) -> Asked {
    let ticket: TicketId = single("ticketId", ticket)?;
    let other: TicketId = single("otherId", other)?;
    let steps = if ticket == other {
        vec![Step::Dossier(ticket, command(ticket, other, false))]
    } else {
        vec![
            Step::Dossier(ticket, command(ticket, other, false)),
            Step::Dossier(other, command(other, ticket, true)),
        ]
    };
    Ok(Steps { ticket, steps, at_step: of_the_other })
}

/// Whoever links sees one ticket; of the other, hidden is as absent.
fn of_the_other(step: usize, error: UserError) -> UserError {
    if step != 2 {
        return error;
    }
    match error.code {
        ErrorCode::DossierNotFound => {
            let unknown = Refused::from(TicketDossierRefusal::OtherUnknown);
            UserError::new(ErrorCode::DossierOtherUnknown, unknown.message).at("otherId")
        }
        ErrorCode::DossierTicketOver => {
            let over = Refused::from(TicketDossierRefusal::OtherOver);
            UserError::new(ErrorCode::DossierOtherOver, over.message).at("otherId")
        }
        _ => error,
    }
}

type Filled = (FieldInput, fn(usize, UserError) -> UserError);

fn value(text: Option<String>, choices: Option<Vec<String>>) -> Result<Filled, UserError> {
    match (text, choices) {
        (Some(text), None) => Ok((FieldInput::Text(text), |_, error| at_value(error, "text"))),
        (None, Some(choices)) => {
            let choices = FieldInput::Choices(choices.into_iter().collect());
            Ok((choices, |_, error| at_value(error, "choices")))
        }
        _ => Err(one_way("text", "name a text or choices, not both")),
    }
}

/// The domain's value is one of two fields here.
fn at_value(error: UserError, field: &str) -> UserError {
    match error.code {
        ErrorCode::DossierValueUnfit | ErrorCode::DossierValueTextUnfit => error.at(field),
        _ => error,
    }
}
