//! Against a real log: the same from everywhere, with and without what is remembered.

use std::sync::Arc;

use domain::Fact;
use domain::kernel::TicketId;
use domain::sla::ClockKind;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::Breached;
use domain::ticket_dossier::TicketDossierEvent;
use domain::ticket_dossier::event::Tagged;
use tokio::sync::watch;
use uuid::Uuid;

use super::{Change, Feed, Passed, What};
use crate::testing::sla::{MEASURED, PLAN};
use crate::testing::{TICKET, World};
use crate::tickets::{Scope, by_id};

/// A feed with nothing remembered.
fn feed(world: &World) -> Feed {
    Feed::new(world.journal.clone(), world.pool().clone(), world.runner().waiter())
}

/// Everything up to a number, read on from `after`.
async fn read(feed: &Feed, mut after: i64, through: i64) -> Vec<Passed> {
    let mut all = Vec::new();
    while after < through {
        let page = feed.next(after).await.unwrap();
        after = page.last().unwrap().position;
        all.extend(page);
    }
    all
}

fn changes(passed: &[Passed]) -> Vec<Arc<Change>> {
    passed
        .iter()
        .filter_map(|passed| match &passed.what {
            What::Changed(change) => Some(Arc::clone(change)),
            What::Crossed(_) | What::Rights | What::Else => None,
        })
        .collect()
}

async fn told() -> (World, i64) {
    let world = World::with_story().await;
    let tagged = TicketDossierEvent::Tagged(Tagged { tag: "vip".to_owned() });
    world.say(&[Fact::TicketDossier(TICKET, tagged)]).await;
    let last = world.settled().await;
    world.project().await;
    (world, last)
}

#[tokio::test]
async fn it_tells_the_same_from_every_place_whatever_is_remembered() {
    let (world, last) = told().await;
    let warm = feed(&world);
    let whole = read(&warm, 0, last).await;
    assert_eq!(
        whole.iter().map(|passed| passed.position).collect::<Vec<_>>(),
        (1..=last).collect::<Vec<_>>()
    );
    for after in 0..last {
        let rest = &whole[usize::try_from(after).unwrap()..];
        assert_eq!(read(&warm, after, last).await, rest, "remembered, after {after}");
        assert_eq!(read(&feed(&world), after, last).await, rest, "afresh, after {after}");
    }
    // Whoever comes from before what is remembered.
    let late = feed(&world);
    read(&late, last - 2, last).await;
    assert_eq!(read(&late, 0, last).await, whole);
}

#[tokio::test]
async fn a_change_joins_onto_the_one_before_and_the_last_is_what_the_table_shows() {
    let (world, last) = told().await;
    let all = changes(&read(&feed(&world), 0, last).await);
    let own: Vec<_> = all.iter().filter(|change| change.ticket_id == TICKET).collect();
    assert_eq!(own[0].before, None);
    assert_eq!(own[0].event_type, "ticket.opened");
    for pair in own.windows(2) {
        assert_eq!(pair[1].before.as_ref(), Some(&pair[0].after));
    }
    let end = own.last().unwrap();
    assert_eq!(end.event_type, "ticket_dossier.tagged");
    assert_eq!(end.after.dossier.tags, ["vip"]);
    let row = by_id(world.pool(), TICKET, &Scope::All).await.unwrap();
    assert_eq!(row.as_ref(), Some(&end.after.row));
}

#[tokio::test]
async fn people_units_and_settings_are_told_as_rights() {
    let (world, last) = told().await;
    let passed = read(&feed(&world), 0, last).await;
    assert_eq!(passed[0].what, What::Rights, "the settings");
    assert_eq!(passed[3].what, What::Rights, "a person");
    assert_eq!(passed[9].what, What::Else, "a subject");
}

#[tokio::test]
async fn a_crossing_comes_with_the_ticket_as_it_stands_there() {
    let world = World::with_clocks().await;
    let crossed = TicketClockEvent::Breached(Breached {
        clock: ClockKind::Reaction,
        cycle: 1,
        plan: PLAN,
        plan_version: 1,
        limit_seconds: 300,
        used_seconds: 301,
        breached_since: None,
    });
    let nobodys = TicketId(Uuid::from_u128(0xbad));
    world.say(&[MEASURED, nobodys].map(|id| Fact::TicketClock(id, crossed.clone()))).await;
    let last = world.settled().await;
    world.project().await;
    // Where nothing is remembered of the ticket, and where everything is.
    let row = by_id(world.pool(), MEASURED, &Scope::All).await.unwrap().unwrap();
    for after in [0, last - 2] {
        let passed = read(&feed(&world), after, last).await;
        let [.., Passed { what: What::Crossed(told), .. }, Passed { what: What::Else, .. }] =
            &passed[..]
        else {
            panic!("{passed:?}")
        };
        let (position, said) = (last - 1, crossed.crossing().unwrap());
        assert_eq!((told.position, told.ticket_id, told.said), (position, MEASURED, said));
        assert_eq!(told.ticket.row, row);
    }
}

#[tokio::test]
async fn it_waits_for_the_model_and_wakes_by_it() {
    let world = World::new().await;
    let runner = world.runner();
    let feed = Feed::new(world.journal.clone(), world.pool().clone(), runner.waiter());
    let waiting = tokio::spawn(async move { feed.next(0).await.unwrap() });
    world.say(&crate::testing::story()[..1]).await;
    world.settled().await;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    assert!(!waiting.is_finished(), "nobody keeps the model yet");
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(runner.run(stopped));
    assert_eq!(waiting.await.unwrap()[0].position, 1);
    stop.send_replace(true);
    running.await.unwrap();
}
