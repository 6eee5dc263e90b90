//! One event of each kind of what access is made of: roles, rules, templates, resource types.

use std::collections::BTreeSet;

use domain::access::model::{
    ActionClass, ActionPattern, Counted, Duty, Entry, FieldSet, Granted, Level, Matcher,
    Obligation, RelationName, RelationRule, RiskTier, RoleDefinition, Scope, SodAction, SodKind,
    SodRule, Strength, Weight,
};
use domain::access_template::AccessTemplateEvent;
use domain::access_template::event::{Definition as Template, Item, Retired as TemplateRetired};
use domain::deny_rule::DenyRuleEvent;
use domain::deny_rule::event::{Definition as DenyDefinition, Retired as DenyRetired};
use domain::kernel::{CiId, RoleId, ServiceAccountId, SodRuleId};
use domain::resource_type::ResourceTypeEvent;
use domain::resource_type::event::{
    Defined, Redefined as ResourceTypeRedefined, Retired as ResourceTypeRetired, Verb,
};
use domain::role::RoleEvent;
use domain::role::event::Retired as RoleRetired;
use domain::sod_rule::SodRuleEvent;
use domain::sod_rule::event::Retired as SodRetired;
use serde_json::json;
use uuid::Uuid;

use super::samples::PERSON;

const ROLE: RoleId = RoleId(Uuid::from_u128(0x41));
const JUNIOR: RoleId = RoleId(Uuid::from_u128(0x42));
const SOD: SodRuleId = SodRuleId(Uuid::from_u128(0x43));
const ITEM: CiId = CiId(Uuid::from_u128(0x45));
const PROGRAM: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x46));

fn pattern(text: &str) -> ActionPattern {
    text.parse().expect("a pattern")
}

/// With everything that an entry can say.
fn entry() -> Entry {
    let ways = [vec![RelationName::Member, RelationName::Unassigned], vec![RelationName::Heads]];
    let condition = json!({"all": [
        {"time_window": {"zone": "Europe/Berlin", "from": "08:00", "until": "18:00"}},
        {"attribute_in": {"name": "class", "values": ["Server"]}},
        {"risk_at_most": 3},
    ]});
    Entry {
        actions: vec![pattern("access.decide"), pattern("erp:invoice.*")],
        when: RelationRule(ways.map(|names| names.into_iter().collect()).into()),
        standing: Weight::Steering,
        fields: FieldSet::Only(["status".parse().expect("a field")].into()),
        level: Some(Level(2)),
        condition: serde_json::from_value(condition).expect("a condition"),
        obligations: [Obligation::StepUpMfa, Obligation::ReasonRequired, Obligation::Watch]
            .into_iter()
            .collect(),
    }
}

fn role() -> Box<RoleDefinition> {
    Box::new(RoleDefinition {
        id: ROLE,
        name: "Change approver".to_owned(),
        owner: Some(PERSON),
        risk: RiskTier::Privileged,
        entries: vec![entry(), Entry::of([pattern("*.read")])],
        juniors: [JUNIOR].into(),
        mask: vec![pattern("ticket.*")],
        requestable: true,
        max_hours: Some(720),
        obligations: [Obligation::Watch].into_iter().collect(),
    })
}

pub(crate) fn roles() -> [RoleEvent; 3] {
    [RoleEvent::Defined(role()), RoleEvent::Redefined(role()), RoleEvent::Retired(RoleRetired {})]
}

fn separating(kind: SodKind) -> Box<SodRule> {
    Box::new(SodRule { id: SOD, name: "Apart".to_owned(), action: SodAction::Approve, kind })
}

pub(crate) fn sod_rules() -> [SodRuleEvent; 3] {
    let set = [Counted::Role(ROLE), Counted::Actions(pattern("ci.retire"))].into();
    let duty = |name: &str, action: &str| Duty {
        name: name.parse().expect("a duty"),
        actions: [action.parse().expect("an action")].into(),
    };
    let duties = vec![duty("request", "access.request"), duty("approve", "access.decide")];
    let object_type = "access".to_owned();
    [
        SodRuleEvent::Defined(separating(SodKind::Static { set, n: 2 })),
        SodRuleEvent::Redefined(separating(SodKind::Dynamic { object_type, duties })),
        SodRuleEvent::Retired(SodRetired {}),
    ]
}

fn denying(whom: Matcher, fields: BTreeSet<&str>) -> Box<DenyDefinition> {
    let fields = fields.into_iter().map(|field| field.parse().expect("a field"));
    Box::new(DenyDefinition {
        name: "Keep".to_owned(),
        strength: Strength::Soft,
        whom,
        actions: vec![pattern("ci.*")],
        scope: Scope::Item(ITEM),
        condition: entry().condition,
        fields: fields.collect(),
    })
}

pub(crate) fn deny_rules() -> [DenyRuleEvent; 3] {
    [
        DenyRuleEvent::Defined(denying(Matcher::Any, ["salary"].into())),
        DenyRuleEvent::Redefined(denying(Matcher::Role(ROLE), [].into())),
        DenyRuleEvent::Retired(DenyRetired {}),
    ]
}

pub(crate) fn access_templates() -> [AccessTemplateEvent; 3] {
    let place = "emea/service-desk".parse().expect("a place");
    let items = vec![
        Item { what: Granted::Role(ROLE), scope: Scope::Node(place), hours: Some(720) },
        Item { what: Granted::Entry(Box::new(entry())), scope: Scope::Everywhere, hours: None },
    ];
    let template = Box::new(Template { name: "Newcomer".to_owned(), items });
    [
        AccessTemplateEvent::Defined(template.clone()),
        AccessTemplateEvent::Redefined(template),
        AccessTemplateEvent::Retired(TemplateRetired {}),
    ]
}

pub(crate) fn resource_types() -> [ResourceTypeEvent; 3] {
    let verb = |word: &str, class, high_risk| (word.to_owned(), Verb { class, high_risk });
    let verbs = [
        verb("read", ActionClass::Data, false),
        verb("correct", ActionClass::Operation, false),
        verb("sign", ActionClass::Approval, true),
    ];
    [
        ResourceTypeEvent::Defined(Defined {
            system: "erp".to_owned(),
            name: "invoice".to_owned(),
            label: "Invoice".to_owned(),
            verbs: verbs.clone().into(),
            registrar: Some(PROGRAM),
        }),
        ResourceTypeEvent::Redefined(ResourceTypeRedefined {
            label: "Bill".to_owned(),
            verbs: verbs.into(),
        }),
        ResourceTypeEvent::Retired(ResourceTypeRetired {}),
    ]
}
