//! Finds the items that rows name: a key becomes an identity, an identity somebody's.
//!
//! What has to be looked up is gathered, so that a thousand rows ask in a few statements: whoever gets
//! no answer yet looks up what is asked for and tries again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::cmdb::cell::parts_of;
use domain::cmdb::{
    Attribute, Catalogue, Class, Datum, Kind, ORGANIZATION, Part, identities, identity_beginning,
};
use domain::kernel::{CiClassId, CiId, ClaimKey};
use serde_json::Value;

use crate::gateway::bulk::Work;
use crate::workers::cis::fault::Fault;
use crate::workers::cis::reading::named_in;
use crate::workers::cis::row::{Named, Said};

/// Letters that are repeated of what a row says.
const SHOWN: usize = 200;
/// Digits that a number of JSON with a fraction surely has as they were written.
const DIGITS: usize = 15;
/// Letters of an identity as text.
const UUID_LEN: usize = 36;

/// An answer; none: something has to be looked up first.
pub(super) type Found<T> = Result<Option<T>, Fault>;

/// Whom a key names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    One(CiId),
    Nobody,
    Several,
}

/// See the module.
pub(super) struct Finder<'w, 'd> {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) work: &'w Work<'d>,
    /// What has to be looked up.
    pub(super) asked: BTreeSet<ClaimKey>,
    /// Beginnings of what has to be looked up.
    pub(super) begun: BTreeSet<String>,
    /// What nobody holds: it is made of items that are new themselves.
    pub(super) free: BTreeSet<ClaimKey>,
    /// Whether something was found as the only one of its name: another row can bring a second.
    pub(super) alone: bool,
}

impl<'w, 'd> Finder<'w, 'd> {
    pub(super) fn new(work: &'w Work<'d>) -> Self {
        let catalogue = work.catalogue();
        let (asked, begun, free) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { catalogue, work, asked, begun, free, alone: false }
    }

    /// The item of this key.
    pub(super) fn item(&mut self, named: &Named) -> Found<Hit> {
        let catalogue = Arc::clone(&self.catalogue);
        let class = class(&catalogue, &named.class)?;
        self.among(&catalogue, class, |finder, class| {
            let rule = class.key();
            for (part, _) in &named.key {
                if !rule.contains(part) {
                    let wanted = rule.join(", ");
                    let (class, field) = (class.name.clone(), part.clone());
                    return Err(Fault::KeyPartUnknown { class, wanted, field });
                }
            }
            let mut parts = BTreeMap::new();
            let mut waits = false;
            for (part, said) in &named.key {
                match finder.part(class, part, said)? {
                    None => waits = true,
                    Some(found) => {
                        parts.insert(part.clone(), found);
                    }
                }
            }
            Ok((!waits).then_some(parts))
        })
    }

    /// The same, which has to be there.
    pub(super) fn end(&mut self, field: &str, named: &Named) -> Found<CiId> {
        match self.item(named)? {
            None => Ok(None),
            Some(Hit::One(id)) => Ok(Some(id)),
            Some(Hit::Nobody) => {
                let what = named.shown().chars().take(SHOWN).collect();
                Err(Fault::NotThere { field: field.to_owned(), what })
            }
            Some(Hit::Several) => {
                Err(Fault::Ambiguous { field: field.to_owned(), what: named.shown() })
            }
        }
    }

    /// The same, if it is there.
    pub(super) fn perhaps(&mut self, named: &Named) -> Found<Option<CiId>> {
        Ok(self.item(named)?.map(|hit| match hit {
            Hit::One(id) => Some(id),
            Hit::Nobody | Hit::Several => None,
        }))
    }

