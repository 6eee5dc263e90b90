//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject};
use domain::kernel::TemplateId;
use domain::template::TemplateCommand;
use domain::template::command::{Define, Redefine, Retire};
use domain::template::event::Content;

use super::mutation::TemplatePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{optional, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::{Priority, TicketKind};

type Wished = Result<Wish<TemplateCommand>, UserError>;

/// What a ticket made from a template starts with. It is written once for many and names nobody.
#[derive(Debug, Clone, InputObject)]
struct TemplateContentInput {
    /// Incident or service request.
    kind: TicketKind,
    /// One line, at most 200 characters.
    title: String,
    /// The whole story, at most 20,000 characters.
    description: Option<String>,
    /// What it is about.
    subject_id: Option<ID>,
    /// The unit it is for; none: routing decides.
    unit_id: Option<ID>,
    /// How pressing; none: as the subject says.
    priority: Option<Priority>,
    /// Under which words it is found, at most 20; kept in lower case.
    tags: Option<Vec<String>>,
    /// Whether clients may use it.
    #[graphql(default)]
    client_visible: bool,
}

/// A new template.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TemplateDefineInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    content: TemplateContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// What a template is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TemplateRedefineInput {
    /// Which one.
    template_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    content: TemplateContentInput,
    #[graphql(flatten)]
    common: Common,
}

/// The template that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TemplateRetireInput {
    /// Which one.
    template_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl TemplateContentInput {
    fn into_content(self) -> Result<Content, UserError> {
        Ok(Content {
            kind: self.kind.into(),
            title: self.title,
            description: self.description,
            subject: optional("subjectId", self.subject_id.as_ref())?,
            unit: optional("unitId", self.unit_id.as_ref())?,
            priority: self.priority.map(Into::into),
            tags: self.tags.unwrap_or_default().into_iter().collect(),
            client_visible: self.client_visible,
        })
    }
}

fn on(id: &ID, command: TemplateCommand) -> Wished {
    let template: TemplateId = single("templateId", id)?;
    Ok(Wish::On(template.0, command))
}

impl NounInput for TemplateDefineInput {
    type Command = TemplateCommand;
    type Payload = TemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let (name, content) = (self.name, self.content.into_content()?);
        Ok(Wish::New(TemplateCommand::Define(Box::new(Define { name, content }))))
    }
}

impl NounInput for TemplateRedefineInput {
    type Command = TemplateCommand;
    type Payload = TemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let (name, content) = (self.name, self.content.into_content()?);
        let redefine = Box::new(Redefine { name, content });
        on(&self.template_id, TemplateCommand::Redefine(redefine))
    }
}

impl NounInput for TemplateRetireInput {
    type Command = TemplateCommand;
    type Payload = TemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        on(&self.template_id, TemplateCommand::Retire(Retire {}))
    }
}
