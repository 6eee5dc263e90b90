//! Facts to rows; lists by name, by what is in them, and of any day.

use cqrs_es::Aggregate;
use domain::access::model::AccessSubject;
use domain::access_group::AccessGroup;
use domain::access_policy::AccessPolicy;
use domain::access_template::AccessTemplate;
use domain::assignment_rule::AssignmentRule;
use domain::deny_rule::DenyRule;
use domain::resource_type::ResourceType;
use domain::role::Role;
use domain::sod_rule::SodRule;
use sqlx::PgPool;

use super::{Defined, worked_out};
use super::{Definition, Listing, Members, by_ids, count, members, members_count, page, policy};
use crate::cis::At;
use crate::testing::definitions::{
    APART, BOARD, BYGONE, CHIEF, INNER, INVOICE, LOOKER, NEWCOMER, SHUT, STAFF_RULE, role_of,
};
use crate::testing::desk::LEAVER;
use crate::testing::{AGENT, CLIENT, World};

async fn names<S: Definition>(pool: &PgPool, listing: &Listing) -> Vec<String> {
    let rows = page::<S>(pool, listing, 10, None).await.unwrap();
    assert_eq!(count::<S>(pool, listing).await.unwrap(), rows.len() as i64);
    rows.into_iter().map(|row| row.name).collect()
}

async fn one<S: Definition>(pool: &PgPool, id: uuid::Uuid) -> Defined<S::Body> {
    by_ids::<S>(pool, &[id], At::Now).await.unwrap().pop().unwrap()
}

#[tokio::test]
async fn a_row_says_how_each_noun_is_now() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let looker = one::<Role>(pool, LOOKER.0).await;
    let told = ["ticket.read", "event.read", "erp:invoice.read"];
    assert_eq!(looker.body.definition, role_of(LOOKER, "Looker", &told));
    assert_eq!((looker.version, looker.retired), (2, false));
    assert!(one::<Role>(pool, BYGONE.0).await.retired);
    assert_eq!(one::<SodRule>(pool, APART.0).await.body.version, 2);
    assert!(one::<DenyRule>(pool, SHUT.0).await.retired);
    assert_eq!(one::<AccessTemplate>(pool, NEWCOMER.0).await.name, "Newcomer");
    let invoice = one::<ResourceType>(pool, INVOICE.0).await;
    assert_eq!((invoice.name.as_str(), invoice.version), ("erp:invoice", 2));
    let rule = one::<AssignmentRule>(pool, STAFF_RULE.0).await;
    let body = &rule.body;
    assert_eq!((rule.name.as_str(), body.version, &body.waiting), ("Staff", 1, &None));
    assert_eq!(one::<AccessGroup>(pool, INNER.0).await.name, "Inner circle");
    // The same identity is nothing of another noun.
    assert!(by_ids::<SodRule>(pool, &[LOOKER.0], At::Now).await.unwrap().is_empty());
    let now = policy(pool, At::Now).await.unwrap();
    assert_eq!((now.version, now.body.governance), (2, Some(BOARD)));
    let shipped = policy(pool, At::After(0)).await.unwrap();
    assert_eq!((shipped.version, shipped.body), (0, AccessPolicy::default()));
    assert_eq!(shipped.name, AccessPolicy::TYPE);
}

#[tokio::test]
async fn lists_are_of_names_of_parts_and_of_days() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let all = Listing { with_retired: true, ..Listing::default() };
    assert_eq!(names::<Role>(pool, &Listing::default()).await, ["Chief", "Looker"]);
    assert_eq!(names::<Role>(pool, &all).await, ["Chief", "Chief", "Looker"]);
    let first = page::<Role>(pool, &all, 1, None).await.unwrap();
    let rest = page::<Role>(pool, &all, 10, Some(first[0].id)).await.unwrap();
    assert_eq!((first[0].id, rest[0].id, rest.len()), (CHIEF.0, BYGONE.0, 2));

    let searched = |text: &str| Listing { search: Some(text.to_owned()), ..Listing::default() };
    assert_eq!(names::<Role>(pool, &searched("LOOK")).await, ["Looker"]);
    assert!(names::<Role>(pool, &searched("%")).await.is_empty());
    assert!(names::<Role>(pool, &searched("\0")).await.is_empty());

    let began = one::<Role>(pool, LOOKER.0).await.since_seq;
    let before = Listing { at: At::After(began - 1), ..Listing::default() };
    assert_eq!(names::<Role>(pool, &before).await, ["Chief", "Looker"]);
    let then = by_ids::<Role>(pool, &[LOOKER.0], before.at).await.unwrap();
    assert_eq!((then[0].version, then[0].until_seq), (1, Some(began)));
    let nothing = Listing { at: At::After(0), ..all };
    assert!(names::<Role>(pool, &nothing).await.is_empty());
}

#[tokio::test]
async fn members_come_and_go() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let board = one::<AccessGroup>(pool, BOARD.0).await;
    assert!(board.body.members.is_empty(), "they have rows of their own");
    assert!(board.body.population.is_some());
    let now = Members { at: At::Now, first: 10, after: None };
    let (inner, agent) = (AccessSubject::Group(INNER), AccessSubject::Person(AGENT));
    let leaver = AccessSubject::Person(LEAVER);
    let told = [(BOARD, inner), (BOARD, agent), (INNER, leaver)];
    assert_eq!(members(pool, &[INNER, BOARD], now).await.unwrap(), told);
    let next = Members { after: Some(inner), ..now };
    assert_eq!(members(pool, &[BOARD], next).await.unwrap(), told[1..2]);
    let first = Members { first: 1, ..now };
    assert_eq!(members(pool, &[BOARD], first).await.unwrap(), told[..1]);
    assert_eq!(members_count(pool, BOARD, At::Now).await.unwrap(), 2);

    let client = Some(AccessSubject::Person(CLIENT));
    let of_client = |at| Listing { member: client, at, ..Listing::default() };
    assert!(names::<AccessGroup>(pool, &of_client(At::Now)).await.is_empty());
    let of_agent = Listing { member: Some(agent), ..Listing::default() };
    assert_eq!(names::<AccessGroup>(pool, &of_agent).await, ["Board"]);
    // After the second of its events but five: the agent was away, the client was not.
    let away = At::After(board.since_seq - 4);
    assert_eq!(names::<AccessGroup>(pool, &of_client(away)).await, ["Board"]);
    let then = members(pool, &[BOARD], Members { at: away, ..now }).await.unwrap();
    assert_eq!(then, [(BOARD, AccessSubject::Person(CLIENT))]);
}

#[tokio::test]
async fn roles_are_worked_out_with_what_other_systems_have() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let known = worked_out(pool, At::Now).await.unwrap();
    let permits = |role, action: &str| {
        let action = known.registry.find(&action.parse().unwrap()).unwrap();
        known.roles.permits(role, action)
    };
    assert!(permits(CHIEF, "ticket.read") && permits(CHIEF, "ticket.close"));
    assert!(permits(LOOKER, "event.read") && !permits(CHIEF, "event.read"), "it is masked");
    assert!(permits(CHIEF, "erp:invoice.read") && !permits(CHIEF, "erp:invoice.approve"));
    assert!(known.roles.index(BYGONE).is_none(), "a retired role permits nothing");
    let before = worked_out(pool, At::After(0)).await.unwrap();
    assert_eq!(before.roles.definitions().count(), 0);
}
