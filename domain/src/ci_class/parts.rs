//! How the parts of a definition must be.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::decide::{CHOICES_MAX, RULES_MAX};
use crate::ci_class::refusal::CiClassRefusal;
use crate::cmdb::{
    Attribute, Catalogue, Class, Definition, Kind, Measure, RedundancyRule, Relation, STATUS,
};
use crate::kernel::CiClassId;
use crate::kernel::text::{self, NAME_MAX};

/// Longest name of an attribute or relation, in characters.
const WORD_MAX: usize = 63;

/// K1: the label, or the name where there is none.
pub(super) fn label(name: &str, label: &str) -> Result<String, CiClassRefusal> {
    if label.trim().is_empty() {
        return Ok(name.to_owned());
    }
    let unfit = |fault| CiClassRefusal::LabelUnfit { place: name.to_owned(), fault };
    text::line(label, NAME_MAX).map_err(unfit)
}

/// K3, K5
pub(super) fn fit_attribute(
    attribute: &mut Attribute,
    (own, catalogue): (CiClassId, &Catalogue),
) -> Result<(), CiClassRefusal> {
    word(&attribute.name)?;
    attribute.label = label(&attribute.name, &attribute.label)?;
    let name = || attribute.name.clone();
    let unfit = || CiClassRefusal::ChoicesUnfit { attribute: name() };
    let distinct: BTreeSet<&String> = attribute.choices.iter().collect();
    let fit = match attribute.kind {
        Kind::Enum => (1..=CHOICES_MAX).contains(&attribute.choices.len()),
        _ => attribute.choices.is_empty(),
    };
    let line = |choice: &String| text::line(choice, NAME_MAX).as_ref() == Ok(choice);
    if !fit || distinct.len() != attribute.choices.len() || !attribute.choices.iter().all(line) {
        return Err(unfit());
    }
    let unknown = || CiClassRefusal::ClassUnknown { name: name() };
    match (attribute.kind, attribute.of) {
        (Kind::Reference, Some(of)) if of == own || catalogue.by_id(of).is_some() => {}
        (Kind::Reference, _) | (_, Some(_)) => return Err(unknown()),
        (_, None) => {}
    }
    if let Some(default) = &attribute.default {
        let unfit = |fault| CiClassRefusal::DefaultUnfit { attribute: name(), fault };
        attribute.default = Some(attribute.fit(default).map_err(unfit)?);
    }
    Ok(())
}

/// K3
pub(super) fn fit_relation(
    relation: &mut Relation,
    (own, catalogue): (CiClassId, &Catalogue),
) -> Result<(), CiClassRefusal> {
    word(&relation.name)?;
    relation.label = label(&relation.name, &relation.label)?;
    if relation.to != own && catalogue.by_id(relation.to).is_none() {
        return Err(CiClassRefusal::ClassUnknown { name: relation.name.clone() });
    }
    Ok(())
}

/// K3: no two of one name, inherited or inheriting; relations are of one class alone.
pub(super) fn each_once(
    id: CiClassId,
    wanted: &Definition,
    (parent, catalogue): (Option<&Class>, &Catalogue),
) -> Result<(), CiClassRefusal> {
    let mut seen = BTreeSet::new();
    for name in names(wanted) {
        let inherited = parent.is_some_and(|parent| has(parent, name));
        let below = catalogue.classes().any(|class| {
            class.id != id
                && class.lineage.contains(&id)
                && has(class, name)
                && !catalogue.by_id(id).is_some_and(|own| has(own, name))
        });
        if inherited || below || !seen.insert(name) {
            return Err(CiClassRefusal::NameTwice { name: name.to_owned() });
        }
    }
    for relation in &wanted.relations {
        if catalogue.relation(&relation.name).is_some_and(|(owner, _)| owner != id) {
            return Err(CiClassRefusal::RelationTaken { name: relation.name.clone() });
        }
    }
    Ok(())
}

