//! What is asked about, and under what circumstances.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use async_graphql::{ID, InputObject, OneofObject, Result};
use domain::access::decide::{ObjectView, Session};
use domain::access::model::{Ceiling, DoneDuty, FieldName, Human, Level};

use crate::asking::{External, Named};
use crate::graphql::error::{bad_id, bad_request};
use crate::graphql::id::decode;
use crate::graphql::permission::words::{AccessObligation, AccessRelation};

/// Most entries of any list of a question.
const LIST_MAX: usize = 100;
/// Longest text of a question, in characters.
const TEXT_MAX: usize = 200;

/// What something would be done to; none: to nothing in particular.
#[derive(Debug, OneofObject)]
pub(super) enum AccessResourceInput {
    /// A ticket.
    TicketId(ID),
    /// A configuration item.
    CiId(ID),
    /// A unit.
    UnitId(ID),
    /// A person.
    PersonId(ID),
    /// A resource of another system, which says what is so of it.
    External(ExternalResourceInput),
}

/// A resource of another system, of a type that is registered. What is left out is not so.
#[derive(Debug, InputObject)]
pub(super) struct ExternalResourceInput {
    /// The system, as its resource types name it.
    system: String,
    /// The resource type.
    #[graphql(name = "type")]
    kind: String,
    /// What the system calls it, at most 200 characters.
    id: String,
    /// In which unit it lies; absent: at the root.
    unit_id: Option<ID>,
    /// How the subject stands to it.
    relations: Option<Vec<AccessRelation>>,
    /// What conditions of grants and rules can ask for.
    attributes: Option<Vec<ResourceAttributeInput>>,
    /// How risky it is, 0 to 255.
    risk: Option<i32>,
    /// Which of its fields are flagged personal.
    personal: Option<Vec<String>>,
    /// Which duties were done on it, by whom.
    done: Option<Vec<DoneDutyInput>>,
    /// What an approval of it takes, 0 to 255.
    required_level: Option<i32>,
}

/// Something that is so of a resource.
#[derive(Debug, InputObject)]
struct ResourceAttributeInput {
    /// What it is called.
    name: String,
    /// Its value, at most 200 characters.
    value: String,
}

/// A duty that somebody did on a resource.
#[derive(Debug, InputObject)]
struct DoneDutyInput {
    /// Which, as rules of duties name it.
    duty: String,
    /// Who did it.
    person_id: ID,
    /// In whose place.
    acting_for_id: Option<ID>,
}

/// How somebody would be here; absent: plainly, with everything that was granted.
#[derive(Debug, Default, InputObject)]
pub(super) struct AccessCircumstancesInput {
    /// In whose place.
    acting_for_id: Option<ID>,
    /// What is met already: a second proof, a reason.
    met: Option<Vec<AccessObligation>>,
    /// What a token is for: patterns of actions; absent: everything.
    ceiling: Option<Vec<String>>,
}

/// One word of an argument.
pub(super) fn word<T: FromStr<Err: Display>>(place: &str, text: &str) -> Result<T> {
    text.parse().map_err(|fault| bad_request(format!("{place} {fault}")))
}

/// Several.
pub(super) fn words<T: FromStr<Err: Display>, C: FromIterator<T>>(
    place: &str,
    texts: Option<Vec<String>>,
) -> Result<C> {
    bounded(place, texts)?.iter().map(|text| word(place, text)).collect()
}

fn bounded<T>(place: &str, list: Option<Vec<T>>) -> Result<Vec<T>> {
    let list = list.unwrap_or_default();
    if list.len() > LIST_MAX {
        return Err(bad_request(format!("{place} has more than {LIST_MAX} entries")));
    }
    Ok(list)
}

fn short(place: &str, text: &str) -> Result<()> {
    if (1..=TEXT_MAX).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(bad_request(format!("{place} is 1 to {TEXT_MAX} characters long")))
}

fn byte(place: &str, number: i32) -> Result<u8> {
    u8::try_from(number).map_err(|_| bad_request(format!("{place} is 0 to 255")))
}

/// What the argument names.
pub(super) fn named(input: Option<AccessResourceInput>) -> Result<Named> {
    Ok(match input {
        None => Named::Nothing,
        Some(AccessResourceInput::TicketId(id)) => Named::Ticket(decode(&id).map_err(bad_id)?),
        Some(AccessResourceInput::CiId(id)) => Named::Item(decode(&id).map_err(bad_id)?),
        Some(AccessResourceInput::UnitId(id)) => Named::Unit(decode(&id).map_err(bad_id)?),
        Some(AccessResourceInput::PersonId(id)) => Named::Person(decode(&id).map_err(bad_id)?),
        Some(AccessResourceInput::External(it)) => Named::External(Box::new(it.read()?)),
    })
}

impl ExternalResourceInput {
    fn read(self) -> Result<External> {
        short("id", &self.id)?;
        let mut attributes: BTreeMap<FieldName, String> = BTreeMap::new();
        for attribute in bounded("attributes", self.attributes)? {
            short("attributes", &attribute.value)?;
            attributes.insert(word("attributes", &attribute.name)?, attribute.value);
        }
        let done = bounded("done", self.done)?.into_iter().map(DoneDutyInput::read);
        let relations = bounded("relations", self.relations)?;
        let unit = self.unit_id.map(|id| decode(&id).map_err(bad_id)).transpose()?;
        let object = ObjectView {
            relation: relations.into_iter().map(Into::into).collect(),
            attributes,
            risk: self.risk.map(|risk| byte("risk", risk)).transpose()?,
            personal: words("personal", self.personal)?,
            done: done.collect::<Result<_>>()?,
            required_level: Level(byte("requiredLevel", self.required_level.unwrap_or_default())?),
            ..ObjectView::default()
        };
        Ok(External { object_type: format!("{}:{}", self.system, self.kind), object, unit })
    }
}

impl DoneDutyInput {
    fn read(self) -> Result<DoneDuty> {
        let human = |id: &ID| decode(id).map(Human).map_err(bad_id);
        Ok(DoneDuty {
            duty: word("duty", &self.duty)?,
            human: human(&self.person_id)?,
            acting_for: self.acting_for_id.as_ref().map(human).transpose()?,
        })
    }
}

impl AccessCircumstancesInput {
    /// As a session.
    pub(super) fn read(self) -> Result<Session> {
        let acting_for = self.acting_for_id.map(|id| decode(&id).map(Human).map_err(bad_id));
        let ceiling = self.ceiling.map(|texts| words("ceiling", Some(texts)).map(Ceiling));
        Ok(Session {
            token: ceiling.transpose()?,
            acting_for: acting_for.transpose()?,
            met: bounded("met", self.met)?.into_iter().map(Into::into).collect(),
            ..Session::default()
        })
    }
}
