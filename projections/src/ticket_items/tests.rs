//! Facts to rows: the sets that events tell of come out again, whenever and however they are folded.

use std::collections::BTreeSet;

use domain::Fact;
use domain::ci::{CiEvent, Link};
use domain::ci_class::CiClassEvent;
use domain::cmdb::{Definition, Flow, Measure, RedundancyRule, Relation};
use domain::kernel::{CiClassId, CiId, TicketId};
use domain::ticket::TicketEvent;
use domain::ticket::event::Resolved;
use domain::ticket_items::event::{Linked, Unlinked};
use domain::ticket_items::{Computed, ItemRole, TicketItemsEvent};
use uuid::Uuid;

use super::{
    DEPTH, ItemFilter, ItemRow, Role, TicketItems, Wanted, compute, counts, failed_besides,
    impacts, named, page, position, tickets_of,
};
use crate::ci_classes::Classes;
use crate::model::{ReadModel, Step};
use crate::testing::items::{bond, registered, text};
use crate::testing::{World, opened};
use crate::{ProjectionError, schema, session};

const NODE: CiClassId = CiClassId(Uuid::from_u128(0xd1));
const PAIR: CiClassId = CiClassId(Uuid::from_u128(0xd2));
const CONTACT: CiClassId = CiClassId(Uuid::from_u128(0xd3));
const FIRST: TicketId = TicketId(Uuid::from_u128(0x91));
const SECOND: TicketId = TicketId(Uuid::from_u128(0x92));
/// What everything hangs on.
const ROOT: CiId = CiId(Uuid::from_u128(0xe1));
const LEFT: CiId = CiId(Uuid::from_u128(0xe2));
const RIGHT: CiId = CiId(Uuid::from_u128(0xe3));
/// Needs one of left and right.
const BOTH: CiId = CiId(Uuid::from_u128(0xe4));
/// Hears of what happens to the left one.
const ADA: CiId = CiId(Uuid::from_u128(0xe5));
const LATE: CiId = CiId(Uuid::from_u128(0xe6));

fn class(name: &str, relations: Vec<Relation>, redundancy: Vec<RedundancyRule>) -> CiClassEvent {
    CiClassEvent::Defined(Box::new(Definition {
        name: name.to_owned(),
        label: name.to_owned(),
        parent: None,
        is_abstract: false,
        attributes: Vec::new(),
        relations,
        identity: vec![vec!["name".to_owned()]],
        redundancy,
        out_of_service: Vec::new(),
    }))
}

/// One leans on the other.
fn leaning(class: CiClassId, name: &'static str, on: &[CiId]) -> CiEvent {
    let relations = on.iter().map(|to| Link { relation: "leans_on".to_owned(), to: *to });
    registered(class, [("name", text(name))], relations.collect())
}

fn graph() -> Vec<Fact> {
    let leans_on = Relation {
        name: "leans_on".to_owned(),
        label: "leans on".to_owned(),
        to: NODE,
        flow: Flow::Backward,
        single: false,
        downwards: false,
    };
    let one_is_enough = RedundancyRule {
        relations: vec!["leans_on".to_owned()],
        enabled: true,
        min_up: 1.into(),
        measure: Measure::Count,
        fixed: true,
    };
    vec![
        Fact::CiClass(NODE, class("Node", vec![leans_on], Vec::new())),
        Fact::CiClass(PAIR, class("Pair", Vec::new(), vec![one_is_enough])),
        Fact::CiClass(CONTACT, class("Contact", Vec::new(), Vec::new())),
        Fact::Ci(ROOT, leaning(NODE, "root", &[])),
        Fact::Ci(LEFT, leaning(NODE, "left", &[ROOT])),
        Fact::Ci(RIGHT, leaning(NODE, "right", &[])),
        Fact::Ci(BOTH, leaning(PAIR, "both", &[LEFT, RIGHT])),
        Fact::Ci(ADA, leaning(CONTACT, "Ada", &[LEFT])),
        Fact::Ticket(FIRST, opened("INC-91", "The root is dead")),
        Fact::Ticket(SECOND, opened("INC-92", "The right one, too")),
    ]
}

