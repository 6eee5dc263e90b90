//! Every action there is, and what sort it is.
//!
//! Ours are the permissions, each type of which also has a function permission (`ticket.use`): who
//! does not have it has nothing to do with the type, whatever else was given to them. What is not
//! here is allowed to nobody.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;

use super::action::ActionName;
use super::pattern::ActionPattern;
use crate::access::Permission;
use crate::kernel::words::words;

words! {
    /// What sort of permission it takes.
    ActionClass {
        /// To have to do with a type at all.
        Function,
        /// To read.
        Data,
        /// To do something.
        Operation,
        /// To approve: a person's to do, and up to a level.
        Approval,
    }
}

/// Types of ours whose every act changes who may do what.
const HIGH_RISK_TYPES: [&str; 10] = [
    "access",
    "access_group",
    "access_policy",
    "access_template",
    "assignment_rule",
    "deny_rule",
    "resource_type",
    "role",
    "service_account",
    "sod_rule",
];

/// What else of ours may bring somebody more than they have, takes out all at once, or is never undone.
const HIGH_RISK: [&str; 13] = [
    "access.export",
    "compliance_report.generate",
    "compliance_report.read",
    "erasure.decide",
    "evidence_hold.manage",
    "person.change_role",
    "person.link_account",
    "person.register",
    "person.reset_password",
    "person.restore",
    "settings.change",
    "settings.establish",
    "unit.draw_barrier",
];

/// Acts of ours that approve.
const APPROVALS: [&str; 2] = ["access.decide", "erasure.decide"];

/// An action's place in the registry it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActionId(u32);

/// An action, as it is registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionInfo {
    /// What it is called.
    pub name: ActionName,
    /// What sort of permission it takes.
    pub class: ActionClass,
    /// Whether it changes nothing: fields that may not be read are then left out of the answer
    /// rather than all of it refused.
    pub is_read: bool,
    /// Whether each decision on it is worth keeping.
    pub high_risk: bool,
}

/// Two actions would have one name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the action {0} is registered already")]
pub struct ActionTaken(pub ActionName);

/// Every action there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// In the order of their names.
    actions: Vec<ActionInfo>,
    /// Of each, the function permission of its type.
    functions: Vec<ActionId>,
}

impl Registry {
    /// What can be done here: every [`Permission`], and the function permission of every type.
    pub fn ours() -> Self {
        let actions = Permission::iter().map(ActionInfo::ours);
        Self::of(actions).expect("no two permissions have one name, which a test proves")
    }

    /// The same and what other systems have registered.
    ///
    /// # Errors
    /// The first name that is there already, or comes twice.
    pub fn with(
        &self,
        external: impl IntoIterator<Item = ActionInfo>,
    ) -> Result<Self, ActionTaken> {
        let known = self.actions.iter().filter(|info| info.class != ActionClass::Function);
        Self::of(known.cloned().chain(external))
    }

    fn of(actions: impl IntoIterator<Item = ActionInfo>) -> Result<Self, ActionTaken> {
        let mut known: BTreeMap<ActionName, ActionInfo> = BTreeMap::new();
        for action in actions {
            let function = action.name.function();
            known.entry(function.clone()).or_insert_with(|| ActionInfo {
                name: function,
                class: ActionClass::Function,
                is_read: true,
                high_risk: false,
            });
            let name = action.name.clone();
            if known.insert(name.clone(), action).is_some() {
                return Err(ActionTaken(name));
            }
        }
        let actions: Vec<ActionInfo> = known.into_values().collect();
        let mut registry = Self { actions, functions: Vec::new() };
        let function = |info: &ActionInfo| {
            let id = registry.find(&info.name.function());
            id.expect("each type was given its function permission above")
        };
        registry.functions = registry.actions.iter().map(function).collect();
        Ok(registry)
    }

    /// The action of this name; none: nobody may.
    pub fn find(&self, name: &ActionName) -> Option<ActionId> {
        let place = self.actions.binary_search_by(|info| info.name.as_str().cmp(name.as_str()));
        place.ok().map(|place| ActionId(place as u32))
    }

    /// What is registered of it.
    pub fn info(&self, id: ActionId) -> &ActionInfo {
        &self.actions[id.place()]
    }

    /// The function permission of its type.
    pub fn function(&self, id: ActionId) -> ActionId {
        self.functions[id.place()]
    }

    /// Every action, in the order of their names.
    pub fn actions(&self) -> impl ExactSizeIterator<Item = (ActionId, &ActionInfo)> {
        self.actions.iter().enumerate().map(|(place, info)| (ActionId(place as u32), info))
    }

    /// What the pattern means here.
    pub fn matching<'a>(
        &'a self,
        pattern: &'a ActionPattern,
    ) -> impl Iterator<Item = ActionId> + 'a {
        self.actions().filter(|(_, info)| pattern.matches(&info.name)).map(|(id, _)| id)
    }

    /// How many actions there are.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }
}

impl ActionId {
    /// Where it is among all.
    pub(in crate::access) fn place(self) -> usize {
        self.0 as usize
    }
}

impl ActionInfo {
    fn ours(permission: Permission) -> Self {
        let (name, is_read) = (ActionName::from(permission), permission.is_read());
        let class = match name.as_str() {
            approval if APPROVALS.contains(&approval) => ActionClass::Approval,
            _ if is_read => ActionClass::Data,
            _ => ActionClass::Operation,
        };
        Self { name, class, is_read, high_risk: is_high_risk(permission) }
    }
}

/// Whether much depends on an action of ours.
pub(in crate::access) fn is_high_risk(permission: Permission) -> bool {
    let name: &str = permission.into();
    let object_type = name.split_once('.').map_or(name, |(object_type, _)| object_type);
    let of_access = HIGH_RISK_TYPES.contains(&object_type) && !permission.is_read();
    of_access || HIGH_RISK.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{APPROVALS, HIGH_RISK, Registry};

    #[test]
    fn what_is_listed_here_is_registered() {
        let registry = Registry::ours();
        for name in APPROVALS.iter().chain(&HIGH_RISK) {
            assert!(registry.find(&name.parse().unwrap()).is_some(), "{name}");
        }
    }
}
