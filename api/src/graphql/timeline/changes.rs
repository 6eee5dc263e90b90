//! Changed fields as clients know them: names in camel case, ids global.

use domain::cmdb::{Catalogue, Class, Kind};
use domain::kernel::{CiClassId, CiId, PersonId, SubjectId, TicketId, UnitId};
use projections::timeline::Change;
use uuid::Uuid;

use super::types::FieldChange;
use crate::graphql::id::{GlobalId, encode};

/// A stored change for clients.
pub(super) fn public(change: &Change) -> FieldChange {
    let noun = noun(&change.field);
    let value = |text: &Option<String>| match (text, noun) {
        (Some(text), Some(noun)) => Some(global(text, noun)),
        (text, _) => text.clone(),
    };
    FieldChange {
        field: camel_case(&change.field),
        from: value(&change.from),
        to: value(&change.to),
    }
}

/// The same of an item or a class of items: names are as files say them, classes are told by theirs.
pub(super) fn of_item(change: &Change, catalogue: &Catalogue) -> FieldChange {
    let name = change.field.split(' ').next().unwrap_or_default();
    let value = |text: &Option<String>| match (name, text) {
        ("class" | "parent", Some(text)) => Some(class_name(text, catalogue)),
        (_, Some(text)) if names_items(name, catalogue) => Some(global(text, |id| CiId(id).into())),
        (_, text) => text.clone(),
    };
    FieldChange { field: change.field.clone(), from: value(&change.from), to: value(&change.to) }
}

fn class_name(id: &str, catalogue: &Catalogue) -> String {
    let class = Uuid::parse_str(id).ok().and_then(|id| catalogue.by_id(CiClassId(id)));
    class.map_or_else(|| id.to_owned(), |class| class.name.clone())
}

/// Whether the values of this name are items: of a relation, or of an attribute of that kind.
fn names_items(name: &str, catalogue: &Catalogue) -> bool {
    let refers = |class: &Class| {
        class.attribute(name).is_some_and(|attribute| attribute.kind == Kind::Reference)
            || class.relation(name).is_some()
    };
    name == "merged_into" || catalogue.classes().any(refers)
}

/// Of what the ids in a field are.
fn noun(field: &str) -> Option<fn(Uuid) -> GlobalId> {
    match field {
        "author" | "requester" | "assignees" | "holder" | "last_holder" | "people" | "heads"
        | "lead" | "mentions" | "owner" | "watchers" => Some(|id| PersonId(id).into()),
        "unit" | "parent" | "organization" | "dispatch_unit" => Some(|id| UnitId(id).into()),
        "merged_into" => Some(|id| TicketId(id).into()),
        "subject" => Some(|id| SubjectId(id).into()),
        _ => None,
    }
}

fn global(text: &str, noun: fn(Uuid) -> GlobalId) -> String {
    let one = |text: &str| match Uuid::parse_str(text) {
        Ok(id) => encode(noun(id)).0,
        Err(_) => text.to_owned(),
    };
    text.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

fn camel_case(field: &str) -> String {
    let mut name = String::with_capacity(field.len());
    let mut starts = false;
    for letter in field.chars() {
        match (letter, starts) {
            ('_', _) => starts = true,
            (letter, true) => {
                name.extend(letter.to_uppercase());
                starts = false;
            }
            (letter, false) => name.push(letter),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_people_leave_as_global_ids_one_by_one() {
        let ids = [Uuid::from_u128(1), Uuid::from_u128(2)];
        let change = Change {
            field: "assignees".to_owned(),
            from: None,
            to: Some(format!("{}, {}", ids[0], ids[1])),
        };
        let expected = ids.map(|id| encode(PersonId(id)).0).join(", ");
        assert_eq!(public(&change).to.as_deref(), Some(expected.as_str()));
    }

    #[test]
    fn other_values_stay_and_names_turn_to_camel_case() {
        let change = Change {
            field: "pending_reason".to_owned(),
            from: Some("VENDOR".to_owned()),
            to: None,
        };
        let public = public(&change);
        assert_eq!(
            (public.field.as_str(), public.from.as_deref()),
            ("pendingReason", Some("VENDOR"))
        );
    }
}
