//! Rules that were made at the same time need not fit together.

use domain::Fact;
use domain::access::model::{ActionClass, Ceiling, Deny, Matcher, Scope, Strength, SubjectKind};
use domain::access_policy::AccessPolicyEvent;
use domain::access_policy::event::{BoundaryDrawn, GovernanceChosen};
use domain::deny_rule::{self, DenyRuleEvent};
use domain::kernel::{DenyRuleId, ResourceTypeId, UnitId};
use domain::resource_type::ResourceTypeEvent;
use domain::resource_type::event as resource;
use domain::role::RoleEvent;
use domain::role::event::Retired;
use domain::unit::{UnitEvent, UnitKind, event as unit};
use uuid::Uuid;

use super::{ME, desk, may, me};
use crate::directory::access::settled::settled;
use crate::testing::access::{defined, definition, granted, group, made, opened, role};

#[tokio::test]
async fn a_role_loses_what_it_inherited_from_one_that_is_retired() {
    let (world, asking) = desk().await;
    let mut senior = definition(2, &["person.*"]);
    senior.juniors = [role(1)].into();
    world.say(&[defined(senior), opened(ME), granted(ME, made(1, role(2)))]).await;
    let known = me(&asking).await.world;
    assert!(may(&known, "ticket.read") && may(&known, "person.read"));
    world.say(&[Fact::Role(role(1), RoleEvent::Retired(Retired {}))]).await;
    let known = me(&asking).await.world;
    assert!(!may(&known, "ticket.read") && may(&known, "person.read"));
    let settled = settled(world.pool()).await.unwrap();
    assert_eq!(settled.book.retired, [role(1)].into());
    // Whoever changes rules still knows what it was.
    assert!(settled.book.roles.definition(role(1)).is_some());
    assert!(settled.rules.roles().definition(role(1)).is_none());
}

#[tokio::test]
async fn roles_in_a_circle_inherit_nothing_there_and_harm_no_other() {
    let (world, asking) = desk().await;
    let circle = |number, junior| {
        let mut role_of = definition(number, &["person.*"]);
        role_of.juniors = [role(junior)].into();
        role_of
    };
    world.say(&[defined(circle(2, 3)), defined(circle(3, 2))]).await;
    world.say(&[opened(ME), granted(ME, made(1, role(1)))]).await;
    assert!(may(&me(&asking).await.world, "ticket.read"));
    world.say(&[granted(ME, made(2, role(3)))]).await;
    assert!(may(&me(&asking).await.world, "person.read"));
}

#[tokio::test]
async fn types_policy_rules_and_places_are_what_was_said_of_them() {
    let (world, _) = desk().await;
    let verb = resource::Verb { class: ActionClass::Operation, high_risk: true };
    let invoice = resource::Defined {
        system: "erp".to_owned(),
        name: "invoice".to_owned(),
        label: "Invoice".to_owned(),
        verbs: [("pay".to_owned(), verb)].into(),
        registrar: None,
    };
    let invoices = ResourceTypeId(Uuid::from_u128(0x4e));
    let ceiling = Ceiling(vec!["ticket.*".parse().unwrap()]);
    let (kind, drawn) = (SubjectKind::Service, Some(ceiling.clone()));
    let rule = DenyRuleId(Uuid::from_u128(0xde));
    let deny = deny_rule::event::Definition {
        name: "No payments".to_owned(),
        strength: Strength::Hard,
        whom: Matcher::Any,
        actions: vec!["erp:invoice.pay".parse().unwrap()],
        scope: Scope::Everywhere,
        condition: None,
        fields: Default::default(),
    };
    let (department, desk_of) = (UnitId(Uuid::from_u128(0xd1)), UnitId(Uuid::from_u128(0xd2)));
    let created = |name: &str, kind, parent| {
        UnitEvent::Created(unit::Created { name: name.to_owned(), kind, parent })
    };
    let governance = AccessPolicyEvent::GovernanceChosen(GovernanceChosen {
        governance: Some(group(1)),
        owner: None,
    });
    world
        .say(&[
            Fact::ResourceType(invoices, ResourceTypeEvent::Defined(invoice)),
            Fact::AccessPolicy(governance),
            Fact::AccessPolicy(AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn {
                kind,
                ceiling: drawn,
            })),
            Fact::DenyRule(rule, DenyRuleEvent::Defined(Box::new(deny.clone()))),
            Fact::Unit(department, created("North", UnitKind::Department, None)),
            Fact::Unit(desk_of, created("Desk", UnitKind::SupportUnit, Some(department))),
        ])
        .await;
    let known = settled(world.pool()).await.unwrap();
    let pay = "erp:invoice.pay".parse().unwrap();
    let info =
        known.book.registry.find(&pay).map(|action| known.book.registry.info(action).clone());
    assert_eq!(info.map(|info| (info.class, info.high_risk)), Some((verb.class, true)));
    assert_eq!(known.policy.governance, Some(group(1)));
    assert_eq!(known.policy.boundaries, [(kind, ceiling)].into());
    let expected: Deny = deny.deny(rule);
    assert_eq!(known.book.denies, [(rule, expected)].into());
    let place = format!("{department}/{desk_of}").parse().unwrap();
    assert!(known.rules.tree().knows(&place));
    // Given up and retired, nothing of it is left.
    world
        .say(&[
            Fact::ResourceType(invoices, ResourceTypeEvent::Retired(resource::Retired {})),
            Fact::AccessPolicy(AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn {
                kind,
                ceiling: None,
            })),
            Fact::DenyRule(rule, DenyRuleEvent::Retired(deny_rule::event::Retired {})),
        ])
        .await;
    let left = settled(world.pool()).await.unwrap();
    assert!(left.revision > known.revision);
    assert_eq!(left.book.registry.find(&pay), None);
    assert!(left.policy.boundaries.is_empty() && left.book.denies.is_empty());
}
