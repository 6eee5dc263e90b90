//! Changes of what rules say: what of it is otherwise now, and what a role gives more or less.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use domain::Fact;
use domain::access::model::{Registry, RoleDefinition, Roles};
use domain::kernel::RoleId;
use domain::role::RoleEvent;
use domain::unit::UnitEvent;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{Known, Mark, Told};

/// A change of a rule.
#[derive(Debug)]
pub(in crate::compliance) struct Change {
    pub(in crate::compliance) kind: ChangeKind,
    pub(in crate::compliance) event_type: String,
    pub(in crate::compliance) id: Uuid,
    pub(in crate::compliance) name: Option<String>,
    pub(in crate::compliance) mark: Mark,
    /// What it said before and what it says now: field, from, to.
    pub(in crate::compliance) fields: Vec<(String, Value, Value)>,
    /// Of a role: what whoever has it may do by it and could not before.
    pub(in crate::compliance) more: BTreeSet<String>,
    /// And the other way round.
    pub(in crate::compliance) less: BTreeSet<String>,
    /// Of a role: how many grants give it, themselves or by a role above it.
    pub(in crate::compliance) grants: Option<usize>,
}

/// Of what sort of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::compliance) enum ChangeKind {
    Role,
    Duties,
    Deny,
    Policy,
    Template,
    Assignment,
    Group,
    ResourceType,
    Barrier,
}

impl Known {
    /// Keeps the event if it changes a rule.
    pub(super) fn change(&mut self, told: &Told) {
        let (kind, payload) = match &told.fact {
            Fact::Role(_, e) => (ChangeKind::Role, said(e)),
            Fact::SodRule(_, e) => (ChangeKind::Duties, said(e)),
            Fact::DenyRule(_, e) => (ChangeKind::Deny, said(e)),
            Fact::AccessPolicy(e) => (ChangeKind::Policy, said(e)),
            Fact::AccessTemplate(_, e) => (ChangeKind::Template, said(e)),
            Fact::AssignmentRule(_, e) => (ChangeKind::Assignment, said(e)),
            Fact::AccessGroup(_, e) => (ChangeKind::Group, said(e)),
            Fact::ResourceType(_, e) => (ChangeKind::ResourceType, said(e)),
            Fact::Unit(_, UnitEvent::BarrierDrawn(_) | UnitEvent::BarrierLifted(_)) => {
                let Fact::Unit(_, e) = &told.fact else { return };
                (ChangeKind::Barrier, said(e))
            }
            _ => return,
        };
        let id = told.fact.stream();
        if let Some(name) = name_in(&payload) {
            self.names.insert(id, name);
        }
        let fields = self.compared(kind, told, payload);
        let name = self.names.get(&id).cloned();
        let mut change = Change {
            kind,
            event_type: told.event_type.clone(),
            id,
            name,
            mark: Mark::of(told),
            fields,
            more: BTreeSet::new(),
            less: BTreeSet::new(),
            grants: None,
        };
        if let Fact::Role(role, event) = &told.fact {
            self.weigh(*role, event, &mut change);
        }
        self.changes.push(change);
    }

    /// What a role gives otherwise, to how many. Roles that do not fit together say nothing of it.
    fn weigh(&self, role: RoleId, event: &RoleEvent, change: &mut Change) {
        let position = change.mark.position;
        let registry = Registry::ours();
        let before: Vec<&RoleDefinition> =
            self.roles_at(position).map(|(_, definition)| definition).collect();
        let new = match event {
            RoleEvent::Defined(new) | RoleEvent::Redefined(new) => Some(&**new),
            RoleEvent::Retired(_) => None,
        };
        let after = before.iter().copied().filter(|it| it.id != role).chain(new);
        let (Ok(was), Ok(is)) = (
            Roles::of(before.iter().copied().cloned(), &registry),
            Roles::of(after.cloned(), &registry),
        ) else {
            return;
        };
        let given = |roles: &Roles| -> BTreeSet<String> {
            let actions = registry.actions().filter(|(action, _)| roles.permits(role, *action));
            actions.map(|(_, info)| info.name.to_string()).collect()
        };
        let (had, has) = (given(&was), given(&is));
        change.more = has.difference(&had).cloned().collect();
        change.less = had.difference(&has).cloned().collect();
        let gives = |grant: RoleId| was.closure(grant).is_some_and(|below| below.contains(&role));
        let standing = self.grants.values().filter(|grant| grant.ended.is_none());
        change.grants = Some(standing.filter(|grant| grant.role.is_some_and(gives)).count());
    }
}

/// What an event says, without its name.
fn said<E: DomainEvent>(event: &E) -> Map<String, Value> {
    let all = serde_json::to_value(event).unwrap_or_default();
    match all {
        Value::Object(all) => match all.into_iter().next() {
            Some((_, Value::Object(said))) => said,
            _ => Map::new(),
        },
        _ => Map::new(),
    }
}

/// What it is called by that, if it says so.
fn name_in(said: &Map<String, Value>) -> Option<String> {
    let own = said.get("name").or_else(|| said.get("definition")?.get("name"));
    own.and_then(Value::as_str).map(str::to_owned)
}

/// What was said before of the same: by which events, and whether each says all of it.
fn shape(kind: ChangeKind, event_type: &str) -> Option<(&str, bool)> {
    let is_definition = event_type.ends_with("defined");
    match kind {
        ChangeKind::ResourceType => Some(("defined", false)),
        ChangeKind::Policy | ChangeKind::Barrier => Some((event_type, true)),
        _ if is_definition => Some(("defined", true)),
        _ => None,
    }
}

impl Known {
    /// What is otherwise by what was said now: field, before, now. Of what is no definition, as of a
    /// member who came or went, there is no before.
    fn compared(
        &mut self,
        kind: ChangeKind,
        told: &Told,
        now: Map<String, Value>,
    ) -> Vec<(String, Value, Value)> {
        let new = |(field, value): (String, Value)| (field, Value::Null, value);
        let Some((shape, whole)) = shape(kind, &told.event_type) else {
            return now.into_iter().map(new).collect();
        };
        let key = (shape.to_owned(), told.fact.stream());
        let mut before = self.said.remove(&key).unwrap_or_default();
        let (mut fields, mut all) = (Vec::new(), Map::new());
        for (field, value) in now {
            let was = before.remove(&field).unwrap_or_default();
            if was != value {
                fields.push((field.clone(), was, value.clone()));
            }
            all.insert(field, value);
        }
        if whole {
            fields.extend(before.into_iter().map(|(field, was)| (field, was, Value::Null)));
        } else {
            all.extend(before);
        }
        self.said.insert(key, all);
        fields
    }
}
