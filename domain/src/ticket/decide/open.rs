//! Open: a ticket begins.

use std::collections::BTreeSet;

use super::{owned_long_text, owned_title, target_must_fit};
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Context, DataSubject, Needs, PersonId, Standing, SubjectId, UnitId};
use crate::routing::Routing;
use crate::ticket::decide::prioritize::Pressing;
use crate::ticket::event::{Opened, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::TicketKind;

/// T1. A ticket is opened once, with a kind and a title. Given a unit or people it is assigned at
/// once, else it waits in dispatch. Without a requester its author is the requester.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// For people, from the deployment's sequence: `INC-1042`.
    pub number: String,
    /// Incident or request.
    pub kind: TicketKind,
    /// One line, at most 200 characters.
    pub title: String,
    /// At most 20,000 characters.
    pub description: Option<String>,
    /// What it is about.
    pub subject: Option<SubjectId>,
    /// How pressing; NORMAL when nothing is said.
    pub pressing: Option<Pressing>,
    /// For whom.
    pub requester: Option<PersonId>,
    /// The unit it is for.
    pub unit: Option<UnitId>,
    /// The people it is for.
    pub assignees: BTreeSet<PersonId>,
    /// Its name in another system, at most 100 characters, unique.
    pub external_ref: Option<String>,
    /// Whether each assignee completes a task of their own, and the ticket with the last of them.
    pub individual: bool,
    /// How it found its target, when nobody named one; unit and assignees are that target then.
    pub routing: Option<Routing>,
}

impl Open {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        Needs {
            people: self.assignees.iter().copied().chain(self.requester).collect(),
            units: self.unit.into_iter().collect(),
            subjects: self.subject.into_iter().collect(),
            ..Needs::default()
        }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.0.is_some() {
            return Err(TicketRefusal::Exists);
        }
        let author = cx.doer().ok_or(TicketRefusal::PersonRequired)?;
        let requester = self.requester.unwrap_or(author);
        if self.requester.is_some() && !self.requester_may_ask(cx) {
            return Err(TicketRefusal::RequesterUnknown);
        }
        if self.subject.is_some_and(|subject| !cx.facts.subjects.contains_key(&subject)) {
            return Err(TicketRefusal::SubjectUnknown);
        }
        target_must_fit(self.unit, &self.assignees, cx)?;
        let owner = DataSubject::Person(requester);
        let external_ref = self
            .external_ref
            .map(|text| text::line(&text, WORD_MAX))
            .transpose()
            .map_err(|fault| TicketRefusal::TextUnfit { field: "externalRef", fault })?;
        let (priority, impact, urgency) = Pressing::stamp(self.pressing, &cx.policy);
        Ok(vec![TicketEvent::Opened(Box::new(Opened {
            number: self.number,
            kind: self.kind,
            title: owned_title(&self.title, owner)?,
            description: owned_long_text("description", self.description.as_deref(), owner)?,
            subject: self.subject,
            priority,
            impact,
            urgency,
            requester,
            author,
            unit: self.unit,
            assignees: self.assignees,
            external_ref,
            individual: self.individual,
            routing: self.routing,
        }))])
    }

    /// History may name people who have left since.
    fn requester_may_ask(&self, cx: &Context) -> bool {
        self.requester
            .and_then(|person| cx.facts.people.get(&person))
            .is_some_and(|facts| facts.active || cx.standing == Standing::Importing)
    }
}