    /// The item that goes by this name, in this organisation where its key has one. Where nobody says
    /// whose it is, and nobody's has the name, it is the only one of that name.
    fn by_text(&mut self, of: CiClassId, text: &str, whose: Option<&Datum>) -> Found<Hit> {
        let catalogue = Arc::clone(&self.catalogue);
        let Some(class) = catalogue.by_id(of) else { return Ok(Some(Hit::Nobody)) };
        let named = self.among(&catalogue, class, |_, class| {
            let mut parts = BTreeMap::new();
            if let Some((name, part)) = called(class, text)? {
                parts.insert(name.to_owned(), part);
            }
            if let Some(whose) = whose.filter(|_| class.key().iter().any(|p| p == ORGANIZATION)) {
                parts.insert(ORGANIZATION.to_owned(), Part::Plain(whose.plain()));
            }
            Ok(Some(parts))
        })?;
        match (named, whose) {
            (Some(Hit::Nobody), None) => self.by_name_alone(&catalogue, class, text),
            (named, _) => Ok(named),
        }
    }

    /// The only item that goes by this name, whatever else tells it apart.
    fn by_name_alone(&mut self, catalogue: &Catalogue, class: &Class, text: &str) -> Found<Hit> {
        self.alone = true;
        let mut hits = BTreeSet::new();
        let mut waits = false;
        for class in concrete(catalogue, class).filter(|class| class.key().len() > 1) {
            // What is no name of this class names nothing of it.
            let Ok(Some((_, part))) = called(class, text) else { continue };
            let Some(beginning) = identity_beginning(class.id, &part) else { continue };
            match self.work.holders_beginning(&beginning) {
                Some(holders) => hits.extend(holders),
                None => {
                    self.begun.insert(beginning);
                    waits = true;
                }
            }
        }
        Ok((!waits).then(|| match (hits.first(), hits.len()) {
            (Some(id), 1) => Hit::One(*id),
            (Some(_), _) => Hit::Several,
            (None, _) => Hit::Nobody,
        }))
    }

    /// The one item of a class, or of any that inherits it when it has none of its own.
    fn among(
        &mut self,
        catalogue: &Catalogue,
        class: &Class,
        mut parts_in: impl FnMut(&mut Self, &Class) -> Found<BTreeMap<String, Part>>,
    ) -> Found<Hit> {
        let mut hits = BTreeSet::new();
        let (mut waits, mut faults, mut fits) = (false, None, false);
        for class in concrete(catalogue, class) {
            let key = parts_in(self, class).and_then(|parts| {
                parts
                    .map(|parts| Ok((first_key(class, &parts)?, self.is_new(parts.values()))))
                    .transpose()
            });
            match key {
                Ok(Some((key, is_new))) => {
                    fits = true;
                    match self.holder(&key, is_new) {
                        Some(holder) => hits.extend(holder),
                        None => waits = true,
                    }
                }
                Ok(None) => waits = true,
                // Another class of the family may have such a key.
                Err(fault) => faults = faults.or(Some(fault)),
            }
        }
        match faults {
            Some(fault) if !fits && !waits => Err(fault),
            _ if waits => Ok(None),
            _ => Ok(Some(match (hits.pop_first(), hits.is_empty()) {
                (Some(id), true) => Hit::One(id),
                (Some(_), false) => Hit::Several,
                (None, _) => Hit::Nobody,
            })),
        }
    }

    /// Who holds this identity; none: it has to be looked up.
    pub(super) fn holder(&mut self, key: &ClaimKey, is_new: bool) -> Option<Option<CiId>> {
        let holder = self.work.holder(key);
        match (holder, is_new) {
            (Some(_), _) => holder,
            (None, true) => {
                self.free.insert(key.clone());
                Some(None)
            }
            (None, false) => {
                self.asked.insert(key.clone());
                None
            }
        }
    }

