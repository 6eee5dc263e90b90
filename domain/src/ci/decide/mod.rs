//! One verb a file; what several have in common stands here.

pub mod correct;
pub mod find_again;
pub mod liken;
pub mod merge_into;
pub mod miss;
pub mod register;
pub mod relate;
pub mod retire;
pub mod revert;
pub mod tell_apart;
pub mod unrelate;

use std::collections::BTreeMap;

use super::event::{CiEvent, Correction};
use super::refusal::CiRefusal;
use super::state::{Body, Ci};
use super::words::{CiLife, Origin};
use crate::cmdb::{Attribute, Catalogue, Class, Datum, Kind, NAME, ORGANIZATION, STATUS, Stored};
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{CiClassId, CiId, Context, DataSubject, Needs, PersonId, Personal};

/// Relations that go out from an item.
pub(super) const RELATIONS_MAX: usize = 10_000;
/// Items that an item may be, and that it is not.
pub(super) const PAIRS_MAX: usize = 100;

/// The item, if it is there and active.
fn active(ci: &Ci) -> Result<&Body, CiRefusal> {
    let body = ci.0.as_deref().ok_or(CiRefusal::Unknown)?;
    match body.life {
        CiLife::Active => Ok(body),
        CiLife::Retired | CiLife::Merged => Err(CiRefusal::NotActive),
    }
}

fn class(id: CiClassId, cx: &Context) -> Result<(&Class, &Catalogue), CiRefusal> {
    let unknown = || CiRefusal::OfNoClass { class: id };
    let catalogue = cx.facts.catalogue.as_deref().ok_or_else(unknown)?;
    Ok((catalogue.by_id(id).ok_or_else(unknown)?, catalogue))
}

fn fit_origin(origin: Origin) -> Result<Origin, CiRefusal> {
    let name = text::line(&origin.name, WORD_MAX).map_err(CiRefusal::SourceUnfit)?;
    Ok(Origin { name, rank: origin.rank })
}

fn attribute<'c>(class: &'c Class, name: &str) -> Result<&'c Attribute, CiRefusal> {
    class.attribute(name).ok_or_else(|| CiRefusal::AttributeUnknown {
        class: class.name.clone(),
        attribute: name.chars().take(80).collect(),
    })
}

/// M1, M5: the value in its fixed form.
fn fit(
    attribute: &Attribute,
    value: &Datum,
    (catalogue, cx): (&Catalogue, &Context),
) -> Result<Datum, CiRefusal> {
    let unfit = |fault| CiRefusal::ValueUnfit { attribute: attribute.name.clone(), fault };
    let value = attribute.fit(value).map_err(unfit)?;
    if attribute.kind == Kind::Reference {
        for item in references(&value) {
            let known = cx.facts.items.get(&item);
            let of = attribute.of.unwrap_or(CiClassId(uuid::Uuid::nil()));
            if !known.is_some_and(|known| known.active && catalogue.is_a(known.class, of)) {
                return Err(CiRefusal::ReferenceUnfit { attribute: attribute.name.clone(), item });
            }
        }
    }
    Ok(value)
}

/// M5: a relation that goes out from an item of this class, to this one.
fn fit_target(
    class: &Class,
    (relation, to): (&str, CiId),
    (catalogue, cx): (&Catalogue, &Context),
) -> Result<(), CiRefusal> {
    let found = class.relation(relation).ok_or_else(|| CiRefusal::RelationUnknown {
        class: class.name.clone(),
        relation: relation.chars().take(80).collect(),
    })?;
    let known = cx.facts.items.get(&to);
    if !known.is_some_and(|known| known.active && catalogue.is_a(known.class, found.to)) {
        return Err(CiRefusal::TargetUnfit { relation: found.name.clone(), item: to });
    }
    Ok(())
}

/// The items that a value names, if it is a reference at all.
fn references(value: &Datum) -> Vec<CiId> {
    let one = |value: &Datum| value.as_reference().map(CiId);
    match value {
        Datum::List(values) => values.iter().filter_map(one).collect(),
        _ => one(value).into_iter().collect(),
    }
}

fn name_references<'v>(values: impl Iterator<Item = &'v Datum>, needs: &mut Needs) {
    needs.items.extend(values.flat_map(references));
}

/// As it is stored: what tells of a person is sealed under the item's own key.
fn stored(attribute: &Attribute, value: Datum, id: CiId) -> Stored {
    match attribute.personal {
        true => Stored::Personal(Personal::of(DataSubject::Person(PersonId(id.0)), value)),
        false => Stored::Plain(value),
    }
}

/// M3: what a source says anew; none when it said the same, as much as before.
fn correction(
    body: &Body,
    attribute: &str,
    (given, origin): (Option<Stored>, &Origin),
) -> Option<CiEvent> {
    let before = body.given.get(attribute).and_then(|sources| sources.get(&origin.name));
    let same = match (before, &given) {
        (Some(before), Some(given)) => {
            before.rank == origin.rank && before.value.value() == given.value()
        }
        (None, None) => true,
        _ => false,
    };
    if same {
        return None;
    }
    let from = body.value(attribute).cloned();
    let mut after = Body {
        given: BTreeMap::from([(
            attribute.to_owned(),
            body.given.get(attribute).cloned().unwrap_or_default(),
        )]),
        relations: BTreeMap::new(),
        identity: Vec::new(),
        ..body.clone()
    };
    let mut event = Correction {
        attribute: attribute.to_owned(),
        origin: origin.clone(),
        given,
        from,
        to: None,
    };
    after.correct(event.clone());
    event.to = after.value(attribute).cloned();
    Some(match attribute {
        NAME => CiEvent::Renamed(event),
        STATUS => CiEvent::StatusMoved(event),
        ORGANIZATION => CiEvent::OwnershipMoved(event),
        _ => CiEvent::Corrected(event),
    })
}

/// M4: an attribute that has to be there is.
fn keeps_required(class: &Class, events: &[CiEvent]) -> Result<(), CiRefusal> {
    let gone = events.iter().filter_map(CiEvent::correction).find(|e| {
        e.to.is_none() && class.attribute(&e.attribute).is_some_and(|found| found.required)
    });
    match gone {
        Some(e) => Err(CiRefusal::AttributeMissing { attribute: e.attribute.clone() }),
        None => Ok(()),
    }
}
