//! The swap as readers see it, and the way back.

use std::sync::Arc;
use std::time::Duration;

use domain::Fact;
use domain::kernel::TicketId;
use tokio::sync::watch;
use uuid::Uuid;

use super::{begun, tickets};
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::rebuild::{Begin, JobState, jobs, old};
use crate::schema::{self, exists, live};
use crate::testing::{TICKET, World, opened};
use crate::tickets::{Scope, Tickets, by_id, count};
use crate::{read_models, session};

const DEADLINE: Duration = Duration::from_secs(20);

/// The number of the ticket's title, as live tables have it.
async fn title(world: &World) -> String {
    by_id(world.pool(), TICKET, &Scope::All).await.unwrap().unwrap().title
}

#[tokio::test]
async fn a_reader_never_finds_a_table_missing_or_a_row_gone() {
    let world = World::with_desk().await;
    let model = tickets();
    let (stop, stopped) = watch::channel(false);
    let readers: Vec<_> = (0..3)
        .map(|_| {
            let (pool, stopped) = (world.pool().clone(), stopped.clone());
            tokio::spawn(async move {
                let (mut least, mut looks) = (0, 0);
                while !*stopped.borrow() {
                    let found = count(&pool, &Scope::All, None, None).await.unwrap();
                    assert!(found >= least, "{found} of {least}");
                    (least, looks) = (found, looks + 1);
                }
                looks
            })
        })
        .collect();
    for _ in 0..5 {
        assert_eq!(begun(&world, &model, Begin::Anew).await.unwrap().equal(), Some(true));
    }
    stop.send_replace(true);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
}

#[tokio::test]
async fn what_was_replaced_can_be_gone_back_to_and_catches_up() {
    let world = World::with_desk().await;
    let refused = old::rollback(&world.journal, &world.options, &tickets()).await;
    assert!(matches!(refused, Err(ProjectionError::NothingKept("tickets"))));
    world.tamper("update view_tickets.tickets set title = 'forged'").await;
    let report = begun(&world, &tickets(), Begin::Anew).await.unwrap();
    assert_eq!((report.equal(), title(&world).await.as_str()), (Some(false), "The line is dead"));
    // What happens after the swap, the replaced tables do not know.
    let ticket = TicketId(Uuid::from_u128(0x9000));
    let token = world.say(&[Fact::Ticket(ticket, opened("INC-9000", "after"))]).await;
    let (stop, stopped) = watch::channel(false);
    let runner = world.runner();
    let running = tokio::spawn(Arc::clone(&runner).run(stopped));
    runner.waiter().passed("tickets", token, DEADLINE).await.unwrap();
    for (expected, state) in
        [("forged", JobState::RolledBack), ("The line is dead", JobState::Done)]
    {
        old::rollback(&world.journal, &world.options, &tickets()).await.unwrap();
        assert_eq!(title(&world).await, expected);
        // It has caught up before.
        let row = by_id(world.pool(), ticket, &Scope::All).await.unwrap();
        assert_eq!(row.unwrap().title, "after");
        let job = jobs::newest(world.pool(), Some("tickets"), 1).await.unwrap().remove(0);
        assert_eq!((job.id, job.state), (report.job, state));
        let next = format!("INC-9{}", job.state as u8);
        let id = TicketId(Uuid::from_u128(0x9001 + job.state as u128));
        let token = world.say(&[Fact::Ticket(id, opened(&next, "then"))]).await;
        runner.waiter().passed("tickets", token, DEADLINE).await.unwrap();
        assert!(by_id(world.pool(), id, &Scope::All).await.unwrap().is_some());
    }
    stop.send_replace(true);
    running.await.unwrap();
}

#[tokio::test]
async fn a_program_takes_its_own_tables_back_and_refuses_anothers() {
    let world = World::with_desk().await;
    begun(&world, &tickets(), Begin::Anew).await.unwrap();
    world.tamper("update read.projections set old_version = 77 where name = 'tickets'").await;
    let refused = old::rollback(&world.journal, &world.options, &tickets()).await;
    assert!(matches!(refused, Err(ProjectionError::KeptOtherVersion("tickets", 77))));
    // A newer program was here, and left this one's.
    let own = Tickets::default().version();
    world
        .tamper(&format!(
            "update read.projections set old_version = {own}, version = 77 where name = 'tickets'"
        ))
        .await;
    world.runner().prepare().await.unwrap();
    assert_eq!(jobs::newest(world.pool(), Some("tickets"), 10).await.unwrap().len(), 1);
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert_eq!(schema::version(&mut conn, "tickets").await.unwrap(), Some(own));
    assert!(exists(&mut conn, &schema::old("tickets")).await.unwrap());
}

#[tokio::test]
async fn what_was_kept_long_enough_is_dropped() {
    let world = World::with_desk().await;
    begun(&world, &tickets(), Begin::Anew).await.unwrap();
    let mut conn = session::open(&world.options, "read").await.unwrap();
    for (seconds, kept) in [(3_600.0, true), (0.0, false)] {
        old::sweep(&world.options, &read_models(), seconds).await.unwrap();
        assert_eq!(exists(&mut conn, &schema::old("tickets")).await.unwrap(), kept);
    }
    let refused = old::rollback(&world.journal, &world.options, &tickets()).await;
    assert!(matches!(refused, Err(ProjectionError::NothingKept("tickets"))));
}

#[tokio::test]
async fn one_that_had_halted_is_said_to_have_been_behind() {
    let world = World::with_desk().await;
    let before = world.digest(tickets().as_ref(), &live("tickets")).await;
    world.tamper("update read.projections set last_error = 'a reason', failed_at = now()").await;
    world.tamper("drop schema view_tickets cascade").await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    schema::create(&mut conn, &live("tickets"), &Tickets::default()).await.unwrap();
    let report = begun(&world, &tickets(), Begin::Anew).await.unwrap();
    // Nothing stood in either up to there.
    assert_eq!(report.equal(), Some(true));
    let note = report.note.unwrap();
    assert!(note.starts_with("the live tables had halted at 0 of "), "{note}");
    assert!(note.ends_with(": a reason"), "{note}");
    assert_eq!(world.digest(tickets().as_ref(), &live("tickets")).await, before);
}
