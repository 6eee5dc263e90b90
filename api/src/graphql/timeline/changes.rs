//! Changed fields as clients know them: names in camel case, ids global.

use domain::kernel::{PersonId, SubjectId, TicketId, UnitId};
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

/// Of what the ids in a field are.
fn noun(field: &str) -> Option<fn(Uuid) -> GlobalId> {
    match field {
        "author" | "requester" | "assignees" | "holder" | "last_holder" | "people" | "heads"
        | "lead" | "mentions" | "watchers" => Some(|id| PersonId(id).into()),
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