/// What falls with these, as everything is now.
async fn falls(world: &World, ticket: TicketId, sources: &[CiId], walls: &[CiId]) -> Computed {
    world.settled().await;
    world.project().await;
    let set = |items: &[CiId]| items.iter().copied().collect::<BTreeSet<CiId>>();
    let mut conn = world.pool().acquire().await.unwrap();
    let position = position(&mut conn).await.unwrap();
    let wanted = Wanted {
        sources: set(sources),
        walls: set(walls),
        others: failed_besides(&mut conn, ticket, position).await.unwrap(),
        depth: DEPTH,
        redundancy: true,
    };
    let falls = compute((&mut conn, &Classes::default()), &wanted, position).await.unwrap();
    falls.told(wanted, position)
}

fn link(ticket: TicketId, ci: CiId, role: ItemRole, computed: Option<Computed>) -> Fact {
    Fact::TicketItems(ticket, TicketItemsEvent::Linked(Linked { ci, role, computed }))
}

/// Items by role and depth.
async fn shown(world: &World, ticket: TicketId) -> Vec<(CiId, Role, i16)> {
    let filter = ItemFilter::default();
    let rows: Vec<ItemRow> = page(world.pool(), &[ticket], &filter, None, 100).await.unwrap();
    rows.into_iter().map(|row| (row.ci_id, row.role, row.depth)).collect()
}

/// Two tickets whose items fall together, and what happened to them afterwards.
async fn told() -> World {
    let world = World::new().await;
    world.say(&graph()).await;
    let first = falls(&world, FIRST, &[ROOT], &[]).await;
    world.say(&[link(FIRST, ROOT, ItemRole::Manual, Some(first))]).await;
    let second = falls(&world, SECOND, &[RIGHT], &[]).await;
    world.say(&[link(SECOND, RIGHT, ItemRole::Manual, Some(second))]).await;
    world
}

#[tokio::test]
async fn what_falls_is_shown_with_its_depth_and_what_is_kept_up_is_not() {
    let world = World::new().await;
    world.say(&graph()).await;
    let first = falls(&world, FIRST, &[ROOT], &[]).await;
    assert_eq!((first.count, first.contacts, first.context), (2, 1, 0));
    world.say(&[link(FIRST, ROOT, ItemRole::Manual, Some(first.clone()))]).await;
    world.settled().await;
    world.project().await;
    let wanted = [(ROOT, Role::Manual, 0), (LEFT, Role::Computed, 1), (ADA, Role::Computed, 2)];
    assert_eq!(shown(&world, FIRST).await, wanted);
    let told = impacts(world.pool(), &[FIRST, SECOND]).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].digest.as_str(), told[0].fallen), (first.digest.as_str(), 2));
    let contacts = ItemFilter { classes: Some(vec![CONTACT]), ..ItemFilter::default() };
    let contacts = page(world.pool(), &[FIRST], &contacts, None, 100).await.unwrap();
    assert_eq!(contacts.iter().map(|row| row.ci_id).collect::<Vec<_>>(), [ADA]);
}

#[tokio::test]
async fn other_open_incidents_make_half_failures_whole() {
    let world = told().await;
    world.settled().await;
    world.project().await;
    let second = [(RIGHT, Role::Manual, 0), (BOTH, Role::Computed, 2)];
    assert_eq!(shown(&world, SECOND).await, second);
    // Of both tickets together: each has a page of its own.
    let (both, any) = ([FIRST, SECOND], ItemFilter::default());
    let rows = page(world.pool(), &both, &any, None, 1).await.unwrap();
    let firsts: Vec<_> = rows.iter().map(|row| (row.ticket_id, row.ci_id)).collect();
    assert_eq!(firsts, [(FIRST, ROOT), (SECOND, RIGHT)]);
    let mut many = counts(world.pool(), &both, &any).await.unwrap();
    many.sort_unstable();
    assert_eq!(many, [(FIRST, 3), (SECOND, 2)]);
    assert_eq!(impacts(world.pool(), &[SECOND]).await.unwrap()[0].context, 1);
    // Solved, the first one counts no more; what was computed before stands until it is anew.
    let resolved = TicketEvent::Resolved(Resolved { code: None, solution: None });
    world.say(&[Fact::Ticket(FIRST, resolved)]).await;
    let alone = falls(&world, SECOND, &[RIGHT], &[]).await;
    assert_eq!((alone.count, alone.context), (0, 0));
    assert_eq!(shown(&world, SECOND).await, second);
    world.say(&[Fact::TicketItems(SECOND, TicketItemsEvent::Computed(alone))]).await;
    world.settled().await;
    world.project().await;
    assert_eq!(shown(&world, SECOND).await, [(RIGHT, Role::Manual, 0)]);
}

