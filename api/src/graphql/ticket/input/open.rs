//! Opening.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::kernel::{CiId, FieldId, SlaPlanId, TemplateId, TicketId};
use domain::template::event::Content;
use domain::ticket::command::{Open, PlanChoice, Pressing};
use domain::ticket_dossier::command::FieldInput;

use super::{optional, pressing, several, single};
use crate::graphql::input::one_way;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::words::{Impact, Priority, TicketKind, Urgency};

/// Most words that a ticket is found under from its beginning, most custom fields and most items.
const EXTRAS_MAX: usize = 50;

/// A new ticket. Its priority is either set or follows from impact and urgency; when nothing is
/// said it is that of its template or its subject, else NORMAL. Without a unit and people it is
/// routed by its subject.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketOpenInput {
    /// What it begins with, where nothing else is said here.
    template_id: Option<ID>,
    /// What sort of ticket; may be absent when the template says it.
    kind: Option<TicketKind>,
    /// One line, at most 200 characters; may be absent when the template says it.
    title: Option<String>,
    /// The whole story, at most 20,000 characters.
    description: Option<String>,
    /// How pressing; not together with impact and urgency.
    priority: Option<Priority>,
    /// How much is affected; together with urgency.
    impact: Option<Impact>,
    /// How soon it hurts; together with impact.
    urgency: Option<Urgency>,
    /// What it is about.
    subject_id: Option<ID>,
    /// For whom; you when nobody else is named.
    requester_id: Option<ID>,
    /// The unit it is for.
    unit_id: Option<ID>,
    /// The people it is for.
    assignee_ids: Option<Vec<ID>>,
    /// Whether each of the people completes a task of their own, and the ticket with the last of
    /// them; the tasks are opened with it.
    individual: Option<bool>,
    /// The ticket it is part of.
    parent_id: Option<ID>,
    /// Under which words it is found, at most 50.
    tags: Option<Vec<String>>,
    /// What its custom fields say, at most 50 of them.
    fields: Option<Vec<TicketFieldInput>>,
    /// The items of the CMDB that failed, at most 50; for staff. What falls with them is computed at
    /// once. A ticket that names nobody goes to the unit that the first of them names as
    /// `support_unit`, if that takes tickets.
    ci_ids: Option<Vec<ID>>,
    /// The service that is asked for, an item of the class Service; for staff. The service level plan
    /// that it names as `sla_plan` goes before that of the subject.
    service_id: Option<ID>,
    /// Its name in another system, at most 100 characters, unique.
    external_ref: Option<String>,
    /// The service level plan that measures it, named by staff; else its subject's or its kind's,
    /// where plans measure tickets.
    sla_plan_id: Option<ID>,
    /// Until when it is to be solved, where plans do not say so; within ten years.
    deadline_at: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    pub(in crate::graphql::ticket) common: Common,
}

/// What a custom field says from the beginning: a text or choices, as the field takes it.
#[derive(Debug, Clone, InputObject)]
struct TicketFieldInput {
    /// Which field.
    field_id: ID,
    /// The words; not together with choices.
    text: Option<String>,
    /// What is chosen; not together with a text.
    choices: Option<Vec<String>>,
}

/// An opening that was read: what it says, and what stands around it.
#[derive(Debug)]
pub(in crate::graphql::ticket) struct Opening {
    pub(in crate::graphql::ticket) open: Open,
    pub(in crate::graphql::ticket) parent: Option<TicketId>,
    pub(in crate::graphql::ticket) tags: BTreeSet<String>,
    pub(in crate::graphql::ticket) fields: Vec<(FieldId, FieldInput)>,
    /// What failed.
    pub(in crate::graphql::ticket) items: Vec<CiId>,
    /// What is asked for.
    pub(in crate::graphql::ticket) service: Option<CiId>,
    /// Whether unit is the template's, and not the caller's choice.
    pub(in crate::graphql::ticket) placed: bool,
}

impl TicketOpenInput {
    /// The template it begins with.
    pub(in crate::graphql::ticket) fn template(&self) -> Result<Option<TemplateId>, UserError> {
        optional("templateId", self.template_id.as_ref())
    }

    /// What it says, where it says nothing what its template says. The tags of a template are the
    /// desk's own: they come with it for staff alone.
    pub(in crate::graphql::ticket) fn read(
        self,
        template: Option<Content>,
        staff: bool,
    ) -> Result<Opening, UserError> {
        let (kind, title) = (self.kind.map(Into::into), self.title);
        let from = template.as_ref();
        let unit = optional("unitId", self.unit_id.as_ref())?;
        let assignees: BTreeSet<_> = several("assigneeIds", self.assignee_ids.as_deref())?;
        let named = unit.is_some() || !assignees.is_empty();
        let given = from.and_then(|from| from.unit).filter(|_| !named);
        let decreed = from.and_then(|from| from.priority).map(Pressing::Decreed);
        let subject = optional("subjectId", self.subject_id.as_ref())?;
        let plan: Option<SlaPlanId> = optional("slaPlanId", self.sla_plan_id.as_ref())?;
        let missing = |field| one_way(field, "must be given, unless a template gives it");
        let mut tags: BTreeSet<String> = self.tags.unwrap_or_default().into_iter().collect();
        tags.extend(from.filter(|_| staff).into_iter().flat_map(|from| from.tags.iter().cloned()));
        let asked = self.fields.unwrap_or_default();
        if tags.len().max(asked.len()) > EXTRAS_MAX {
            return Err(one_way("tags", "at most 50 tags and 50 custom fields"));
        }
        let named = self.ci_ids.unwrap_or_default();
        if named.len() > EXTRAS_MAX {
            return Err(one_way("ciIds", "at most 50 items"));
        }
        let items = named.iter().map(|id| single("ciIds", id)).collect::<Result<_, _>>()?;
        Ok(Opening {
            open: Open {
                number: String::new(),
                kind: kind.or(from.map(|from| from.kind)).ok_or_else(|| missing("kind"))?,
                title: title
                    .or_else(|| from.map(|from| from.title.clone()))
                    .ok_or_else(|| missing("title"))?,
                description: self.description.or_else(|| from?.description.clone()),
                subject: subject.or(from.and_then(|from| from.subject)),
                pressing: pressing(self.priority, self.impact, self.urgency)?.or(decreed),
                requester: optional("requesterId", self.requester_id.as_ref())?,
                unit: unit.or(given),
                assignees,
                external_ref: self.external_ref,
                individual: self.individual.unwrap_or_default(),
                routing: None,
                task_of: None,
                plan: plan.map_or(PlanChoice::Implied, PlanChoice::Named),
                deadline_at: self.deadline_at,
            },
            parent: optional("parentId", self.parent_id.as_ref())?,
            tags,
            fields: asked.into_iter().map(TicketFieldInput::read).collect::<Result<_, _>>()?,
            items,
            service: optional("serviceId", self.service_id.as_ref())?,
            placed: given.is_some(),
        })
    }
}

impl TicketFieldInput {
    fn read(self) -> Result<(FieldId, FieldInput), UserError> {
        let value = match (self.text, self.choices) {
            (Some(text), None) => FieldInput::Text(text),
            (None, Some(choices)) => FieldInput::Choices(choices.into_iter().collect()),
            _ => return Err(one_way("fields", "a custom field says a text or choices")),
        };
        Ok((single("fields", &self.field_id)?, value))
    }
}
