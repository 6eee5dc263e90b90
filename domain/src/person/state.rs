//! What a person's decisions need to remember, and how each event changes it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{Moved, PersonEvent};
use super::refusal::PersonRefusal;
use super::words::{Life, PersonKind, Role};
use crate::access::model::Human;
use crate::access::population::Attributes;
use crate::kernel::{PersonId, Personal, UnitId};
use crate::settings::Language;
use crate::ticket::Tier;

/// A person as the decisions see one: nothing before registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Person(pub Option<Box<Body>>);

/// A registered person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the events that set them")]
pub struct Body {
    pub kind: PersonKind,
    pub role: Role,
    pub life: Life,
    pub login: Personal<String>,
    pub name: Personal<String>,
    pub email: Option<Personal<String>>,
    pub phone: Option<Personal<String>>,
    pub organization: Option<UnitId>,
    pub position: Option<String>,
    pub language: Option<Language>,
    pub skills: BTreeMap<String, Skill>,
    pub tier: Option<Tier>,
    pub deputy: Option<Deputy>,
    pub must_change_password: bool,
    #[serde(default)]
    pub human: Option<Human>,
    /// How the person moved last.
    #[serde(default)]
    pub moved: Option<Moved>,
}

/// How well, and until when certified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skill {
    /// 1 to 5.
    pub level: u8,
    /// The last day of the certificate.
    pub certified_until: Option<NaiveDate>,
}

/// Who stands in on which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputy {
    /// Who.
    pub person: PersonId,
    /// The first day, in UTC.
    pub from: NaiveDate,
    /// The last day, in UTC.
    pub until: NaiveDate,
}

impl Person {
    /// The person, else P1's refusal; of one who left, P13's.
    pub fn body(&self) -> Result<&Body, PersonRefusal> {
        match self.0.as_deref() {
            None => Err(PersonRefusal::NotFound),
            Some(body) if body.life == Life::Left => Err(PersonRefusal::Left),
            Some(body) => Ok(body),
        }
    }

    /// The same of staff; P9's refusal of clients.
    pub fn staff(&self) -> Result<&Body, PersonRefusal> {
        let body = self.body()?;
        if body.kind == PersonKind::Staff { Ok(body) } else { Err(PersonRefusal::StaffOnly) }
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: PersonEvent) {
        if let PersonEvent::Registered(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Body {
                    kind: e.kind,
                    role: e.role,
                    life: Life::Active,
                    login: e.login,
                    name: e.name,
                    email: e.email,
                    phone: e.phone,
                    organization: e.organization,
                    position: None,
                    language: None,
                    skills: BTreeMap::new(),
                    tier: None,
                    deputy: None,
                    must_change_password: false,
                    human: None,
                    moved: None,
                })
            });
        } else if let Some(body) = self.0.as_deref_mut() {
            body.evolve(event);
        }
    }
}

impl Body {
    /// What populations look at, of somebody who belongs to these units.
    pub fn attributes(&self, units: BTreeSet<UnitId>) -> Attributes {
        Attributes {
            kind: self.kind,
            role: self.role,
            organization: self.organization,
            units,
            tier: self.tier,
            position: self.position.clone(),
            skills: self.skills.clone(),
        }
    }

    fn evolve(&mut self, event: PersonEvent) {
        match event {
            PersonEvent::Registered(_) => {}
            PersonEvent::PasswordChanged(e) => self.must_change_password = e.must_change,
            PersonEvent::RoleChanged(e) => self.role = e.role,
            PersonEvent::Renamed(e) => self.name = e.name,
            PersonEvent::ContactsChanged(e) => {
                self.email = e.email;
                self.phone = e.phone;
            }
            PersonEvent::PositionTaken(e) => self.position = e.position,
            PersonEvent::Moved(e) => self.moved = Some(e),
            PersonEvent::LanguageChosen(e) => self.language = Some(e.language),
            PersonEvent::OrganizationChanged(e) => self.organization = e.organization,
            PersonEvent::SkillCertified(e) => {
                let skill = Skill { level: e.level, certified_until: e.certified_until };
                self.skills.insert(e.skill, skill);
            }
            PersonEvent::SkillWithdrawn(e) => {
                self.skills.remove(&e.skill);
            }
            PersonEvent::TierAssigned(e) => self.tier = Some(e.tier),
            PersonEvent::DeputyAppointed(e) => {
                self.deputy = Some(Deputy { person: e.deputy, from: e.from, until: e.until });
            }
            PersonEvent::DeputyDismissed(_) => self.deputy = None,
            PersonEvent::Suspended(_) if self.life == Life::Active => self.life = Life::Suspended,
            PersonEvent::Restored(_) if self.life == Life::Suspended => self.life = Life::Active,
            PersonEvent::Suspended(_) | PersonEvent::Restored(_) => {}
            PersonEvent::Left(_) => self.life = Life::Left,
            PersonEvent::AccountLinked(e) => self.human = Some(e.human),
            PersonEvent::AccountUnlinked(_) => self.human = None,
        }
    }
}
