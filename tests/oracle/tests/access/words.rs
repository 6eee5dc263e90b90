//! Pieces of Cedar: what a scope, a time, a standing, a circumstance is in its words.

use chrono::{DateTime, Utc};

use super::model::{
    ActionPattern, Condition, Entry, FieldSet, Grant, ObligationSet, RelationRule, RelationSet,
    Scope,
};

/// `[T::"a", T::"b"]`
pub(super) fn entities<T: ToString>(of: &str, ids: impl IntoIterator<Item = T>) -> String {
    let ids: Vec<String> =
        ids.into_iter().map(|id| format!("{of}::\"{}\"", id.to_string())).collect();
    format!("[{}]", ids.join(", "))
}

/// `["a", "b"]`
pub(super) fn texts<T: ToString>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> =
        texts.into_iter().map(|text| format!("\"{}\"", text.to_string())).collect();
    format!("[{}]", texts.join(", "))
}

pub(super) fn actions(patterns: &[ActionPattern]) -> String {
    entities("Action", patterns)
}

/// Any of these; of none, none.
pub(super) fn any(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    if parts.is_empty() { "false".to_owned() } else { format!("({})", parts.join(" || ")) }
}

/// All of these; of none, always.
pub(super) fn all(parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().collect();
    if parts.is_empty() { "true".to_owned() } else { format!("({})", parts.join(" && ")) }
}

pub(super) fn between(from: DateTime<Utc>, until: Option<DateTime<Utc>>) -> String {
    let from = format!("context.now >= {}", from.timestamp_micros());
    let until = until.map(|until| format!("context.now < {}", until.timestamp_micros()));
    all([from].into_iter().chain(until))
}

/// Where a grant holds. The places of `Open` are those of `Place` without the ways that a barrier
/// cuts.
pub(super) fn reach(grant: &Grant) -> String {
    place(&grant.scope, if grant.pierces { "Place" } else { "Open" })
}

pub(super) fn place(scope: &Scope, tree: &str) -> String {
    match scope {
        Scope::Everywhere => format!("resource in {tree}::\"all\""),
        Scope::Node(path) => format!("resource in {tree}::\"{path}\""),
        Scope::Item(id) => format!("resource in Item::\"{id}\""),
    }
}

/// Whether whoever has this key stands so.
pub(super) fn stands(rule: &RelationRule, key: &str) -> String {
    if rule.0.is_empty() {
        return "true".to_owned();
    }
    let one = |set: &RelationSet| {
        format!("resource.relations[\"{key}\"].containsAll({})", texts(set.names()))
    };
    any(rule.0.iter().map(one))
}

pub(super) fn met(terms: ObligationSet) -> String {
    format!("context.met.containsAll({})", texts(terms.demands().iter()))
}

pub(super) fn field(entry: &Entry) -> String {
    match &entry.fields {
        FieldSet::Plain => "!resource.personal.contains(context.field)".to_owned(),
        FieldSet::All => "true".to_owned(),
        FieldSet::Only(fields) => format!("{}.contains(context.field)", texts(fields)),
    }
}

/// Whether it holds; what cannot be answered is an error, by which Cedar skips the policy.
pub(super) fn holds(condition: &Condition) -> String {
    match condition {
        Condition::TimeWindow { zone, from, until } => {
            let clock = format!("context.clocks[\"{}\"]", zone.0.name());
            let from_then = format!("{clock} >= {}", from.seconds());
            let until_then = format!("{clock} < {}", until.seconds());
            match from.seconds().cmp(&until.seconds()) {
                std::cmp::Ordering::Less => all([from_then, until_then]),
                std::cmp::Ordering::Greater => any([from_then, until_then]),
                std::cmp::Ordering::Equal => "context.no_such_time".to_owned(),
            }
        }
        Condition::AttributeIn { name, values } => {
            format!("{}.contains(resource.attributes[\"{name}\"])", texts(values))
        }
        Condition::RiskAtMost(most) => format!("resource.risk <= {most}"),
        Condition::All(parts) => all(parts.iter().map(holds)),
    }
}

/// Whether it cannot be answered.
pub(super) fn unanswerable(condition: &Condition) -> String {
    match condition {
        Condition::TimeWindow { from, until, .. } => (from == until).to_string(),
        Condition::AttributeIn { name, .. } => format!("!(resource.attributes has \"{name}\")"),
        Condition::RiskAtMost(_) => "!(resource has risk)".to_owned(),
        Condition::All(parts) => any(parts.iter().map(unanswerable)),
    }
}
