//! What a question says, as we know it; what it cannot be read as is told with its place. Whether there
//! is such a person, or such a ticket, is not found out here.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use domain::access::decide::{ObjectView, Session};
use domain::access::model::{
    ActionName, Ceiling, DutyName, FieldName, Level, Obligation, RelationName, RelationSet,
};
use domain::kernel::{CiId, PersonId, ServiceAccountId, TicketId, UnitId};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::super::refusal::Refusal;
use super::wire::{Around, Deed, Entity, Evaluation, Known};
use crate::asking::{External, Named, Question};
use crate::graphql::identity;

/// Most entries of any list of a question.
const LIST_MAX: usize = 100;
/// Longest text of a question, in characters.
const TEXT_MAX: usize = 200;
/// No particular one of a type of ours.
const NONE_IN_PARTICULAR: &str = "*";
/// Why a program is not asked about for what is ours.
const NO_PROGRAM: &str = "is a program's, which is asked about for other systems' resources alone";

/// A question that can be answered.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) subject: Whom,
    pub(super) question: Question,
    pub(super) acting_for: Option<Whom>,
    pub(super) resource: Resource,
}

/// Somebody, as they were named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whom {
    Person(PersonId),
    Program(ServiceAccountId),
    /// Whose login this is.
    Login(String),
    /// Nobody has such an id.
    Nobody,
}

/// What it would be done to.
#[derive(Debug)]
pub(super) struct Resource {
    /// `ticket`, `erp:invoice`.
    pub(super) kind: String,
    pub(super) id: String,
    /// None: nothing has such an id.
    pub(super) named: Option<Named>,
    /// Duties that were done on it, by whom, in whose place.
    pub(super) done: Vec<(DutyName, Whom, Option<Whom>)>,
}

/// The part of a question that stands there.
pub(super) fn part<T>(place: &str, part: Option<T>) -> Result<T, Refusal> {
    part.ok_or_else(|| Refusal::unfit(place, "is missing"))
}

impl Wanted {
    /// From a whole question.
    pub(super) fn read(place: &str, asked: Evaluation) -> Result<Self, Refusal> {
        let at = |part: &str| format!("{place}{part}");
        let subject = part(&at("subject"), asked.subject)?;
        let action = part(&at("action"), asked.action)?;
        let resource = Resource::read(&at("resource"), part(&at("resource"), asked.resource)?)?;
        let subject = Whom::read(&at("subject"), subject)?;
        resource.must_take(&at("subject.type"), matches!(subject, Whom::Program(_)))?;
        let (question, acting_for) = circumstances(place, (action, asked.context), &resource)?;
        Ok(Self { subject, question, acting_for, resource })
    }

    /// Every login in it.
    pub(super) fn logins(&self) -> impl Iterator<Item = String> {
        let named = std::iter::once(&self.subject).chain(&self.acting_for);
        named.filter_map(Whom::login).chain(self.resource.logins())
    }
}

/// What is asked of whomever, and in whose place they act.
pub(super) fn circumstances(
    place: &str,
    (action, context): (Deed, Option<Around>),
    resource: &Resource,
) -> Result<(Question, Option<Whom>), Refusal> {
    let at = |part: &str| format!("{place}{part}");
    let context = context.unwrap_or_default();
    let fields = action.properties.map(|properties| properties.fields).unwrap_or_default();
    let met: Vec<Obligation> = capitals(&at("context.met"), &context.met)?;
    let ceiling = context.ceiling.map(|patterns| words(&at("context.ceiling"), &patterns));
    let acting_for =
        context.acting_for.map(|whom| Whom::human(&at("context.acting_for"), whom)).transpose()?;
    let session = Session {
        token: ceiling.transpose()?.map(Ceiling),
        met: met.into_iter().collect(),
        ..Session::default()
    };
    let question = Question {
        action: resource.action(&at("action.name"), &action.name)?,
        fields: words(&at("action.properties.fields"), &fields)?,
        session,
    };
    Ok((question, acting_for))
}

