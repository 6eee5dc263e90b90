//! A desk in memory: finds or makes everybody a row names and applies the row's steps through the
//! domain, as the importer does through the gateway.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::import::incident_log::{
    Cast, ForeignPerson, IncidentRow, Mapped, Resolved, Step, commands,
};
use crate::kernel::{
    Actor, Command, Context, DataSubject, Facts, PersonFacts, PersonId, Personal, Standing,
    SubjectFacts, SubjectId, UnitFacts, UnitId,
};
use crate::settings::{Policy, PriorityMatrix};
use crate::subject::event::DefaultsChosen;
use crate::ticket::command::PlanChoice;
use crate::ticket::state::Body;
use crate::ticket::{Ticket, TicketEvent};
use crate::unit::UnitKind;

/// One incident on the desk.
#[derive(Default)]
pub(super) struct Told {
    pub(super) ticket: Ticket,
    /// Every event with its `occurred_at`, in stream order.
    pub(super) events: Vec<(DateTime<Utc>, TicketEvent)>,
    previous: Option<IncidentRow>,
}

impl Told {
    pub(super) fn body(&self) -> &Body {
        self.ticket.body().unwrap()
    }

    pub(super) fn kinds(&self) -> Vec<&'static str> {
        self.events.iter().map(|(_, event)| event.into()).collect()
    }
}

/// Everybody and everything known so far.
#[derive(Default)]
pub(super) struct Desk {
    facts: Facts,
    logins: BTreeMap<String, (PersonId, ForeignPerson)>,
    units: BTreeMap<String, UnitId>,
    subjects: BTreeMap<String, SubjectId>,
    pub(super) incidents: BTreeMap<String, Told>,
}

impl Desk {
    /// Maps the row and applies all of its steps; a refusal fails the test.
    pub(super) fn take(&mut self, row: &IncidentRow) -> Mapped {
        let mapped = self.map(row);
        self.apply(row, &mapped.steps);
        self.incidents.get_mut(&row.number).unwrap().previous = Some(row.clone());
        mapped
    }