#[tokio::test]
async fn a_wall_stands_and_whatever_is_named_is_not_computed() {
    let world = World::new().await;
    world.say(&graph()).await;
    let behind = falls(&world, FIRST, &[ROOT], &[LEFT]).await;
    assert_eq!(behind.count, 0);
    world
        .say(&[
            link(FIRST, ROOT, ItemRole::Manual, None),
            link(FIRST, LEFT, ItemRole::NotImpacted, Some(behind)),
        ])
        .await;
    let whole = falls(&world, FIRST, &[ROOT, LEFT], &[]).await;
    world.say(&[link(FIRST, LEFT, ItemRole::Manual, Some(whole))]).await;
    world.settled().await;
    world.project().await;
    let wanted = [(ROOT, Role::Manual, 0), (LEFT, Role::Manual, 0), (ADA, Role::Computed, 1)];
    assert_eq!(shown(&world, FIRST).await, wanted);
    let open = tickets_of(world.pool(), (ADA, Some(true)), None, 10).await.unwrap();
    assert_eq!(open, [FIRST]);
    assert!(tickets_of(world.pool(), (ADA, Some(false)), None, 10).await.unwrap().is_empty());
    let roots = named(world.pool(), &[FIRST], &[Role::Manual]).await.unwrap();
    assert_eq!(roots.len(), 2);
}

#[tokio::test]
async fn a_set_comes_out_again_after_the_graph_has_changed_and_in_any_batches() {
    let world = told().await;
    // From now on everything is otherwise.
    world
        .say(&[
            Fact::Ci(LATE, leaning(NODE, "late", &[ROOT])),
            Fact::Ci(RIGHT, CiEvent::Related(bond("leans_on", ROOT))),
            Fact::Ci(LEFT, CiEvent::Unrelated(bond("leans_on", ROOT))),
            Fact::TicketItems(
                FIRST,
                TicketItemsEvent::Unlinked(Unlinked { ci: LATE, computed: None }),
            ),
        ])
        .await;
    let anew = falls(&world, FIRST, &[ROOT], &[]).await;
    assert_eq!(anew.count, 2);
    world.say(&[Fact::TicketItems(FIRST, TicketItemsEvent::Computed(anew))]).await;
    world.settled().await;
    world.project().await;
    let model = TicketItems::default();
    let live = world.digest(&model, &schema::live(model.name())).await;
    for size in [1, 2, 7, 1_000] {
        let schema = format!("items_by_{size}");
        world.filled(&model, &schema, size).await;
        assert_eq!(world.digest(&model, &schema).await, live, "{size}");
    }
}

#[tokio::test]
async fn another_set_than_the_digest_tells_is_refused_for_good() {
    let world = World::new().await;
    world.say(&graph()).await;
    let mut wrong = falls(&world, FIRST, &[ROOT], &[]).await;
    wrong.digest = "0f".repeat(32);
    world.say(&[link(FIRST, ROOT, ItemRole::Manual, Some(wrong))]).await;
    let last = world.settled().await;
    let schema = schema::live(TicketItems::default().name());
    let mut conn = session::open(&world.options, &schema).await.unwrap();
    let keys = (world.journal.keyring(), world.journal.upcasters());
    let mut log = journal::read::LogReader::after(keys.0, keys.1, last - 1);
    let batch = log.page(&mut conn, i64::MAX, 10).await.unwrap();
    let step = Step { from: last - 1, to: last, epoch: 0, fresh: false };
    let error = TicketItems::default().apply(&mut conn, &batch, step).await.unwrap_err();
    assert!(!error.is_transient() && error.is_poison(), "{error}");
    assert!(matches!(&error, ProjectionError::Unreadable(said) if said.contains("digest")));
}

#[tokio::test]
async fn what_is_named_before_its_ticket_is_opened_counts_in_any_batches() {
    let world = World::new().await;
    let mut facts = graph();
    facts.insert(facts.len() - 2, link(FIRST, ROOT, ItemRole::Manual, None));
    world.say(&facts).await;
    let alone = falls(&world, SECOND, &[RIGHT], &[]).await;
    assert_eq!(alone.context, 1);
    let model = TicketItems::default();
    let live = world.digest(&model, &schema::live(model.name())).await;
    for size in [1, 1_000] {
        let schema = format!("early_by_{size}");
        world.filled(&model, &schema, size).await;
        assert_eq!(world.digest(&model, &schema).await, live, "{size}");
    }
}