impl Whom {
    /// A person, a login of one, or a program.
    pub(super) fn read(place: &str, entity: Entity) -> Result<Self, Refusal> {
        let id = short(&format!("{place}.id"), part(&format!("{place}.id"), entity.id)?)?;
        Ok(match entity.kind.as_str() {
            "person" => identity(&id).map_or(Self::Nobody, Self::Person),
            "service_account" => identity(&id).map_or(Self::Nobody, Self::Program),
            "user" => Self::Login(id),
            _ => Self::Nobody,
        })
    }

    /// The login, if they were named by it.
    fn login(&self) -> Option<String> {
        match self {
            Self::Login(login) => Some(login.clone()),
            Self::Person(_) | Self::Program(_) | Self::Nobody => None,
        }
    }

    /// The same of somebody who cannot be a program.
    fn human(place: &str, entity: Entity) -> Result<Self, Refusal> {
        match Self::read(place, entity)? {
            Self::Program(_) => Err(Refusal::unfit(place, "is a person")),
            whom => Ok(whom),
        }
    }
}

impl Resource {
    pub(super) fn read(place: &str, entity: Entity) -> Result<Self, Refusal> {
        let Entity { kind, id, properties } = entity;
        let id = short(&format!("{place}.id"), part(&format!("{place}.id"), id)?)?;
        // Whatever is the type of an action is one.
        let typed: Result<ActionName, _> = format!("{kind}.{}", ActionName::USE).parse();
        let typed = typed.map_err(|_| Refusal::unfit(&format!("{place}.type"), NO_TYPE))?;
        if typed.system().is_some() {
            return external(&format!("{place}.properties"), (kind, id), properties);
        }
        let named = match (kind.as_str(), id.as_str()) {
            (_, NONE_IN_PARTICULAR) => Some(Named::Nothing),
            ("ticket", id) => identity::<TicketId>(id).map(Named::Ticket),
            ("ci", id) => identity::<CiId>(id).map(Named::Item),
            ("unit", id) => identity::<UnitId>(id).map(Named::Unit),
            ("person", id) => identity::<PersonId>(id).map(Named::Person),
            _ => None,
        };
        Ok(Self { kind, id, named, done: Vec::new() })
    }

    /// The system whose it is; none: ours.
    pub(super) fn system(&self) -> Option<&str> {
        self.kind.split_once(':').map(|(system, _)| system)
    }

    /// What is done, in full: a word alone is a verb of the resource's type.
    fn action(&self, place: &str, name: &str) -> Result<ActionName, Refusal> {
        let full = match name.contains('.') {
            true => name.to_owned(),
            false => format!("{}.{name}", self.kind),
        };
        let action: ActionName =
            full.parse().map_err(|fault| Refusal::unfit(place, format!("{fault}")))?;
        let fits = match self.system() {
            Some(_) => action.object_type() == self.kind,
            None => action.system().is_none(),
        };
        fits.then_some(action).ok_or_else(|| Refusal::unfit(place, "is not one of this resource's"))
    }

    /// What a program may do with ours is said by its account's rights.
    pub(super) fn must_take(&self, place: &str, program: bool) -> Result<(), Refusal> {
        let unfit = program && self.system().is_none();
        if unfit { Err(Refusal::unfit(place, NO_PROGRAM)) } else { Ok(()) }
    }

    /// The logins of those who did duties on it, and in whose place they did.
    pub(super) fn logins(&self) -> impl Iterator<Item = String> {
        let doers = self.done.iter().flat_map(|(_, by, place)| std::iter::once(by).chain(place));
        doers.filter_map(Whom::login)
    }

    /// What the log of decisions tells of it: the stream of what is ours, else what it is called.
    pub(super) fn told(&self) -> (Option<Uuid>, Option<String>) {
        let stream = match self.named.as_ref() {
            None | Some(Named::Nothing | Named::External(_)) => None,
            Some(Named::Ticket(id)) => Some(id.0),
            Some(Named::Item(id)) => Some(id.0),
            Some(Named::Unit(id)) => Some(id.0),
            Some(Named::Person(id)) => Some(id.0),
        };
        (stream, self.system().map(|_| format!("{} {}", self.kind, self.id)))
    }
}

