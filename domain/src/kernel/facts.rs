//! What a decision needs to know of other aggregates, fetched before it is made.
//!
//! A command names its [`Needs`]; the gateway answers with [`Facts`], so that `decide` stays a plain
//! function. People, units, subjects, custom fields, calendars, plans and classes come from the inline
//! views; tickets, templates and items from their own streams.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ids::{
    CalendarId, CiClassId, CiId, FieldId, PersonId, SlaPlanId, SubjectId, TemplateId, TicketId,
    UnitId,
};
use crate::access::known::{AccessFacts, AccessNeeds};
use crate::cmdb::Catalogue;
use crate::custom_field::FieldForm;
use crate::erasure::known::Bonds;
use crate::person::{PersonKind, Role};
use crate::sla_plan::event::Defined;
use crate::subject::event::DefaultsChosen;
use crate::ticket::TicketKind;
use crate::ticket_dossier::Dossier;
use crate::unit::UnitKind;

/// Which others a command refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// People named by the command or the state it meets.
    pub people: BTreeSet<PersonId>,
    /// Units likewise.
    pub units: BTreeSet<UnitId>,
    /// Subjects likewise.
    pub subjects: BTreeSet<SubjectId>,
    /// Custom fields likewise.
    pub fields: BTreeSet<FieldId>,
    /// Tickets likewise; with their dossiers.
    pub tickets: BTreeSet<TicketId>,
    /// Templates likewise.
    pub templates: BTreeSet<TemplateId>,
    /// Calendars likewise.
    pub calendars: BTreeSet<CalendarId>,
    /// Service level plans likewise.
    pub plans: BTreeSet<SlaPlanId>,
    /// Besides, the plans that tickets about these subjects, or about none, come under, and the
    /// calendars that all of these plans name.
    pub sla: bool,
    /// Configuration items likewise.
    pub items: BTreeSet<CiId>,
    /// Besides, all classes of configuration items.
    pub catalogue: bool,
    /// People of whom it must be known what keeps them from being erased.
    pub bonds: BTreeSet<PersonId>,
    /// What concerns rights.
    pub access: AccessNeeds,
}

impl Needs {
    /// The same and these.
    pub fn extend(&mut self, more: &Self) {
        self.people.extend(&more.people);
        self.units.extend(&more.units);
        self.subjects.extend(&more.subjects);
        self.fields.extend(&more.fields);
        self.tickets.extend(&more.tickets);
        self.templates.extend(&more.templates);
        self.calendars.extend(&more.calendars);
        self.plans.extend(&more.plans);
        self.sla |= more.sla;
        self.items.extend(&more.items);
        self.catalogue |= more.catalogue;
        self.bonds.extend(&more.bonds);
        self.access.extend(&more.access);
    }

    /// What is left when these are known.
    #[must_use]
    pub fn without(&self, known: &Self) -> Self {
        Self {
            people: &self.people - &known.people,
            units: &self.units - &known.units,
            subjects: &self.subjects - &known.subjects,
            fields: &self.fields - &known.fields,
            tickets: &self.tickets - &known.tickets,
            templates: &self.templates - &known.templates,
            calendars: &self.calendars - &known.calendars,
            plans: &self.plans - &known.plans,
            sla: self.sla
                && !(known.sla
                    && self.subjects.is_subset(&known.subjects)
                    && self.plans.is_subset(&known.plans)),
            items: &self.items - &known.items,
            catalogue: self.catalogue && !known.catalogue,
            bonds: &self.bonds - &known.bonds,
            access: self.access.without(&known.access),
        }
    }

    /// Whether nobody is referred to.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    /// Staff or client.
    pub kind: PersonKind,
    /// What the person may do.
    pub role: Role,
    /// Neither suspended nor gone.
    pub active: bool,
    /// Units this person belongs to.
    pub units: BTreeSet<UnitId>,
    /// A client's customer organisation.
    pub organization: Option<UnitId>,
}

/// What is known of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    /// What sort of unit.
    pub kind: UnitKind,
    /// Whether it takes nothing any more.
    pub closed: bool,
}

/// What is known of a subject.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectFacts {
    /// Whether no new ticket is about it.
    pub retired: bool,
    /// How tickets about it start.
    pub defaults: DefaultsChosen,
}

/// What is known of a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFacts {
    /// The kinds of tickets that have it.
    pub kinds: BTreeSet<TicketKind>,
    /// What it takes.
    pub form: FieldForm,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// Whether clients see and fill it.
    pub client_visible: bool,
    /// Whether it is not filled in any more.
    pub retired: bool,
}

