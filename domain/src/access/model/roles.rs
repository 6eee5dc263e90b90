//! All roles together: who inherits from whom, and what each permits in the end.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, ObligationSet};
use super::registry::{ActionId, Registry};
use super::role::RoleDefinition;
use crate::kernel::RoleId;

/// How many roles there can be one above the other.
pub const JUNIORS_DEPTH_MAX: usize = 16;

/// A set of roles, none of them above itself, with what each permits worked out for every action.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    index: BTreeMap<RoleId, RoleIndex>,
    worked_out: Vec<WorkedOut>,
    /// The entries of all, which those worked out point to.
    entries: Vec<Entry>,
}

/// A role's place among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleIndex(u32);

/// A permission that a role has in the end, its own or inherited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effective<'a> {
    /// What permits.
    pub entry: &'a Entry,
    /// What goes with it: of the entry, and of every role on the way from where it comes from.
    pub obligations: ObligationSet,
}

/// Why these roles cannot be together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RolesFault {
    /// Two have one identity.
    #[error("the role {0} is there twice")]
    Twice(RoleId),
    /// A junior is not there.
    #[error("the role {junior} that {role} inherits from is not there")]
    UnknownJunior {
        /// Which role says so.
        role: RoleId,
        /// Which role is not there.
        junior: RoleId,
    },
    /// It would inherit from itself.
    #[error("the role {0} would inherit from itself")]
    Cycle(RoleId),
    /// Too many one above the other.
    #[error("the role {0} stands above more than {JUNIORS_DEPTH_MAX} others")]
    TooDeep(RoleId),
}

/// A pointer to an entry, and what goes with it.
type Item = (u32, ObligationSet);

#[derive(Debug, Clone)]
struct WorkedOut {
    definition: RoleDefinition,
    /// It and every role it inherits from.
    closure: BTreeSet<RoleId>,
    /// How many roles lie below it, one above the other.
    depth: usize,
    /// Of every action, where its items begin; one more for the end.
    starts: Vec<u32>,
    items: Vec<Item>,
}

impl Roles {
    /// These roles, worked out for the actions there are.
    ///
    /// # Errors
    /// They cannot be together.
    pub fn of(
        definitions: impl IntoIterator<Item = RoleDefinition>,
        registry: &Registry,
    ) -> Result<Self, RolesFault> {
        let mut waiting = BTreeMap::new();
        for definition in definitions {
            let id = definition.id;
            if waiting.insert(id, definition).is_some() {
                return Err(RolesFault::Twice(id));
            }
        }
        let ids: Vec<RoleId> = waiting.keys().copied().collect();
        let mut roles = Self::default();
        for id in ids {
            roles.work_out(id, &mut waiting, &mut Vec::new(), registry)?;
        }
        Ok(roles)
    }

    /// Juniors first; `path` is who waits for this one.
    fn work_out(
        &mut self,
        id: RoleId,
        waiting: &mut BTreeMap<RoleId, RoleDefinition>,
        path: &mut Vec<RoleId>,
        registry: &Registry,
    ) -> Result<(), RolesFault> {
        if self.index.contains_key(&id) {
            return Ok(());
        }
        if path.contains(&id) {
            return Err(RolesFault::Cycle(id));
        }
        // A longer chain is refused before it is walked to its end.
        if path.len() > JUNIORS_DEPTH_MAX {
            return Err(RolesFault::TooDeep(path[0]));
        }
        let role = *path.last().unwrap_or(&id);
        let missing = RolesFault::UnknownJunior { role, junior: id };
        let juniors = waiting.get(&id).ok_or(missing)?.juniors.clone();
        path.push(id);
        for junior in juniors {
            self.work_out(junior, waiting, path, registry)?;
        }
        path.pop();
        let definition = waiting.remove(&id).ok_or(missing)?;
        self.add(definition, registry)
    }

    fn add(&mut self, definition: RoleDefinition, registry: &Registry) -> Result<(), RolesFault> {
        let id = definition.id;
        let juniors: Vec<&WorkedOut> =
            definition.juniors.iter().filter_map(|junior| self.worked_out(*junior)).collect();
        let depth = juniors.iter().map(|junior| junior.depth + 1).max().unwrap_or(0);
        if depth > JUNIORS_DEPTH_MAX {
            return Err(RolesFault::TooDeep(id));
        }
        let inherited = juniors.iter().flat_map(|junior| junior.closure.iter().copied());
        let closure = inherited.chain([id]).collect();
        let first = self.entries.len() as u32;
        let (mut starts, mut items) = (vec![0], Vec::new());
        for (action, info) in registry.actions() {
            let masked = definition.mask.iter().any(|pattern| pattern.matches(&info.name));
            let from_juniors = juniors.iter().filter(|_| !masked);
            let from_juniors = from_juniors.flat_map(|junior| junior.items(action).iter().copied());
            let own = definition.entries.iter().zip(first..).filter_map(|(entry, place)| {
                let gives = entry.actions.iter().any(|pattern| pattern.matches(&info.name));
                gives.then_some((place, entry.obligations))
            });
            let together: BTreeSet<Item> = from_juniors
                .chain(own)
                .map(|(place, terms)| (place, terms.and(definition.obligations)))
                .collect();
            items.extend(together);
            starts.push(items.len() as u32);
        }
        self.entries.extend(definition.entries.iter().cloned());
        self.index.insert(id, RoleIndex(self.worked_out.len() as u32));
        self.worked_out.push(WorkedOut { definition, closure, depth, starts, items });
        Ok(())
    }

    /// The role, as it is defined.
    pub fn definition(&self, id: RoleId) -> Option<&RoleDefinition> {
        self.worked_out(id).map(|role| &role.definition)
    }

    /// All of them, in the order of their identities.
    pub fn definitions(&self) -> impl Iterator<Item = &RoleDefinition> {
        self.index.values().map(|index| &self.worked_out[index.0 as usize].definition)
    }

    /// The role and every role it inherits from; none of a role that is not there.
    pub fn closure(&self, id: RoleId) -> Option<&BTreeSet<RoleId>> {
        self.worked_out(id).map(|role| &role.closure)
    }

    /// Where the role is among all, to ask for what it permits more than once.
    pub fn index(&self, id: RoleId) -> Option<RoleIndex> {
        self.index.get(&id).copied()
    }

    /// What the role permits in the end of this action.
    pub fn effective(
        &self,
        role: RoleIndex,
        action: ActionId,
    ) -> impl Iterator<Item = Effective<'_>> {
        let items = self.worked_out[role.0 as usize].items(action).iter();
        items.map(|(entry, obligations)| Effective {
            entry: &self.entries[*entry as usize],
            obligations: *obligations,
        })
    }

    /// Whether the role permits this action to anybody.
    pub fn permits(&self, id: RoleId, action: ActionId) -> bool {
        self.worked_out(id).is_some_and(|role| !role.items(action).is_empty())
    }

    fn worked_out(&self, id: RoleId) -> Option<&WorkedOut> {
        self.index.get(&id).map(|index| &self.worked_out[index.0 as usize])
    }
}

impl WorkedOut {
    fn items(&self, action: ActionId) -> &[Item] {
        let place = action.place();
        let (start, end) = (self.starts[place], self.starts[place + 1]);
        &self.items[start as usize..end as usize]
    }
}
