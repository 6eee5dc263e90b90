//! What an item's decisions need to remember.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{CiEvent, Correction, Registered};
use super::words::{CiLife, Origin};
use crate::cmdb::{Datum, Part, Stored, identities};
use crate::kernel::{CiClassId, CiId, ClaimKey, ItemFacts};

/// An item: nothing before it is registered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ci(pub Option<Box<Body>>);

/// An item that was registered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its class.
    pub class: CiClassId,
    /// What tells items of its class apart.
    pub identity: Vec<Vec<String>>,
    /// What each source says of each attribute, by the source's name.
    pub given: BTreeMap<String, BTreeMap<String, Given>>,
    /// What it is related to, and who says so, by the relation's name.
    pub relations: BTreeMap<String, BTreeMap<CiId, Origin>>,
    /// Where in its life it is.
    pub life: CiLife,
    /// What goes on in its place.
    pub into: Option<CiId>,
    /// Sources that know it and did not send it any more, and since when.
    #[serde(default)]
    pub missing: BTreeMap<String, DateTime<Utc>>,
    /// What it may be the same thing as.
    #[serde(default)]
    pub alike: BTreeSet<CiId>,
    /// What it is not the same thing as, however alike they look.
    #[serde(default)]
    pub apart: BTreeSet<CiId>,
}

/// What one source says of one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// How much that counts; the lowest does.
    pub rank: u16,
    /// The value.
    pub value: Stored,
}

impl Ci {
    /// The keys it holds.
    pub(super) fn identities(&self) -> Vec<ClaimKey> {
        let Some(body) = self.0.as_ref().filter(|body| body.life == CiLife::Active) else {
            return Vec::new();
        };
        identities(body.class, &body.identity, |name| body.part(name))
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: CiEvent) {
        if let CiEvent::Registered(registered) = event {
            self.0 = Some(Box::new(Body::new(*registered)));
            return;
        }
        let Some(body) = &mut self.0 else { return };
        match event {
            CiEvent::Registered(_) => {}
            CiEvent::Renamed(e)
            | CiEvent::StatusMoved(e)
            | CiEvent::OwnershipMoved(e)
            | CiEvent::Corrected(e) => body.correct(e),
            CiEvent::Related(e) => {
                body.relations.entry(e.relation).or_default().insert(e.to, e.origin);
            }
            CiEvent::Unrelated(e) => {
                if let Some(to) = body.relations.get_mut(&e.relation) {
                    to.remove(&e.to);
                    if to.is_empty() {
                        body.relations.remove(&e.relation);
                    }
                }
            }
            CiEvent::Retired(_) => body.life = CiLife::Retired,
            CiEvent::MergedInto(e) => {
                body.life = CiLife::Merged;
                body.into = Some(e.into);
            }
            CiEvent::Missed(e) => {
                body.missing.insert(e.source, e.since);
            }
            CiEvent::FoundAgain(e) => {
                body.missing.remove(&e.source);
            }
            CiEvent::Likened(e) => {
                body.alike.insert(e.other);
            }
            CiEvent::ToldApart(e) => {
                body.alike.remove(&e.other);
                body.apart.insert(e.other);
            }
        }
    }
}

impl Body {
    fn new(registered: Registered) -> Self {
        let Registered { class, identity, origin, values, relations } = registered;
        let given = values.into_iter().map(|(attribute, value)| {
            let given = Given { rank: origin.rank, value };
            (attribute, BTreeMap::from([(origin.name.clone(), given)]))
        });
        let given = given.collect();
        let mut body = Self {
            class,
            identity,
            given,
            relations: BTreeMap::new(),
            life: CiLife::Active,
            into: None,
            missing: BTreeMap::new(),
            alike: BTreeSet::new(),
            apart: BTreeSet::new(),
        };
        for link in relations {
            body.relations.entry(link.relation).or_default().insert(link.to, origin.clone());
        }
        body
    }

    pub(super) fn correct(&mut self, correction: Correction) {
        let Correction { attribute, origin, given, .. } = correction;
        let sources = self.given.entry(attribute).or_default();
        match given {
            Some(value) => {
                sources.insert(origin.name, Given { rank: origin.rank, value });
            }
            None => {
                sources.remove(&origin.name);
            }
        }
        self.given.retain(|_, sources| !sources.is_empty());
        let given = &self.given;
        let known = |source: &String| given.values().any(|it| it.contains_key(source));
        self.missing.retain(|source, _| known(source));
    }

    /// Whether a source says anything of its attributes.
    pub fn is_known_by(&self, source: &str) -> bool {
        self.given.values().any(|sources| sources.contains_key(source))
    }

    /// What counts of an attribute, and who says so.
    pub fn counts(&self, attribute: &str) -> Option<(&str, &Given)> {
        let sources = self.given.get(attribute)?.iter();
        // Names come in their order, and of equals the first is taken.
        let (name, given) = sources.min_by_key(|(_, given)| given.rank)?;
        Some((name, given))
    }

    /// What counts of an attribute.
    pub fn value(&self, attribute: &str) -> Option<&Stored> {
        self.counts(attribute).map(|(_, given)| &given.value)
    }

    /// What counts of all attributes that can be read.
    pub fn values(&self) -> BTreeMap<String, Datum> {
        let names = self.given.keys();
        names.filter_map(|name| Some((name.clone(), self.value(name)?.value()?.clone()))).collect()
    }

    /// What decisions about others are told of it.
    pub fn facts(&self) -> ItemFacts {
        ItemFacts { class: self.class, active: self.life == CiLife::Active }
    }

    /// How many relations go out from it.
    pub fn bonds(&self) -> usize {
        self.relations.values().map(BTreeMap::len).sum()
    }

    fn part(&self, name: &str) -> Option<Part> {
        if let Some(to) = self.relations.get(name) {
            return to.keys().next().copied().map(Part::Item);
        }
        match self.value(name)? {
            Stored::Plain(value) => Some(Part::Plain(value.plain())),
            Stored::Personal(value) => value.value().map(|value| Part::Personal(value.plain())),
        }
    }
}