/// K4, K6
pub(super) fn keeps(before: &Definition, wanted: &Definition) -> Result<(), CiClassRefusal> {
    for old in &before.attributes {
        let same = |new: &&Attribute| {
            new.name == old.name
                && (new.kind, new.of, new.list, new.personal)
                    == (old.kind, old.of, old.list, old.personal)
                && old.choices.iter().all(|choice| new.choices.contains(choice))
        };
        if !wanted.attributes.iter().any(|new| same(&new)) {
            return Err(CiClassRefusal::MadeOtherwise { name: old.name.clone() });
        }
    }
    for old in &before.relations {
        let same = |new: &Relation| Relation { label: old.label.clone(), ..new.clone() } == *old;
        if !wanted.relations.iter().any(same) {
            return Err(CiClassRefusal::MadeOtherwise { name: old.name.clone() });
        }
    }
    if before.identity != wanted.identity {
        return Err(CiClassRefusal::IdentityFixed);
    }
    Ok(())
}

/// K6, K7
pub(super) fn fit_rules(
    wanted: &mut Definition,
    parent: Option<&Class>,
) -> Result<(), CiClassRefusal> {
    let inherited = |name: &str| parent.and_then(|parent| parent.attribute(name));
    let own = |name: &str| wanted.attributes.iter().find(|attribute| attribute.name == name);
    let single = |name: &str| {
        let own = wanted.relations.iter().find(|relation| relation.name == name);
        let found = own.or_else(|| parent.and_then(|parent| parent.relation(name)));
        found.is_some_and(|relation| relation.single)
    };
    let tells = |name: &str| {
        let attribute = own(name).or_else(|| inherited(name));
        let one = |a: &Attribute| !a.list && a.kind != Kind::Redundancy;
        attribute.is_some_and(one) || single(name)
    };
    let none = parent.is_none_or(|parent| parent.identity.is_empty());
    if wanted.identity.is_empty() && none && !wanted.is_abstract {
        return Err(CiClassRefusal::IdentityMissing);
    }
    let sets = wanted.identity.iter();
    if wanted.identity.len() > RULES_MAX || sets.clone().any(|set| set.len() > RULES_MAX) {
        return Err(CiClassRefusal::IdentityUnfit { part: String::new() });
    }
    for set in sets {
        let first = set.first().filter(|first| !single(first));
        let unfit = set.iter().find(|part| !tells(part));
        if let (None, _) | (_, Some(_)) = (first, unfit) {
            let part = unfit.or_else(|| set.first()).cloned().unwrap_or_default();
            return Err(CiClassRefusal::IdentityUnfit { part });
        }
    }
    let status = own(STATUS).or_else(|| inherited(STATUS));
    let choices = status.map_or(&[] as &[String], |status| &status.choices);
    if let Some(word) = wanted.out_of_service.iter().find(|word| !choices.contains(word)) {
        return Err(CiClassRefusal::StatusUnknown(word.clone()));
    }
    let open = |rule: &&RedundancyRule| !rule.fixed;
    let opened = parent.map_or(0, |parent| parent.redundancy.iter().filter(open).count());
    let fits = wanted.redundancy.len() <= RULES_MAX
        && opened + wanted.redundancy.iter().filter(open).count() <= 1
        && wanted.redundancy.iter().all(fit_rule);
    fits.then_some(()).ok_or(CiClassRefusal::RedundancyUnfit)
}

fn fit_rule(rule: &RedundancyRule) -> bool {
    let most = match rule.measure {
        Measure::Count => Decimal::from(1_000_000),
        Measure::Percent => Decimal::ONE_HUNDRED,
    };
    (1..=RULES_MAX).contains(&rule.relations.len())
        && rule.relations.iter().all(|name| word(name).is_ok())
        && rule.min_up >= Decimal::ZERO
        && rule.min_up <= most
        && rule.min_up.scale() <= 6
}

fn names(wanted: &Definition) -> impl Iterator<Item = &str> {
    let attributes = wanted.attributes.iter().map(|attribute| attribute.name.as_str());
    attributes.chain(wanted.relations.iter().map(|relation| relation.name.as_str()))
}

fn has(class: &Class, name: &str) -> bool {
    class.attribute(name).is_some() || class.relation(name).is_some()
}

/// Snake case, a letter first.
fn word(name: &str) -> Result<(), CiClassRefusal> {
    let fits = name.len() <= WORD_MAX
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    fits.then_some(()).ok_or_else(|| CiClassRefusal::WordUnfit(name.chars().take(80).collect()))
}
