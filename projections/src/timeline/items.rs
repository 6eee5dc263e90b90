//! What an event of a configuration item changes: it says so itself, from and to. And what a class
//! of them looks like: each attribute and relation by itself.

use domain::Fact;
use domain::ci::CiEvent;
use domain::ci::event::Bond;
use domain::cmdb::{Datum, Definition, Stored};
use serde_json::{Value, json};

use super::row::Change;
use crate::rows::ERASED;

/// The changes; none of any other fact.
pub(super) fn changes(fact: &Fact) -> Option<Vec<Change>> {
    let Fact::Ci(_, event) = fact else { return None };
    if let Some(correction) = event.correction() {
        let (from, to) = (correction.from.as_ref().map(text), correction.to.as_ref().map(text));
        let mut told = vec![Change { field: correction.attribute.clone(), from, to }];
        // It says something that does not count: somebody else's word goes before. Two personal
        // values that differed are alike once they are erased, and a row must not look otherwise
        // for that.
        if correction.given != correction.to || correction.given.as_ref().is_some_and(is_personal) {
            let field = format!("{} ({})", correction.attribute, correction.origin.name);
            told.push(Change { field, from: None, to: correction.given.as_ref().map(text) });
        }
        return Some(told);
    }
    Some(match event {
        CiEvent::Registered(e) => {
            let class =
                Change { field: "class".to_owned(), from: None, to: Some(e.class.to_string()) };
            let values = e.values.iter().map(|(name, value)| Change {
                field: name.clone(),
                from: None,
                to: Some(text(value)),
            });
            let links = e.relations.iter().map(|link| Change {
                field: link.relation.clone(),
                from: None,
                to: Some(link.to.to_string()),
            });
            let mut all: Vec<Change> = values.chain(links).chain([class]).collect();
            all.sort_by(|a, b| a.field.cmp(&b.field));
            all
        }
        CiEvent::Related(Bond { relation, to, .. }) => {
            vec![Change { field: relation.clone(), from: None, to: Some(to.to_string()) }]
        }
        CiEvent::Unrelated(Bond { relation, to, .. }) => {
            vec![Change { field: relation.clone(), from: Some(to.to_string()), to: None }]
        }
        CiEvent::MergedInto(e) => {
            vec![Change {
                field: "merged_into".to_owned(),
                from: None,
                to: Some(e.into.to_string()),
            }]
        }
        CiEvent::Missed(e) => vec![Change {
            field: format!("missing ({})", e.source),
            from: None,
            to: Some(e.since.to_rfc3339()),
        }],
        CiEvent::FoundAgain(e) => vec![Change {
            field: format!("missing ({})", e.source),
            from: Some("missing".to_owned()),
            to: None,
        }],
        CiEvent::Likened(e) => {
            vec![Change { field: "alike".to_owned(), from: None, to: Some(e.other.to_string()) }]
        }
        CiEvent::ToldApart(e) => {
            vec![Change { field: "apart".to_owned(), from: None, to: Some(e.other.to_string()) }]
        }
        CiEvent::Retired(_)
        | CiEvent::Renamed(_)
        | CiEvent::StatusMoved(_)
        | CiEvent::OwnershipMoved(_)
        | CiEvent::Corrected(_) => Vec::new(),
    })
}

/// A class, field by field.
pub(super) fn class(definition: &Definition) -> Value {
    let mut said = json!(definition);
    for part in ["attributes", "relations"] {
        let all = said[part].take();
        for one in all.as_array().into_iter().flatten() {
            let name = one["name"].as_str().unwrap_or_default();
            said[format!("{part}.{name}")] = one.clone();
        }
    }
    said
}

fn is_personal(stored: &Stored) -> bool {
    matches!(stored, Stored::Personal(_))
}

fn text(stored: &Stored) -> String {
    stored.value().map_or_else(|| ERASED.to_owned(), Datum::plain)
}
