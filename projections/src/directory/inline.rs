//! The four tables as the append keeps them. Each row says all there is to say about its key but
//! for `is_head`, which is only ever granted; so the order between streams does not matter.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Fact;
use domain::person::PersonEvent;
use domain::subject::SubjectEvent;
use domain::unit::UnitEvent;
use journal::InlineView;
use serde_json::{Value, json};
use uuid::Uuid;

/// The views, one a table.
pub fn views() -> Vec<Arc<dyn InlineView>> {
    vec![Arc::new(People), Arc::new(Memberships), Arc::new(Units), Arc::new(Subjects)]
}

#[derive(Debug)]
struct People;

impl InlineView for People {
    fn sql(&self) -> &'static str {
        include_str!("sql/people.sql")
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut rows = BTreeMap::new();
        for (fact, _) in facts {
            let Fact::Person(id, event) = fact else { continue };
            match event {
                PersonEvent::Registered(e) => {
                    let row = json!({
                        "person_id": id, "kind": e.kind, "role": e.role, "active": true,
                    });
                    rows.entry(*id).or_insert(row);
                }
                _ => {}
            }
        }
        rows.into_values().collect()
    }
}

#[derive(Debug)]
struct Memberships;

impl InlineView for Memberships {
    fn sql(&self) -> &'static str {
        include_str!("sql/memberships.sql")
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut rows: BTreeMap<(Uuid, Uuid), bool> = BTreeMap::new();
        for (fact, _) in facts {
            let Fact::Unit(unit, event) = fact else { continue };
            match event {
                UnitEvent::Joined(e) => {
                    rows.entry((unit.0, e.person.0)).or_insert(false);
                }
                UnitEvent::HeadAppointed(e) => {
                    rows.insert((unit.0, e.person.0), true);
                }
                // A group lead is a client, who belongs to no unit.
                _ => {}
            }
        }
        rows.into_iter()
            .map(|((unit, person), is_head)| {
                json!({"unit_id": unit, "person_id": person, "is_head": is_head})
            })
            .collect()
    }
}

#[derive(Debug)]
struct Units;

impl InlineView for Units {
    fn sql(&self) -> &'static str {
        include_str!("sql/units.sql")
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut rows = BTreeMap::new();
        for (fact, _) in facts {
            let Fact::Unit(id, event) = fact else { continue };
            match event {
                UnitEvent::Created(e) => {
                    rows.entry(*id).or_insert_with(|| json!({"unit_id": id, "kind": e.kind}));
                }
                _ => {}
            }
        }
        rows.into_values().collect()
    }
}

#[derive(Debug)]
struct Subjects;

impl InlineView for Subjects {
    fn sql(&self) -> &'static str {
        include_str!("sql/subjects.sql")
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut rows = BTreeMap::new();
        for (fact, _) in facts {
            let Fact::Subject(id, event) = fact else { continue };
            if let SubjectEvent::Created(_) = event {
                rows.insert(*id, json!({"subject_id": id}));
            }
        }
        rows.into_values().collect()
    }
}
