//! The standard roles: that they permit what was agreed, to the last way of standing to an object.

mod agreed;
mod duties;

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use uuid::Uuid;

use super::named;
use super::{StandardRole, holder, missing, standard_id, standard_role_of, standard_roles};
use crate::access::decide::{Asked, Decision, ObjectView, Session, World, decide};
use crate::access::model::{
    ActionClass, ActionName, Level, Registry, RiskTier, RoleDefinition, Roles, Scope,
};
use crate::access::{Permission, Relation};
use crate::kernel::RoleId;
use crate::kernel::testing::world::{ANNA, noon};
use crate::person::Role;

fn definitions() -> impl Iterator<Item = RoleDefinition> {
    standard_roles().iter().map(|standard| standard.definition.clone())
}

fn roles(registry: &Registry) -> Roles {
    Roles::of(definitions(), registry).unwrap()
}

/// Somebody who has this role everywhere, and nothing else.
fn world(standard: &StandardRole) -> World {
    holder(standard, ANNA, Scope::Everywhere)
}

fn ask(world: &World, permission: Permission, object: &ObjectView) -> Decision {
    decide(
        world,
        &Asked {
            action: &ActionName::from(permission),
            object,
            fields: &[],
            at: noon(),
            session: &Session::default(),
        },
    )
}

#[test]
fn every_permission_is_some_roles_or_annals_own() {
    use Permission as P;
    let own = [
        P::TicketClockRecord,
        P::TicketQualitySample,
        P::RecurrenceSeeTo,
        P::CiLookFor,
        P::SyncSourceRecord,
        P::ErasureCarryOut,
    ];
    let registry = Registry::ours();
    let roles = roles(&registry);
    for permission in Permission::iter() {
        let action = registry.find(&permission.into()).unwrap();
        let given = roles.definitions().any(|role| roles.permits(role.id, action));
        assert_eq!(given, !own.contains(&permission), "{permission}");
    }
}

#[test]
fn a_role_names_what_there_is_and_has_what_it_takes_to_use_it() {
    let registry = Registry::ours();
    let roles = roles(&registry);
    for StandardRole { key, definition, .. } in standard_roles() {
        for pattern in definition.entries.iter().flat_map(|entry| &entry.actions) {
            assert_eq!(registry.matching(pattern).count(), 1, "{key}: {pattern}");
        }
        for (action, info) in registry.actions().filter(|(id, _)| roles.permits(definition.id, *id))
        {
            let function = registry.function(action);
            assert!(roles.permits(definition.id, function), "{key}: {}", info.name);
        }
    }
}

#[test]
fn the_shipped_roles_are_these() {
    let shipped: Vec<(&str, &str, Option<Role>, RiskTier)> = standard_roles()
        .iter()
        .map(|it| (&*it.key, &*it.definition.name, it.person_role, it.definition.risk))
        .collect();
    let (standard, elevated, privileged) =
        (RiskTier::Standard, RiskTier::Elevated, RiskTier::Privileged);
    assert_eq!(
        shipped,
        [
            ("client", "Client", Some(Role::Client), standard),
            ("client_group_lead", "Client-group lead", Some(Role::ClientGroupLead), standard),
            ("agent", "Agent", Some(Role::Agent), standard),
            ("unit_head", "Unit head", Some(Role::UnitHead), standard),
            ("director", "Director", Some(Role::Director), privileged),
            ("service_manager", "Service manager", None, elevated),
            ("it_manager", "IT manager", None, elevated),
            ("change_approver", "Change approver", None, privileged),
            ("cmdb_manager", "CMDB manager", None, elevated),
            ("access_administrator", "Access administrator", None, privileged),
            ("compliance_reviewer", "Compliance reviewer", None, elevated),
            ("auditor", "Auditor", Some(Role::Auditor), elevated),
            (
                "system_administrator",
                "System administrator",
                Some(Role::SystemAdministrator),
                privileged
            ),
        ]
    );
    for role in Role::iter() {
        assert_eq!(standard_role_of(role).person_role, Some(role));
    }
    let ids: BTreeSet<RoleId> = definitions().map(|role| role.id).collect();
    assert_eq!(ids.len(), standard_roles().len());
    assert_eq!(standard_role_of(Role::Agent).definition.id, standard_id("agent"));
}