    /// Whether one of these was registered just now: nothing that is stored can be made of it.
    pub(super) fn is_new<'p>(&self, parts: impl IntoIterator<Item = &'p Part>) -> bool {
        parts.into_iter().any(|part| match part {
            Part::Item(id) => self.work.is_new(*id),
            Part::Plain(text) if text.len() == UUID_LEN => {
                text.parse().is_ok_and(|id| self.work.is_new(CiId(id)))
            }
            Part::Plain(_) | Part::Personal(_) => false,
        })
    }

    fn part(&mut self, class: &Class, name: &str, said: &Said) -> Found<Part> {
        if let Some(relation) = class.relation(name) {
            let to = self.target((name, relation.to), said, None)?;
            return Ok(to.map(Part::Item));
        }
        let attribute = attribute(class, name)?;
        Ok(match self.value(attribute, said, None)? {
            None => None,
            Some(Some(datum)) => Some(part_of(attribute, &datum)),
            Some(None) => {
                let (class, field) = (class.name.clone(), name.to_owned());
                return Err(Fault::KeyPartMissing { class, field });
            }
        })
    }

    /// Where a relation goes: an item by its key, or by its name.
    pub(super) fn target(
        &mut self,
        (field, of): (&str, CiClassId),
        said: &Said,
        whose: Option<&Datum>,
    ) -> Found<CiId> {
        let hit = match said {
            Said::Item(named) => self.item(named)?,
            Said::Cell(text) if text.starts_with('{') => match named_in(text) {
                Some(named) => self.item(&named?)?,
                None => self.by_text(of, text, whose)?,
            },
            Said::Cell(text) | Said::Json(Value::String(text)) => self.by_text(of, text, whose)?,
            Said::Nothing | Said::Json(_) | Said::Several(_) => {
                let why = "an item is wanted: its name, or its class and key";
                return Err(Fault::NoValue { field: field.to_owned(), why });
            }
        };
        match hit {
            None => Ok(None),
            Some(Hit::One(id)) => Ok(Some(id)),
            Some(Hit::Nobody) => Err(not_there(field, said)),
            Some(Hit::Several) => {
                Err(Fault::Ambiguous { field: field.to_owned(), what: said.shown() })
            }
        }
    }

    /// An attribute's value in its fixed form; within: none when it is nothing any more.
    pub(super) fn value(
        &mut self,
        attribute: &Attribute,
        said: &Said,
        whose: Option<&Datum>,
    ) -> Found<Option<Datum>> {
        let name = attribute.name.as_str();
        if matches!(said, Said::Nothing) {
            return Ok(Some(None));
        }
        if attribute.kind == Kind::Reference {
            return self.reference(attribute, said, whose);
        }
        let datum = match said {
            Said::Cell(text) => attribute.fit_text(text),
            said => attribute.fit(&datum(name, said)?),
        };
        datum.map(|datum| Some(Some(datum))).map_err(|fault| unfit(name, fault))
    }

    fn reference(
        &mut self,
        attribute: &Attribute,
        said: &Said,
        whose: Option<&Datum>,
    ) -> Found<Option<Datum>> {
        let Some(of) = attribute.of else { return Ok(Some(None)) };
        let place = (attribute.name.as_str(), of);
        let text = |id: CiId| Datum::Text(id.to_string());
        let several: Vec<Said> = match said {
            Said::Several(all) if attribute.list => all.clone(),
            Said::Cell(cell) if attribute.list => {
                parts_of(cell).into_iter().map(Said::Cell).collect()
            }
            one => return Ok(self.target(place, one, whose)?.map(|id| Some(text(id)))),
        };
        let mut data = Vec::with_capacity(several.len());
        let mut waits = false;
        for one in &several {
            match self.target(place, one, whose)? {
                Some(id) => data.push(text(id)),
                None => waits = true,
            }
        }
        Ok((!waits).then_some(Some(Datum::List(data))))
    }
}

/// The class, or those that inherit it when it has no items of its own.
fn concrete<'c>(catalogue: &'c Catalogue, class: &Class) -> impl Iterator<Item = &'c Class> {
    let candidates = match class.is_abstract {
        true => catalogue.family(class.id),
        false => vec![class.id],
    };
    let classes = candidates.into_iter().filter_map(|id| catalogue.by_id(id));
    classes.filter(|class| !class.is_abstract)
}