    /// As if killed after so many steps; their keys.
    pub(super) fn take_some(&mut self, row: &IncidentRow, steps: usize) -> Vec<&'static str> {
        let mut mapped = self.map(row);
        mapped.steps.truncate(steps);
        self.apply(row, &mapped.steps);
        mapped.steps.iter().map(|step| step.key).collect()
    }

    fn map(&mut self, row: &IncidentRow) -> Mapped {
        let names = self.resolve(row);
        let told = self.incidents.entry(row.number.clone()).or_default();
        commands(row, told.previous.as_ref(), &names, &told.ticket)
    }

    fn apply(&mut self, row: &IncidentRow, steps: &[Step]) {
        let mut told = self.incidents.remove(&row.number).unwrap();
        for step in steps {
            let cx = self.context(step, &told.ticket);
            let events = step
                .command
                .clone()
                .decide(&told.ticket, &cx)
                .unwrap_or_else(|no| panic!("{row:?}: {step:?} is refused: {no}"));
            for event in events {
                told.ticket.evolve(event.clone());
                told.events.push((step.at, event));
            }
        }
        self.incidents.insert(row.number.clone(), told);
    }

    pub(super) fn told(&self, number: &str) -> &Told {
        &self.incidents[number]
    }

    pub(super) fn person(&mut self, person: &ForeignPerson) -> PersonId {
        let next = PersonId(Uuid::from_u128(1_000_000 + self.logins.len() as u128));
        let (id, known) =
            self.logins.entry(person.login.clone()).or_insert_with(|| (next, person.clone()));
        assert_eq!(known, person, "two people share a login");
        self.facts.people.entry(*id).or_insert(PersonFacts {
            kind: person.role.kind(),
            role: person.role,
            active: true,
            units: BTreeSet::new(),
            organization: None,
        });
        *id
    }

    fn resolve(&mut self, row: &IncidentRow) -> Resolved {
        let cast = Cast::of(row);
        let unit = cast.unit.as_ref().map(|name| {
            let next = UnitId(Uuid::from_u128(2_000_000 + self.units.len() as u128));
            let id = *self.units.entry(name.clone()).or_insert(next);
            self.facts.units.insert(id, UnitFacts { kind: UnitKind::SupportUnit, closed: false });
            id
        });
        let subject = cast.subject.as_ref().map(|name| {
            let next = SubjectId(Uuid::from_u128(3_000_000 + self.subjects.len() as u128));
            let id = *self.subjects.entry(name.clone()).or_insert(next);
            let defaults = DefaultsChosen::default();
            self.facts.subjects.insert(id, SubjectFacts { retired: false, defaults });
            id
        });
        let assignee = cast.assignee.as_ref().map(|person| self.person(person));
        if cast.membership().is_some() {
            let facts = self.facts.people.get_mut(&assignee.unwrap()).unwrap();
            facts.units.extend(unit);
        }
        Resolved {
            number: format!("INC-{}", self.incidents.len() + 1),
            title: cast.title.clone(),
            doer: self.person(&cast.doer),
            author: self.person(&cast.author),
            requester: self.person(&cast.requester),
            assignee,
            unit,
            subject,
            matrix: PriorityMatrix::SHIPPED,
            plan: PlanChoice::Unmeasured,
        }
    }

    /// Knows what the command asked for and who does it, nothing else.
    fn context(&self, step: &Step, ticket: &Ticket) -> Context {
        let mut needs = step.command.needs(ticket);
        needs.people.insert(step.by);
        let known = &self.facts;
        let people =
            needs.people.iter().filter_map(|id| Some((*id, known.people.get(id)?.clone())));
        let units = needs.units.iter().filter_map(|id| Some((*id, known.units.get(id)?.clone())));
        let subjects =
            needs.subjects.iter().filter_map(|id| Some((*id, known.subjects.get(id)?.clone())));
        Context {
            actor: Actor::Import,
            on_behalf_of: Some(step.by),
            now: step.at,
            reason: step.reason.map(|text| Personal::of(DataSubject::Deployment, text.to_owned())),
            standing: Standing::Importing,
            facts: Facts {
                people: people.collect(),
                units: units.collect(),
                subjects: subjects.collect(),
                ..Facts::default()
            },
            policy: Policy::shipped(),
        }
    }
}

/// A plain row of one incident, `minute` minutes into its day; the rules' tests alter it.
pub(super) fn row(state: &str, minute: u32) -> IncidentRow {
    let columns = [
        ("number", "INC1"),
        ("incident_state", state),
        ("caller_id", "Caller 1"),
        ("opened_by", "Opened by  1"),
        ("opened_at", "1/3/2016 00:00"),
        ("sys_updated_by", "Updated by 1"),
        ("sys_updated_at", "1/3/2016 00:00"),
        ("category", "Category 5"),
        ("subcategory", "Subcategory 7"),
        ("u_symptom", "Symptom 9"),
        ("impact", "2 - Medium"),
        ("urgency", "2 - Medium"),
        ("priority", "3 - Moderate"),
        ("assignment_group", "Group 1"),
        ("assigned_to", "Resolver 1"),
        ("closed_code", "code 6"),
    ];
    let get =
        |name: &str| columns.iter().find(|(column, _)| *column == name).map(|(_, text)| *text);
    let mut row = IncidentRow::parse(get).unwrap();
    row.updated_at = at(minute);
    row
}

/// Minutes into the day of [`row`].
pub(super) fn at(minute: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2016, 3, 1).unwrap();
    day.and_hms_opt(minute / 60, minute % 60, 0).unwrap().and_utc()
}

/// The ticket another desk knows under `number` in `row`.
pub(super) const NUMBER: &str = "INC1";
