//! Roles as the file says them: with words for standings, and the weight of deeds said once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{StandardRole, standard_id};
use crate::access::model::{
    ActionPattern, Entry, FieldSet, Level, RelationName, RelationRule, RelationSet, RiskTier,
    RoleDefinition, Weight,
};
use crate::kernel::words::words;
use crate::person::Role;

/// What joins relations that have to be true together.
const AND: &str = " and ";

/// Why the file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unreadable {
    /// It is no such file.
    #[error(transparent)]
    Form(#[from] toml::de::Error),
    /// A word means nothing.
    #[error("{0} is no relation, and no name for some")]
    Word(String),
    /// An entry names actions by a pattern.
    #[error("{0} names more than one action")]
    Wild(ActionPattern),
    /// A junior comes later, or never.
    #[error("{0} is no role that comes before")]
    Junior(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    when: BTreeMap<String, Vec<String>>,
    role: Vec<NamedRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedRole {
    key: String,
    name: String,
    person_role: Option<Role>,
    risk: RiskTier,
    #[serde(default)]
    requestable: bool,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    pierces: bool,
    steers: Option<Steers>,
    #[serde(default)]
    juniors: Vec<String>,
    #[serde(default)]
    does: Vec<NamedEntry>,
    #[serde(default)]
    reads: Vec<NamedEntry>,
}

words! {
    /// When a deed has the weight of steering.
    Steers {
        /// Where one heads the unit.
        Heads,
        /// Wherever one may do it.
        Always,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedEntry {
    actions: Vec<ActionPattern>,
    #[serde(default)]
    when: Vec<String>,
    level: Option<Level>,
}

/// The roles that the file says.
///
/// # Errors
/// It says something that is not there.
pub(super) fn read(text: &str) -> Result<Vec<StandardRole>, Unreadable> {
    let file: File = toml::from_str(text)?;
    let mut known = BTreeSet::new();
    let mut roles = Vec::new();
    for role in file.role {
        if let Some(junior) = role.juniors.iter().find(|junior| !known.contains(*junior)) {
            return Err(Unreadable::Junior(junior.clone()));
        }
        known.insert(role.key.clone());
        roles.push(role.resolved(&file.when)?);
    }
    Ok(roles)
}

impl NamedRole {
    fn resolved(self, names: &BTreeMap<String, Vec<String>>) -> Result<StandardRole, Unreadable> {
        let fields = if self.personal { FieldSet::All } else { FieldSet::Plain };
        let mut entries = vec![Entry::of(self.functions()?)];
        for (said, steers) in self
            .reads
            .iter()
            .map(|it| (it, None))
            .chain(self.does.iter().map(|it| (it, self.steers)))
        {
            let weighed = weighed(rule(&said.when, names)?, steers);
            entries.extend(weighed.into_iter().map(|(when, standing)| Entry {
                when,
                standing,
                fields: fields.clone(),
                level: said.level,
                ..Entry::of(said.actions.iter().cloned())
            }));
        }
        let definition = RoleDefinition {
            id: standard_id(&self.key),
            name: self.name,
            owner: None,
            risk: self.risk,
            entries,
            juniors: self.juniors.iter().map(|key| standard_id(key)).collect(),
            mask: Vec::new(),
            requestable: self.requestable,
            max_hours: None,
            obligations: Default::default(),
        };
        let Self { key, person_role, pierces, .. } = self;
        Ok(StandardRole { key, definition, person_role, pierces })
    }

    /// The function permission of every type that is named.
    fn functions(&self) -> Result<BTreeSet<ActionPattern>, Unreadable> {
        let actions = self.does.iter().chain(&self.reads).flat_map(|said| &said.actions);
        let function = |action: &ActionPattern| {
            let name = action.to_string().parse::<crate::access::model::ActionName>();
            name.map(|name| ActionPattern::from(&name.function()))
                .map_err(|_| Unreadable::Wild(action.clone()))
        };
        actions.map(function).collect()
    }
}

/// The standings that the words mean; no words: whatever the standing.
fn rule(
    words: &[String],
    names: &BTreeMap<String, Vec<String>>,
) -> Result<RelationRule, Unreadable> {
    let meant = words.iter().flat_map(|word| match names.get(word) {
        Some(words) => words.as_slice(),
        None => std::slice::from_ref(word),
    });
    let sets = meant.map(|word| {
        let relation = |part: &str| {
            let name = part.to_uppercase().parse::<RelationName>();
            name.map_err(|_| Unreadable::Word(word.clone()))
        };
        word.split(AND).map(relation).collect::<Result<RelationSet, _>>()
    });
    Ok(shortest(sets.collect::<Result<_, _>>()?))
}

/// Without those that another of them already does for.
fn shortest(sets: BTreeSet<RelationSet>) -> RelationRule {
    let needed =
        |set: &&RelationSet| !sets.iter().any(|other| other != *set && set.includes(*other));
    RelationRule(sets.iter().filter(needed).copied().collect())
}

/// The rule, parted by the weight that it has.
fn weighed(rule: RelationRule, steers: Option<Steers>) -> Vec<(RelationRule, Weight)> {
    let heads: RelationSet = [RelationName::Heads].into_iter().collect();
    match steers {
        None => vec![(rule, Weight::Ordinary)],
        Some(Steers::Always) => vec![(rule, Weight::Steering)],
        Some(Steers::Heads) if rule == RelationRule::ALWAYS => {
            let steering = RelationRule(vec![heads]);
            vec![(rule, Weight::Ordinary), (steering, Weight::Steering)]
        }
        Some(Steers::Heads) => {
            let with_heads = |set: &RelationSet| set.names().chain([RelationName::Heads]).collect();
            let steering = shortest(rule.0.iter().map(with_heads).collect());
            let ordinary: Vec<RelationSet> =
                rule.0.into_iter().filter(|set| !set.includes(heads)).collect();
            let ordinary =
                (!ordinary.is_empty()).then_some((RelationRule(ordinary), Weight::Ordinary));
            ordinary.into_iter().chain([(steering, Weight::Steering)]).collect()
        }
    }
}