/// What a name is of the key of a class; none: its key begins with a relation.
fn called<'c>(class: &'c Class, text: &str) -> Result<Option<(&'c str, Part)>, Fault> {
    let Some(name) = class.key().first() else { return Ok(None) };
    let Some(attribute) = class.attribute(name) else { return Ok(None) };
    let datum = attribute.fit_text(text).map_err(|fault| unfit(name, fault))?;
    Ok(Some((name, part_of(attribute, &datum))))
}

/// A class by its name.
pub(super) fn class<'c>(catalogue: &'c Catalogue, name: &str) -> Result<&'c Class, Fault> {
    let short = || name.chars().take(80).collect();
    catalogue.by_name(name).ok_or_else(|| Fault::ClassUnknown(short()))
}

/// An attribute of a class.
pub(super) fn attribute<'c>(class: &'c Class, name: &str) -> Result<&'c Attribute, Fault> {
    class.attribute(name).ok_or_else(|| Fault::AttributeUnknown {
        class: class.name.clone(),
        field: name.chars().take(80).collect(),
    })
}

/// What an attribute's value is in an identity.
pub(super) fn part_of(attribute: &Attribute, datum: &Datum) -> Part {
    match attribute.personal {
        true => Part::Personal(datum.plain()),
        false => Part::Plain(datum.plain()),
    }
}

pub(super) fn unfit(field: &str, fault: domain::cmdb::ValueFault) -> Fault {
    Fault::ValueUnfit { field: field.to_owned(), fault }
}

fn not_there(field: &str, said: &Said) -> Fault {
    Fault::NotThere { field: field.to_owned(), what: said.shown().chars().take(SHOWN).collect() }
}

/// The identity by which files name items of this class.
fn first_key(class: &Class, parts: &BTreeMap<String, Part>) -> Result<ClaimKey, Fault> {
    let first = class.identity.get(..1).unwrap_or_default();
    let keys = identities(class.id, first, |name| parts.get(name).cloned());
    keys.into_iter().next().ok_or_else(|| Fault::KeyPartMissing {
        class: class.name.clone(),
        field: class.key().first().cloned().unwrap_or_default(),
    })
}

/// A value of JSON; numbers with fractions are texts.
fn datum(field: &str, said: &Said) -> Result<Datum, Fault> {
    let no = |why| Fault::NoValue { field: field.to_owned(), why };
    Ok(match said {
        Said::Json(Value::Bool(truth)) => Datum::Truth(*truth),
        Said::Json(Value::Number(number)) => match number.as_i64() {
            Some(whole) => Datum::Integer(whole),
            None => match number.to_string() {
                // It may have had more digits than are left of it.
                text if digits(&text) > DIGITS => {
                    return Err(no("a number of more than 15 digits is written as a text"));
                }
                text => Datum::Text(text),
            },
        },
        Said::Json(Value::String(text)) | Said::Cell(text) => Datum::Text(text.clone()),
        Said::Json(value @ Value::Object(_)) => {
            let redundancy = serde_json::from_value(value.clone());
            Datum::Redundancy(redundancy.map_err(|_| {
                no("an object is a redundancy: enabled, min_up, and as type count or percent")
            })?)
        }
        Said::Several(all) => {
            Datum::List(all.iter().map(|one| datum(field, one)).collect::<Result<_, _>>()?)
        }
        Said::Item(_) => return Err(no("it is an item, and no item is wanted")),
        Said::Nothing | Said::Json(_) => return Err(no("nothing stands in it")),
    })
}

/// How many digits a number has, without the zeros before the first other one.
fn digits(number: &str) -> usize {
    let counting = number.trim_start_matches(['-', '0', '.']);
    counting.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count()
}
