//! 11: which rules changed, how, and what roles give more or less by it.

use super::super::document::{Item, Section};
use super::super::known::{Change, ChangeKind};
use super::{View, instant};

/// The figures, in their order.
const KINDS: [(&str, ChangeKind); 9] = [
    ("roles", ChangeKind::Role),
    ("rules_of_duties", ChangeKind::Duties),
    ("deny_rules", ChangeKind::Deny),
    ("policy", ChangeKind::Policy),
    ("templates", ChangeKind::Template),
    ("assignment_rules", ChangeKind::Assignment),
    ("groups", ChangeKind::Group),
    ("resource_types", ChangeKind::ResourceType),
    ("barriers", ChangeKind::Barrier),
];

pub(super) fn section(view: &View<'_>) -> Section {
    let changes = || view.known.changes.iter().filter(|it| it.mark.is_in(view.period()));
    let mut section = Section::new(11, "Changes of rules");
    for (name, kind) in KINDS {
        section.count(name, changes().filter(|it| it.kind == kind).map(line).collect());
    }
    let wider = changes().filter(|it| !it.more.is_empty() && it.grants != Some(0));
    section.count("roles_that_give_more_to_holders", wider.map(line).collect());
    let narrower = changes().filter(|it| !it.less.is_empty() && it.grants != Some(0));
    section.count("roles_that_give_less_to_holders", narrower.map(line).collect());
    section
}

fn line(change: &Change) -> Item {
    let joined = |actions: &std::collections::BTreeSet<String>| {
        let all: Vec<&str> = actions.iter().map(String::as_str).collect();
        (!all.is_empty()).then(|| all.join(" "))
    };
    let fields: Vec<String> =
        change.fields.iter().map(|(field, from, to)| format!("{field}: {from} → {to}")).collect();
    Item::of([change.mark.position])
        .with("event", &change.event_type)
        .with("id", change.id)
        .with("at", instant(change.mark.at))
        .with("by", &change.mark.by)
        .maybe("name", change.name.as_ref())
        .maybe("changed", (!fields.is_empty()).then(|| fields.join("; ")))
        .maybe("more", joined(&change.more))
        .maybe("less", joined(&change.less))
        .maybe("grants", change.grants)
}