#[test]
fn approvals_reach_up_to_a_level() {
    let levels = [
        ("agent", None),
        ("unit_head", Some(1)),
        ("it_manager", Some(2)),
        ("change_approver", Some(3)),
        ("director", Some(3)),
        ("system_administrator", Some(3)),
        ("access_administrator", None),
        ("compliance_reviewer", None),
        ("auditor", None),
    ];
    for (key, most) in levels {
        let standard = standard_roles().iter().find(|standard| standard.key == key).unwrap();
        let world = world(standard);
        let heads = Relation { heads: true, ..Relation::default() }.into();
        let reaches = |level: u8| {
            let required_level = Level(level);
            let object = ObjectView { relation: heads, required_level, ..ObjectView::default() };
            ask(&world, Permission::AccessDecide, &object).is_allowed()
        };
        assert_eq!((0..8).filter(|level| reaches(*level)).max(), most, "{key}");
    }
}

#[test]
fn who_looks_into_access_changes_none_of_it() {
    let registry = Registry::ours();
    let roles = roles(&registry);
    let auditors_own = [
        Permission::PersonChangeOwnPassword,
        Permission::PersonChooseLanguage,
        Permission::PersonChangeContacts,
    ];
    let reviewers_own = [Permission::ComplianceReportGenerate, Permission::EvidenceHoldManage];
    for (key, own) in
        [("auditor", auditors_own.as_slice()), ("compliance_reviewer", &reviewers_own)]
    {
        for permission in Permission::iter().filter(|it| !it.is_read() && !own.contains(it)) {
            let action = registry.find(&permission.into()).unwrap();
            assert!(!roles.permits(standard_id(key), action), "{key}: {permission}");
        }
    }
    let approves = |key: &str| {
        let all = registry.actions().filter(|(_, info)| info.class == ActionClass::Approval);
        all.filter(|(action, _)| roles.permits(standard_id(key), *action)).count()
    };
    assert_eq!(approves("access_administrator"), 0, "who grants does not approve");
}

#[test]
fn barriers_stop_all_but_those_who_look_into_everything() {
    let pierce = standard_roles().iter().filter(|standard| standard.pierces);
    let pierce: Vec<&str> = pierce.map(|standard| &*standard.key).collect();
    assert_eq!(pierce, ["compliance_reviewer", "auditor"]);
}

#[test]
fn only_what_is_missing_is_defined_and_juniors_first() {
    let registry = Registry::ours();
    assert_eq!(missing(&roles(&registry)), []);

    let all = missing(&Roles::default());
    assert_eq!(all, definitions().collect::<Vec<_>>());
    for (place, role) in all.iter().enumerate() {
        let before: BTreeSet<RoleId> = all[..place].iter().map(|role| role.id).collect();
        assert!(role.juniors.is_subset(&before), "{}", role.name);
    }

    let elsewhere = RoleId(Uuid::from_u128(7));
    let there = definitions().filter_map(|role| match &*role.name {
        "Director" | "Unit head" | "IT manager" | "Service manager" | "System administrator" => {
            None
        }
        // Somebody else's, under the same name.
        "Agent" => Some(RoleDefinition { id: elsewhere, name: "AGENT".to_owned(), ..role }),
        "Auditor" => Some(RoleDefinition { name: "Examiner".to_owned(), ..role }),
        _ => Some(role),
    });
    let wanted = missing(&Roles::of(there, &registry).unwrap());
    let names: Vec<&str> = wanted.iter().map(|role| &*role.name).collect();
    assert_eq!(
        names,
        ["Unit head", "Director", "Service manager", "IT manager", "System administrator"]
    );
    assert_eq!(wanted[0].juniors, [elsewhere].into());
    assert_eq!(wanted[3].juniors, [standard_id("unit_head")].into());
}

#[test]
fn a_file_that_names_what_is_not_there_is_refused() {
    let role = |rest: &str| {
        format!("[when]\n[[role]]\nkey = \"k\"\nname = \"K\"\nrisk = \"STANDARD\"\n{rest}")
    };
    let fault = |rest: &str| named::read(&role(rest)).unwrap_err().to_string();
    assert_eq!(fault("juniors = [\"j\"]"), "j is no role that comes before");
    assert_eq!(fault("juniors = [\"k\"]"), "k is no role that comes before");
    assert_eq!(
        fault("does = [{ actions = [\"ticket.open\"], when = [\"own and knows\"] }]"),
        "own and knows is no relation, and no name for some"
    );
    assert_eq!(
        fault("does = [{ actions = [\"ticket.*\"] }]"),
        "ticket.* names more than one action"
    );
    assert!(fault("steers = \"SOMETIMES\"").contains("SOMETIMES"));
    assert!(named::read(&role("")).is_ok());
}
