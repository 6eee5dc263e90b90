//! Open: a ticket begins.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::terms::{PlanChoice, terms};
use super::{ASSIGNEES_MAX, owned_long_text, owned_title, subject_must_fit, target_must_fit};
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{
    Actor, Context, DataSubject, Needs, PersonId, Standing, SubjectId, TicketId, UnitId,
};
use crate::person::PersonKind;
use crate::routing::Routing;
use crate::sla::Terms;
use crate::ticket::decide::prioritize::Pressing;
use crate::ticket::event::{Opened, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{Impact, Priority, TicketKind, Urgency};

/// How far away a deadline may be: ten years.
const DEADLINE_MAX: TimeDelta = TimeDelta::days(3_653);

/// T1. A ticket is opened once, with a kind and a title. Given a unit or people it is assigned at
/// once, else it waits in dispatch. Without a requester its author is the requester.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// For people, from the deployment's sequence: `INC-1042`.
    pub number: String,
    /// Incident or request; a task when and only when it is one of a ticket.
    pub kind: TicketKind,
    /// One line, at most 200 characters.
    pub title: String,
    /// At most 20,000 characters.
    pub description: Option<String>,
    /// What it is about.
    pub subject: Option<SubjectId>,
    /// How pressing; as the subject says when nothing is said, else NORMAL.
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
    /// The ticket of which this is one person's share; its dossier says so too.
    pub task_of: Option<TicketId>,
    /// How it found its target, when nobody named one; unit and assignees are that target then.
    pub routing: Option<Routing>,
    /// Under which plan.
    pub plan: PlanChoice,
    /// Until when it is to be solved, where no plan says so.
    pub deadline_at: Option<DateTime<Utc>>,
}

impl Open {
    /// Says no more than it has to.
    #[must_use]
    pub fn new(number: impl Into<String>, kind: TicketKind, title: impl Into<String>) -> Self {
        Self {
            number: number.into(),
            kind,
            title: title.into(),
            description: None,
            subject: None,
            pressing: None,
            requester: None,
            unit: None,
            assignees: BTreeSet::new(),
            external_ref: None,
            individual: false,
            task_of: None,
            routing: None,
            plan: PlanChoice::Implied,
            deadline_at: None,
        }
    }

    pub(in crate::ticket) fn needs(&self) -> Needs {
        Needs {
            people: self.assignees.iter().copied().chain(self.requester).collect(),
            units: self.unit.into_iter().collect(),
            subjects: self.subject.into_iter().collect(),
            ..self.plan.needs()
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
        let author = self.author(cx).ok_or(TicketRefusal::PersonRequired)?;
        let requester = self.requester.unwrap_or(author);
        if self.requester.is_some() && !self.requester_may_ask(cx) {
            return Err(TicketRefusal::RequesterUnknown);
        }
        subject_must_fit(self.subject, cx)?;
        self.shares_must_fit()?;
        target_must_fit(self.unit, &self.assignees, cx)?;
        let owner = DataSubject::Person(requester);
        let (priority, impact, urgency) = self.stamp(cx);
        let sla = self.sla(author, priority, cx)?;
        let external_ref = self
            .external_ref
            .map(|text| text::line(&text, WORD_MAX))
            .transpose()
            .map_err(|fault| TicketRefusal::TextUnfit { field: "externalRef", fault })?;
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
            sla,
            deadline_at: self.deadline_at,
        }))])
    }

    /// Whoever does it; what Annals opens by itself, the requester has asked for.
    fn author(&self, cx: &Context) -> Option<PersonId> {
        cx.doer().or(self.requester.filter(|_| cx.actor == Actor::System))
    }

    /// T1, T20: a task is a share of another ticket; shared is what has people to share it.
    fn shares_must_fit(&self) -> Result<(), TicketRefusal> {
        let task = self.task_of.is_some();
        if (self.kind == TicketKind::Task) != task {
            return Err(TicketRefusal::KindUnfit);
        }
        if self.individual && (task || !(2..=ASSIGNEES_MAX).contains(&self.assignees.len())) {
            return Err(TicketRefusal::IndividualUnfit);
        }
        Ok(())
    }

    /// T22, T23: what it is measured by.
    fn sla(
        &self,
        author: PersonId,
        priority: Priority,
        cx: &Context,
    ) -> Result<Option<Box<Terms>>, TicketRefusal> {
        // Rights are no matter of history.
        let is_client = || {
            let author = cx.facts.people.get(&author).filter(|_| cx.standing == Standing::Ordinary);
            author.is_some_and(|facts| facts.kind == PersonKind::Client)
        };
        if matches!(self.plan, PlanChoice::Named(_)) && is_client() {
            return Err(TicketRefusal::PlanByStaff);
        }
        let plan = self.plan.plan((self.kind, self.subject), cx)?;
        if let Some(deadline) = self.deadline_at {
            if plan.is_some() || cx.policy.sla_on {
                return Err(TicketRefusal::DeadlineByPlan);
            }
            if deadline <= cx.now || deadline > cx.now + DEADLINE_MAX {
                return Err(TicketRefusal::DeadlineUnfit);
            }
        }
        terms(plan, priority, cx)
    }

    /// T15: as pressing as is said, else as the subject says.
    fn stamp(&self, cx: &Context) -> (Priority, Option<Impact>, Option<Urgency>) {
        let subject = self.subject.and_then(|subject| cx.facts.subjects.get(&subject));
        let priority = subject.and_then(|facts| facts.defaults.priority);
        let pressing = self.pressing.or(priority.map(Pressing::Decreed));
        Pressing::stamp(pressing, &cx.policy)
    }

    /// History may name people who have left since.
    fn requester_may_ask(&self, cx: &Context) -> bool {
        self.requester
            .and_then(|person| cx.facts.people.get(&person))
            .is_some_and(|facts| facts.active || cx.standing == Standing::Importing)
    }
}
