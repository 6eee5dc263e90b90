//! The row, and how an event changes it: through the domain's own evolve.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::model::Human;
use domain::kernel::{DataSubject, PersonId, Personal, UnitId};
use domain::person::state::{Body, Deputy, Skill};
use domain::person::{Life, Person, PersonEvent, PersonKind, Role};
use domain::settings::Language;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::{micros, shown, tier};

/// A person. Personal texts are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The person's stream.
    pub person_id: PersonId,
    /// What the person signs in with.
    pub login: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Staff or client.
    pub kind: PersonKind,
    /// What the person may do.
    pub role: Role,
    /// Whether the person may act.
    pub life: Life,
    /// A client's customer organisation.
    pub organization_id: Option<UnitId>,
    /// Such as "Network engineer".
    pub position: Option<String>,
    /// In which the person is addressed; none: the deployment's first.
    pub language: Option<Language>,
    /// What the person can do, how well and until when certified.
    pub skills: BTreeMap<String, Skill>,
    /// Support tier, 1 to 3.
    pub tier: Option<i16>,
    /// Who stands in while the person is away.
    pub deputy_id: Option<PersonId>,
    /// The first day away, in UTC.
    pub away_from: Option<NaiveDate>,
    /// The last day away, in UTC.
    pub away_until: Option<NaiveDate>,
    /// Whose second account it is.
    pub human_id: Option<PersonId>,
    /// When the person became known.
    pub registered_at: DateTime<Utc>,
    /// The number of the person's events.
    pub version: i64,
}

impl PersonRow {
    /// The row after an event; none as long as the person was not registered.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        person_event: &PersonEvent,
        id: PersonId,
    ) -> Option<Self> {
        let at = micros(event.meta.occurred_at);
        let registered_at = row.as_ref().map_or(at, |row| row.registered_at);
        let mut person = Person(row.map(|row| Box::new(row.into_body())));
        person.evolve(person_event.clone());
        let body = *person.0?;
        Some(Self {
            person_id: id,
            login: shown(&body.login),
            name: shown(&body.name),
            email: body.email.as_ref().map(shown),
            phone: body.phone.as_ref().map(shown),
            kind: body.kind,
            role: body.role,
            life: body.life,
            organization_id: body.organization,
            position: body.position,
            language: body.language,
            skills: body.skills,
            tier: body.tier.map(|tier| tier.0.into()),
            deputy_id: body.deputy.map(|deputy| deputy.person),
            away_from: body.deputy.map(|deputy| deputy.from),
            away_until: body.deputy.map(|deputy| deputy.until),
            human_id: body.human.map(|human| human.0),
            registered_at,
            version: event.sequence,
        })
    }

    /// The person as far as evolve looks at one: whose key sealed a text does not matter to it.
    fn into_body(self) -> Body {
        let text = |text| Personal::of(DataSubject::Deployment, text);
        let away = self.deputy_id.zip(self.away_from).zip(self.away_until);
        Body {
            kind: self.kind,
            role: self.role,
            life: self.life,
            login: text(self.login),
            name: text(self.name),
            email: self.email.map(text),
            phone: self.phone.map(text),
            organization: self.organization_id,
            position: self.position,
            language: self.language,
            skills: self.skills,
            tier: self.tier.map(tier),
            deputy: away.map(|((person, from), until)| Deputy { person, from, until }),
            // Nobody reads it here.
            must_change_password: false,
            human: self.human_id.map(Human),
            moved: None,
        }
    }
}