/// What is known of a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketFacts {
    /// Its life.
    pub ticket: crate::ticket::state::Body,
    /// Its dossier.
    pub dossier: Dossier,
}

/// What is known of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateFacts {
    /// Whether no ticket is opened from it any more.
    pub retired: bool,
}

/// What is known of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarFacts {
    /// The number of its latest version.
    pub version: i64,
}

/// What is known of a service level plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFacts {
    /// The number of its latest version.
    pub version: i64,
    /// That version.
    pub definition: Defined,
}

/// What is known of a configuration item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemFacts {
    /// Its class.
    pub class: CiClassId,
    /// Neither retired nor merged.
    pub active: bool,
}

/// The answers; whoever is absent does not exist.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// People by identity.
    pub people: BTreeMap<PersonId, PersonFacts>,
    /// Units by identity.
    pub units: BTreeMap<UnitId, UnitFacts>,
    /// Subjects by identity.
    pub subjects: BTreeMap<SubjectId, SubjectFacts>,
    /// Custom fields by identity.
    pub fields: BTreeMap<FieldId, FieldFacts>,
    /// Tickets by identity.
    pub tickets: BTreeMap<TicketId, TicketFacts>,
    /// Templates by identity.
    pub templates: BTreeMap<TemplateId, TemplateFacts>,
    /// Calendars by identity.
    pub calendars: BTreeMap<CalendarId, CalendarFacts>,
    /// Service level plans by identity.
    pub plans: BTreeMap<SlaPlanId, PlanFacts>,
    /// Configuration items by identity.
    pub items: BTreeMap<CiId, ItemFacts>,
    /// All classes of configuration items.
    pub catalogue: Option<Arc<Catalogue>>,
    /// What keeps people from being erased, by their identity.
    pub bonds: BTreeMap<PersonId, Bonds>,
    /// What concerns rights.
    pub access: AccessFacts,
}

impl Facts {
    /// The same and these.
    pub fn extend(&mut self, more: Self) {
        self.people.extend(more.people);
        self.units.extend(more.units);
        self.subjects.extend(more.subjects);
        self.fields.extend(more.fields);
        self.tickets.extend(more.tickets);
        self.templates.extend(more.templates);
        self.calendars.extend(more.calendars);
        self.plans.extend(more.plans);
        self.items.extend(more.items);
        self.catalogue = more.catalogue.or_else(|| self.catalogue.take());
        self.bonds.extend(more.bonds);
        self.access.extend(more.access);
    }

    /// The answers to these needs alone.
    #[must_use]
    pub fn of(&self, needs: &Needs) -> Self {
        Self {
            people: answers(&self.people, &needs.people),
            units: answers(&self.units, &needs.units),
            subjects: answers(&self.subjects, &needs.subjects),
            fields: answers(&self.fields, &needs.fields),
            tickets: answers(&self.tickets, &needs.tickets),
            templates: answers(&self.templates, &needs.templates),
            // There are few of them; which ones follow from each other was found out by whoever asked.
            calendars: match needs.sla {
                true => self.calendars.clone(),
                false => answers(&self.calendars, &needs.calendars),
            },
            plans: match needs.sla {
                true => self.plans.clone(),
                false => answers(&self.plans, &needs.plans),
            },
            items: answers(&self.items, &needs.items),
            catalogue: self.catalogue.clone().filter(|_| needs.catalogue),
            bonds: answers(&self.bonds, &needs.bonds),
            access: self.access.of(&needs.access),
        }
    }

    /// Whether this unit exists, is open and takes tickets.
    pub fn takes_tickets(&self, unit: UnitId) -> bool {
        self.units.get(&unit).is_some_and(|facts| facts.kind.takes_tickets() && !facts.closed)
    }

    /// Whether this person is active staff and, when a unit is named, belongs to it.
    pub fn can_work(&self, person: PersonId, unit: Option<UnitId>) -> bool {
        self.people.get(&person).is_some_and(|facts| {
            facts.active
                && facts.kind == PersonKind::Staff
                && unit.is_none_or(|unit| facts.units.contains(&unit))
        })
    }
}

pub(crate) fn answers<K: Ord + Copy, V: Clone>(
    all: &BTreeMap<K, V>,
    keys: &BTreeSet<K>,
) -> BTreeMap<K, V> {
    keys.iter().filter_map(|key| Some((*key, all.get(key)?.clone()))).collect()
}
