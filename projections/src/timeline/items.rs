//! What an event of a configuration item changes: it says so itself, from and to.

use domain::Fact;
use domain::ci::CiEvent;
use domain::ci::event::Bond;
use domain::cmdb::{Datum, Stored};

use super::row::Change;
use crate::rows::ERASED;

/// The changes; none of any other fact.
pub(super) fn changes(fact: &Fact) -> Option<Vec<Change>> {
    let Fact::Ci(_, event) = fact else { return None };
    if let Some(correction) = event.correction() {
        let (from, to) = (correction.from.as_ref().map(text), correction.to.as_ref().map(text));
        let mut told = vec![Change { field: correction.attribute.clone(), from, to }];
        if correction.given != correction.to {
            // It says something that does not count: somebody else's word goes before.
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
        CiEvent::Retired(_)
        | CiEvent::Renamed(_)
        | CiEvent::StatusMoved(_)
        | CiEvent::OwnershipMoved(_)
        | CiEvent::Corrected(_) => Vec::new(),
    })
}

fn text(stored: &Stored) -> String {
    stored.value().map_or_else(|| ERASED.to_owned(), Datum::plain)
}
