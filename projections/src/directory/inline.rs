//! The tables as the append keeps them. An event says in JSON what it adds to what is known of a
//! person, unit, subject, field, calendar, plan, class, of the settings, of a rule of access or of what
//! somebody has; the statement merges it, so that no row has to be read before.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Fact;
use domain::settings::STREAM_ID;
use journal::InlineView;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::access::said as access;
use super::said;

/// What an event says of its stream: at its beginning, or later on.
#[derive(Debug)]
pub(super) enum Said {
    /// Counts if nothing was said before.
    First(Value),
    /// Replaces what was said of these fields before.
    Later(Value),
    /// Nothing that rights or decisions depend on.
    Nothing,
}

/// What a batch says of one stream.
#[derive(Debug, Default)]
struct Words {
    first: Map<String, Value>,
    later: Map<String, Value>,
}

/// The views, in the order of the tables.
pub fn views() -> Vec<Arc<dyn InlineView>> {
    vec![
        Arc::new(States { sql: include_str!("sql/people.sql"), of: said::of_person }),
        Arc::new(Memberships),
        Arc::new(States { sql: include_str!("sql/units.sql"), of: said::of_unit }),
        Arc::new(States { sql: include_str!("sql/subjects.sql"), of: said::of_subject }),
        Arc::new(States { sql: include_str!("sql/fields.sql"), of: said::of_field }),
        Arc::new(States { sql: include_str!("sql/calendars.sql"), of: said::of_calendar }),
        Arc::new(States { sql: include_str!("sql/plans.sql"), of: said::of_plan }),
        Arc::new(States { sql: include_str!("sql/ci_classes.sql"), of: said::of_ci_class }),
        Arc::new(States { sql: include_str!("sql/settings.sql"), of: said::of_settings }),
        Arc::new(States { sql: include_str!("sql/rules.sql"), of: access::of_rule }),
        Arc::new(Members),
        Arc::new(Holdings),
        Arc::new(States { sql: include_str!("sql/requests.sql"), of: access::of_request }),
    ]
}

/// What all of it says together, by what it is of.
fn merged<K: Ord>(all: impl Iterator<Item = (K, Said)>) -> BTreeMap<K, Words> {
    let mut rows: BTreeMap<K, Words> = BTreeMap::new();
    for (key, said) in all {
        match said {
            Said::First(Value::Object(fields)) => {
                let words = rows.entry(key).or_default();
                if words.first.is_empty() {
                    words.first = fields;
                }
            }
            Said::Later(Value::Object(fields)) => {
                rows.entry(key).or_default().later.extend(fields);
            }
            Said::First(_) | Said::Later(_) | Said::Nothing => {}
        }
    }
    rows
}

/// A table of states, one row a stream.
#[derive(Debug)]
struct States<K> {
    sql: &'static str,
    of: fn(&Fact, i64) -> Option<(K, Said)>,
}

impl<K: Ord + Serialize + std::fmt::Debug> InlineView for States<K> {
    fn sql(&self) -> &'static str {
        self.sql
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let said = facts.iter().filter_map(|(fact, version)| (self.of)(fact, *version));
        merged(said)
            .into_iter()
            .map(|(id, words)| json!({"id": id, "first": words.first, "later": words.later}))
            .collect()
    }
}

/// Who belongs to which unit, and heads it.
#[derive(Debug)]
struct Memberships;

impl InlineView for Memberships {
    fn sql(&self) -> &'static str {
        include_str!("sql/memberships.sql")
    }

    fn key(&self) -> &'static [&'static str] {
        &["unit_id", "person_id"]
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let mut rows: BTreeMap<(Uuid, Uuid), said::Belonging> = BTreeMap::new();
        for (fact, _) in facts {
            if let Some((unit, person, change)) = said::of_membership(fact) {
                rows.entry((unit, person)).or_default().then(change);
            }
        }
        rows.into_iter()
            .map(|((unit, person), now)| {
                json!({
                    "unit_id": unit,
                    "person_id": person,
                    "member": now.member,
                    "is_head": now.is_head,
                })
            })
            .collect()
    }
}

/// Who was added to which group of those who have access.
#[derive(Debug)]
struct Members;

impl InlineView for Members {
    fn sql(&self) -> &'static str {
        include_str!("sql/members.sql")
    }

    fn key(&self) -> &'static [&'static str] {
        &["group_id", "member"]
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let said = facts.iter().filter_map(|(fact, _)| access::of_membership(fact));
        let rows: BTreeMap<_, _> =
            said.map(|(group, member, is_member)| ((group, member), is_member)).collect();
        rows.into_iter()
            .map(|((group, member), is_member)| {
                json!({"group_id": group, "member": member, "is_member": is_member})
            })
            .collect()
    }
}

/// What subjects of access have.
#[derive(Debug)]
struct Holdings;

impl InlineView for Holdings {
    fn sql(&self) -> &'static str {
        include_str!("sql/holdings.sql")
    }

    fn key(&self) -> &'static [&'static str] {
        &["subject_id", "holding"]
    }

    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value> {
        let said = facts.iter().flat_map(|(fact, version)| access::of_holdings(fact, *version));
        merged(said)
            .into_iter()
            .map(|((subject, holding), words)| {
                json!({
                    "subject_id": subject,
                    "holding": holding,
                    "first": words.first,
                    "later": words.later,
                })
            })
            .collect()
    }
}

/// The settings are one row.
pub(super) const SETTINGS: Uuid = STREAM_ID;