const NO_TYPE: &str = "is no type such as ticket or erp:invoice";

/// A resource of another system, which says what is so of it: what has no meaning of its own here is an
/// attribute, so that a name that was mistyped is refused unless it is a text.
fn external(
    place: &str,
    (kind, id): (String, String),
    properties: Option<Map<String, Value>>,
) -> Result<Resource, Refusal> {
    let (known, others): (Map<_, _>, Map<_, _>) = properties
        .unwrap_or_default()
        .into_iter()
        .partition(|(name, _)| Known::NAMES.contains(&name.as_str()));
    let known: Known = serde_json::from_value(known.into())
        .map_err(|fault| Refusal::unfit(place, format!("cannot be read: {fault}")))?;
    bounded(place, others.len())?;
    let mut attributes = BTreeMap::new();
    for (name, value) in others {
        let place = format!("{place}.{}", name.chars().take(TEXT_MAX).collect::<String>());
        let Value::String(text) = value else {
            return Err(Refusal::unfit(&place, "is an attribute, and no text"));
        };
        attributes.insert(word::<FieldName>(&place, &name)?, short(&place, text)?);
    }
    let relations: Vec<RelationName> = capitals(&format!("{place}.relations"), &known.relations)?;
    let at_done = format!("{place}.done");
    bounded(&at_done, known.done.len())?;
    let done = known.done.into_iter().map(|done| {
        let acting_for = done.acting_for.map(|whom| Whom::human(&at_done, whom)).transpose()?;
        Ok((word(&at_done, &done.duty)?, Whom::human(&at_done, done.by)?, acting_for))
    });
    let done = done.collect::<Result<_, Refusal>>()?;
    let object = ObjectView {
        relation: relations.into_iter().collect::<RelationSet>(),
        attributes,
        risk: known.risk,
        personal: words(&format!("{place}.personal"), &known.personal)?,
        required_level: Level(known.required_level),
        ..ObjectView::default()
    };
    let unit = known.unit.map(|id| identity::<UnitId>(&id));
    let named = match unit {
        // It says where it lies, and that is nowhere.
        Some(None) => None,
        unit => {
            let (object_type, unit) = (kind.clone(), unit.flatten());
            Some(Named::External(Box::new(External { object_type, object, unit })))
        }
    };
    Ok(Resource { kind, id, named, done })
}

fn short(place: &str, text: String) -> Result<String, Refusal> {
    if (1..=TEXT_MAX).contains(&text.chars().count()) && !text.chars().any(char::is_control) {
        return Ok(text);
    }
    Err(Refusal::unfit(
        place,
        format!("is 1 to {TEXT_MAX} characters long, none of them a control"),
    ))
}

fn bounded(place: &str, length: usize) -> Result<(), Refusal> {
    let long = || Refusal::unfit(place, format!("has more than {LIST_MAX} entries"));
    if length > LIST_MAX { Err(long()) } else { Ok(()) }
}

fn word<T: FromStr<Err: Display>>(place: &str, text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|fault| Refusal::unfit(place, format!("{fault}")))
}

fn words<T: FromStr<Err: Display>, C: FromIterator<T>>(
    place: &str,
    texts: &[String],
) -> Result<C, Refusal> {
    bounded(place, texts.len())?;
    texts.iter().map(|text| word(place, text)).collect()
}

/// Words of our own lists, which are written in capitals there and in small letters here.
fn capitals<T: FromStr>(place: &str, texts: &[String]) -> Result<Vec<T>, Refusal> {
    bounded(place, texts.len())?;
    let read = |text: &String| {
        let fault = || Refusal::unfit(place, "has a word that is none of its list");
        text.to_ascii_uppercase().parse().map_err(|_| fault())
    };
    texts.iter().map(read).collect()
}
