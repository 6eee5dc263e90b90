//! The directory's tables in memory: each event adds to them what the append's statements would.

use std::collections::BTreeMap;

use domain::Fact;
use domain::access::model::AccessSubject;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::directory::access::{Read, Settled, said as access};
use crate::directory::inline::Said;
use crate::directory::said;
use crate::error::ReadError;

/// What is known of one thing.
type State = Map<String, Value>;

/// As far as rights depend on them.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) people: BTreeMap<Uuid, State>,
    /// Of a unit and a person: whether they belong to it, and head it.
    pub(super) memberships: BTreeMap<(Uuid, Uuid), (bool, bool)>,
    pub(super) units: BTreeMap<Uuid, State>,
    pub(super) settings: State,
    rules: BTreeMap<String, State>,
    members: BTreeMap<(Uuid, AccessSubject), bool>,
    pub(super) holdings: BTreeMap<(Uuid, String), State>,
}

impl Tables {
    /// Comes past an event, the one of this number within its stream.
    pub(super) fn pass(&mut self, fact: &Fact, version: i64) {
        match fact {
            Fact::Person(..) => {
                tell(&mut self.people, said::of_person(fact, version));
                tell(&mut self.rules, access::of_rule(fact, version));
            }
            Fact::Unit(..) => {
                tell(&mut self.units, said::of_unit(fact, version));
                if let Some((unit, person, change)) = said::of_membership(fact) {
                    let known = self.memberships.get(&(unit, person)).copied();
                    let (member, is_head) = known.unwrap_or((true, false));
                    let now = (change.member.unwrap_or(member), change.is_head.unwrap_or(is_head));
                    self.memberships.insert((unit, person), now);
                }
            }
            Fact::Settings(_) => {
                if let Some((_, said)) = said::of_settings(fact, version) {
                    merge(&mut self.settings, said);
                }
            }
            Fact::SubjectAccess(..) => {
                for (key, said) in access::of_holdings(fact, version) {
                    tell(&mut self.holdings, Some((key, said)));
                }
            }
            _ => {
                tell(&mut self.rules, access::of_rule(fact, version));
                if let Some((group, member, is_member)) = access::of_membership(fact) {
                    self.members.insert((group, member), is_member);
                }
            }
        }
    }

    /// What holds for everybody, as of this place of the log.
    pub(super) fn settle(&self, position: i64) -> Result<Settled, ReadError> {
        let mut read = Read::default();
        read.add("revision", "", json!({"revision": position}))?;
        for (rule, state) in &self.rules {
            let (noun, id) = rule.split_once(':').ok_or(ReadError::Row("directory_rules"))?;
            read.add(noun, id, state.clone().into())?;
        }
        for ((group, member), is_member) in &self.members {
            if *is_member {
                read.add("member", &group.to_string(), json!(member))?;
            }
        }
        let of_group = |((id, holding), state): (&(Uuid, String), &State)| {
            let mut state = state.clone();
            state.insert("holding".to_owned(), json!(holding));
            (*id, Value::from(state))
        };
        let groups = self.rules.keys().filter_map(|rule| rule.strip_prefix("group:")?.parse().ok());
        for group in groups {
            for row in self.held_by(group).map(of_group) {
                read.add("holding", &row.0.to_string(), row.1)?;
            }
        }
        for (unit, state) in &self.units {
            read.add("unit", &unit.to_string(), state.clone().into())?;
        }
        read.settle()
    }

    /// The rows of one subject of access.
    pub(super) fn held_by(&self, id: Uuid) -> impl Iterator<Item = (&(Uuid, String), &State)> {
        let rows = self.holdings.range((id, String::new())..);
        rows.take_while(move |((subject, _), _)| *subject == id)
    }
}

/// Like the statement: a row is there as soon as something is said of it.
fn tell<K: Ord>(rows: &mut BTreeMap<K, State>, of: Option<(K, Said)>) {
    match of {
        None | Some((_, Said::Nothing)) => {}
        Some((key, said)) => merge(rows.entry(key).or_default(), said),
    }
}

/// What is said first never changes anything that is there; what is said later always does.
fn merge(state: &mut State, said: Said) {
    match said {
        Said::First(Value::Object(fields)) => {
            for (field, value) in fields {
                state.entry(field).or_insert(value);
            }
        }
        Said::Later(Value::Object(fields)) => state.extend(fields),
        Said::First(_) | Said::Later(_) | Said::Nothing => {}
    }
}
