//! Classes in a file of items: their lines, and the order in which their items can be registered.

use std::collections::{BTreeMap, BTreeSet};

use domain::cmdb::standard::standard_classes;
use domain::cmdb::{Catalogue, NamedDefinition};
use domain::kernel::CiClassId;
use projections::exports::items::Link;
use serde_json::{Value, json};

/// Lines that define the classes an installation does not begin with, or not so: each behind those it
/// names. Where they name each other in a circle, one is defined without first, and as a whole in the
/// end.
pub(super) fn definitions(catalogue: &Catalogue) -> Vec<String> {
    let shipped = standard_classes();
    let mut left: BTreeMap<String, NamedDefinition> = catalogue
        .classes()
        .filter_map(|class| catalogue.definition(class.id))
        .map(|definition| NamedDefinition::of(definition, catalogue))
        .filter(|definition| !shipped.contains(definition))
        .map(|definition| (definition.name.clone(), definition))
        .collect();
    // What is shipped is there, however it was extended.
    let mut there: BTreeSet<String> = shipped.iter().map(|class| class.name.clone()).collect();
    let (mut lines, mut whole) = (Vec::new(), Vec::new());
    while let Some(name) = next(&left, &there) {
        let Some(definition) = left.remove(&name) else { break };
        there.insert(name);
        let first = without(&definition, &there);
        lines.push(line(&first));
        if first != definition {
            whole.push(line(&definition));
        }
    }
    lines.append(&mut whole);
    lines
}

/// The first by name that names nothing that is not there; else one whose parent is; else any.
fn next(left: &BTreeMap<String, NamedDefinition>, there: &BTreeSet<String>) -> Option<String> {
    let known = |name: &String| there.contains(name);
    let has_all = |it: &&NamedDefinition| names(it).all(|name| known(name) || *name == it.name);
    let has_parent = |it: &&NamedDefinition| it.parent.as_ref().is_none_or(known);
    let all = || left.values();
    let found = all().find(has_all).or_else(|| all().find(has_parent)).or_else(|| all().next());
    found.map(|definition| definition.name.clone())
}

/// The classes that one names.
fn names(definition: &NamedDefinition) -> impl Iterator<Item = &String> {
    let attributes = definition.attributes.iter().filter_map(|attribute| attribute.of.as_ref());
    let relations = definition.relations.iter().map(|relation| &relation.to);
    definition.parent.iter().chain(attributes).chain(relations)
}

fn without(definition: &NamedDefinition, there: &BTreeSet<String>) -> NamedDefinition {
    let mut first = definition.clone();
    first.attributes.retain(|it| it.of.as_ref().is_none_or(|of| there.contains(of)));
    first.relations.retain(|relation| there.contains(&relation.to));
    first
}

fn line(definition: &NamedDefinition) -> String {
    json!({"define": plain(json!(definition))}).to_string()
}

/// Without what is said by saying nothing.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, plain(value)));
            Value::Object(fields.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(plain).collect()),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(values) => values.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Object(_) => false,
    }
}

/// All classes so that, as far as that can be, items of each go to items of those before it alone; by
/// name where it does not matter. What no item can be without comes first, whatever else that costs.
pub(super) fn in_turn(catalogue: &Catalogue, links: &[Link]) -> Vec<CiClassId> {
    let by_name: BTreeMap<&str, CiClassId> =
        catalogue.classes().map(|class| (class.name.as_str(), class.id)).collect();
    let mut left: Vec<CiClassId> = by_name.into_values().collect();
    let mut turn = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free = |class: CiClassId, all: bool| {
            let from = links.iter().filter(|link| link.from == class && link.to != class);
            let mut waits = from.filter(|link| all || is_needed(catalogue, link));
            !waits.any(|link| left.contains(&link.to))
        };
        let found = left.iter().position(|class| free(*class, true));
        let found = found.or_else(|| left.iter().position(|class| free(*class, false)));
        turn.push(left.remove(found.unwrap_or_default()));
    }
    turn
}

/// Whether no item can be registered without it.
pub(super) fn is_needed(catalogue: &Catalogue, link: &Link) -> bool {
    catalogue.by_id(link.from).is_some_and(|class| {
        class.key().contains(&link.name)
            || class.attribute(&link.name).is_some_and(|attribute| attribute.required)
    })
}

/// The classes in turn, in groups: items of a group's classes may need each other, those of a single
/// class none of their own.
pub(super) fn knots(
    catalogue: &Catalogue,
    turn: &[CiClassId],
    links: &[Link],
) -> Vec<(Vec<CiClassId>, bool)> {
    let place = |id| turn.iter().position(|class| *class == id);
    let needed = links.iter().filter(|link| is_needed(catalogue, link));
    let spans: Vec<(usize, usize)> = needed
        .filter_map(|link| Some((place(link.from)?, place(link.to)?)))
        .filter(|(from, to)| to >= from)
        .collect();
    let mut groups = Vec::new();
    let mut first = 0;
    while first < turn.len() {
        let mut last = first;
        let mut knotted = false;
        // Each class of the group may stretch it.
        let mut at = first;
        while at <= last {
            for (_, to) in spans.iter().filter(|(from, _)| *from == at) {
                last = last.max(*to);
                knotted = true;
            }
            at += 1;
        }
        groups.push((turn[first..=last].to_vec(), knotted));
        first = last + 1;
    }
    groups
}
