//! Who, what and where, as entities.

use std::collections::{BTreeSet, HashMap, HashSet};

use cedar_policy::{Entities, Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression};

use super::decide::{Holdings, ObjectView};
use super::generated::{Generated, PEOPLE};
use super::model::{ActionInfo, ActionName, RelationSet, ScopePath};

type Attributes = HashMap<String, RestrictedExpression>;

/// `T::"id"`
pub(super) fn uid(of: &str, id: &str) -> EntityUid {
    let of: EntityTypeName = of.parse().expect("it is a type's name");
    EntityUid::from_type_name_and_id(of, EntityId::new(id))
}

pub(super) fn text(text: impl ToString) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_string())
}

pub(super) fn number(number: i64) -> RestrictedExpression {
    RestrictedExpression::new_long(number)
}

pub(super) fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> RestrictedExpression {
    RestrictedExpression::new_set(texts.into_iter().map(text))
}

pub(super) fn record(
    fields: impl IntoIterator<Item = (String, RestrictedExpression)>,
) -> RestrictedExpression {
    RestrictedExpression::new_record(fields).expect("no field comes twice")
}

/// Everybody, the actions, the object and the places above it.
pub(super) fn entities(case: &Generated, info: &ActionInfo) -> Entities {
    let everybody = [&case.holdings].into_iter().chain(&case.holdings.delegators);
    let class = format!("class {}", info.class);
    let kind = if info.is_read { "kind READ" } else { "kind WRITE" };
    let actions =
        [action(&case.action, &[&class, kind]), action(&case.action.function(), &["kind READ"])];
    let places = places(case, info);
    let all = everybody.map(subject).chain(actions).chain(places).chain([object(case)]);
    Entities::from_entities(all, None).expect("no two are one, and none is above itself")
}

fn entity(uid: EntityUid, attributes: Attributes, parents: HashSet<EntityUid>) -> Entity {
    Entity::new(uid, attributes, parents).expect("attributes are plain values")
}

fn subject(holdings: &Holdings) -> Entity {
    let attributes = [("state", text(holdings.state)), ("kind", text(holdings.subject.kind()))];
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value)).into();
    let groups = holdings.groups.iter().map(|group| uid("Group", &group.to_string())).collect();
    entity(uid("Subject", &holdings.subject.to_string()), attributes, groups)
}

/// Below the patterns that mean it, and its sorts.
fn action(name: &ActionName, sorts: &[&str]) -> Entity {
    let (of, verb) = name.as_str().split_once('.').expect("it is a name");
    let patterns = ["*".to_owned(), format!("{of}.*"), format!("*.{verb}")];
    let above = patterns.iter().map(String::as_str).chain(sorts.iter().copied());
    let above = above.map(|pattern| uid("Action", pattern)).collect();
    entity(uid("Action", name.as_str()), Attributes::new(), above)
}

/// The places on the way down to the object, twice: with every way, and without those that end at a
/// barrier against the class of the action.
fn places(case: &Generated, info: &ActionInfo) -> Vec<Entity> {
    let walled: BTreeSet<&ScopePath> = case
        .barriers
        .iter()
        .filter(|(_, classes)| classes.contains(info.class))
        .map(|(path, _)| path)
        .collect();
    let mut places = Vec::new();
    let mut next = Some(case.object.place.clone());
    while let Some(place) = next {
        let above = place.parent();
        for tree in ["Place", "Open"] {
            let through = tree == "Place" || !walled.contains(&place);
            let parent = above.iter().filter(|_| through).map(|it| uid(tree, &it.to_string()));
            let parents = parent.collect();
            places.push(entity(uid(tree, &place.to_string()), Attributes::new(), parents));
        }
        next = above;
    }
    places
}

fn object(case: &Generated) -> Entity {
    let ObjectView { place, item, relation, delegators, attributes, risk, personal, done, .. } =
        &case.object;
    let names = |set: &RelationSet| texts(set.names());
    let above = PEOPLE.iter().map(|person| {
        (person.to_string(), names(&delegators.get(person).copied().unwrap_or_default()))
    });
    let relations = above.chain([("me".to_owned(), names(relation))]);
    let duties = ["raise", "approve", "benefit"].map(|duty| {
        let by = done.iter().filter(|it| it.duty.to_string() == duty);
        let humans = by.flat_map(|it| [Some(it.human), it.acting_for]).flatten();
        (duty.to_owned(), texts(humans.map(|human| human.0).collect::<BTreeSet<_>>()))
    });
    let known = attributes.iter().map(|(name, value)| (name.to_string(), text(value)));
    let risk = risk.map(|risk| ("risk".to_owned(), number(risk.into())));
    let all = [
        ("relations", record(relations)),
        ("done", record(duties)),
        ("attributes", record(known)),
        ("personal", texts(personal)),
        ("required_level", number(case.object.required_level.0.into())),
    ];
    let all = all.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(risk);
    let within = ["Place", "Open"].map(|tree| uid(tree, &place.to_string()));
    let within = within.into_iter().chain(item.map(|id| uid("Item", &id.to_string())));
    entity(uid("Object", "o"), all.collect(), within.collect())
}
