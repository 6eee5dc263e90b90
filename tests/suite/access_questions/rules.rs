//! The types, the roles and the rules of the worked cases.

use domain::access::model::{
    ActionClass, Condition, Counted, Duty, Entry, FieldSet, Level, Matcher, Obligation,
    ObligationSet, RoleDefinition, Scope, SodAction, SodKind, SodRule, Strength, Zone,
};
use domain::deny_rule::event::Definition;
use domain::kernel::{RoleId, SodRuleId};
use domain::resource_type::event as resource_event;

use super::worked::id;

pub(super) fn types() -> Vec<resource_event::Defined> {
    let of = |name: &str, verbs: &[(&str, ActionClass)]| resource_event::Defined {
        system: "worked".to_owned(),
        name: name.to_owned(),
        label: name.to_owned(),
        verbs: verbs
            .iter()
            .map(|(verb, class)| {
                ((*verb).to_owned(), resource_event::Verb { class: *class, high_risk: false })
            })
            .collect(),
        registrar: None,
    };
    use ActionClass::{Approval, Data, Operation};
    let ticket = [
        ("view", Data),
        ("update", Operation),
        ("assign", Operation),
        ("close", Operation),
        ("delete", Operation),
        ("export", Data),
        ("print", Data),
    ];
    vec![
        of("ticket", &ticket),
        of("change", &[("raise", Operation), ("approve", Approval), ("implement", Operation)]),
    ]
}

pub(super) fn denies() -> Vec<(&'static str, Definition)> {
    let deny = |name: &str, strength, verb: &str, condition| Definition {
        name: name.to_owned(),
        strength,
        whom: Matcher::Any,
        actions: vec![format!("worked:ticket.{verb}").parse().unwrap()],
        scope: Scope::Everywhere,
        condition,
        fields: Default::default(),
    };
    let clock = |text: &str| text.parse().unwrap();
    let zone = Zone("UTC".parse().unwrap());
    let off_hours = Condition::TimeWindow { zone, from: clock("18:00"), until: clock("08:00") };
    vec![
        ("D1", deny("D1", Strength::Hard, "delete", None)),
        ("D2", deny("D2", Strength::Soft, "export", Some(off_hours))),
        ("D3", deny("D3", Strength::Soft, "print", Some(on_missing()))),
    ]
}

pub(super) fn on_missing() -> Condition {
    let values = ["x".to_owned()].into();
    Condition::AttributeIn { name: "missing".parse().unwrap(), values }
}

pub(super) fn duties() -> SodRule {
    let duty = |name: &str| Duty {
        name: name.parse().unwrap(),
        actions: [format!("worked:change.{name}").parse().unwrap()].into(),
    };
    SodRule {
        id: SodRuleId(id("DS1")),
        name: "DS1".to_owned(),
        action: SodAction::Block,
        kind: SodKind::Dynamic {
            object_type: "worked:change".to_owned(),
            duties: ["raise", "approve", "implement"].map(duty).into(),
        },
    }
}

/// Nobody has both.
pub(super) fn apart() -> SodRule {
    let both = ["chgmgr", "impl"].map(|name| Counted::Role(RoleId(id(name))));
    SodRule {
        id: SodRuleId(id("SS1")),
        name: "SS1".to_owned(),
        action: SodAction::Block,
        kind: SodKind::Static { set: both.into(), n: 2 },
    }
}

pub(super) fn permit(verb: &str) -> Entry {
    Entry::of([format!("worked:{verb}").parse().unwrap()])
}

fn role<const N: usize>(name: &str, juniors: &[&str], entries: [Entry; N]) -> RoleDefinition {
    RoleDefinition {
        id: RoleId(id(name)),
        name: name.to_owned(),
        owner: None,
        risk: Default::default(),
        entries: entries.into(),
        juniors: juniors.iter().map(|junior| RoleId(id(junior))).collect(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

pub(super) fn roles() -> Vec<RoleDefinition> {
    let only = ["status", "notes"].map(|name| name.parse().unwrap());
    let update = Entry { fields: FieldSet::Only(only.into()), ..permit("ticket.update") };
    let approve = Entry { level: Some(Level(2)), ..permit("change.approve") };
    let mut temp = role("temp", &["agent"], []);
    temp.mask = vec!["worked:ticket.update".parse().unwrap()];
    let mut glass = role("glass", &["lead"], []);
    glass.obligations = [Obligation::ReasonRequired].into_iter().collect();
    vec![
        role("base", &[], [permit("ticket.use"), permit("change.use")]),
        role("agent", &[], [permit("ticket.view"), update]),
        role("lead", &["agent"], [permit("ticket.assign"), permit("ticket.close")]),
        temp,
        role("chgmgr", &[], [approve]),
        role("impl", &[], [permit("change.implement")]),
        role("auditor", &[], [permit("*.view")]),
        glass,
    ]
}
