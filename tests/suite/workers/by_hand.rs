//! Without service levels people set deadlines by hand: watchers are reminded once when one is near, and
//! once when it is over, whatever happens to the servers.

use api::gateway::Request;
use domain::kernel::TicketId;
use domain::ticket::command::{Open, Reopen, Resolve, StartWork};
use domain::ticket::{TicketCommand, TicketKind};
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::Watch;
use sqlx::Row;
use testbed::World;

use super::timers::{Stage, after, morning};

const DAY: i64 = 86_400;
/// Three days after the morning.
const DEADLINE: i64 = 3 * DAY;

/// A ticket with that deadline, which the head of the unit watches.
async fn watched(stage: &Stage) -> TicketId {
    let gateway = &stage.desk.app.gateway;
    let number = gateway.next_ticket_number(TicketKind::Incident).await.unwrap();
    let mut open = Open::new(number, TicketKind::Incident, "Something to do");
    open.deadline_at = Some(after(DEADLINE));
    let ticket = TicketId(gateway.new_id());
    stage.tell(&stage.agent, (ticket, TicketCommand::Open(Box::new(open)), 0)).await;
    let person = stage.desk.person("head1").await;
    let watch = TicketDossierCommand::Watch(Watch { ticket, person });
    let head = stage.desk.caller("head1").await;
    gateway
        .execute(&head, Request { at: Some(after(0)), ..Request::new(watch, ticket.0) })
        .await
        .unwrap();
    ticket
}

/// What was recorded of its deadline: what, and so many seconds after the morning.
async fn recorded(stage: &Stage, ticket: TicketId) -> Vec<(String, i64)> {
    let all = stage.clocks(ticket).await.into_iter();
    all.map(|event| (event.event_type, (event.meta.occurred_at - morning()).num_seconds()))
        .collect()
}

/// How often the watcher was told of what.
async fn told(stage: &Stage, ticket: TicketId) -> Vec<(String, i64)> {
    let rows = sqlx::query(
        "select kind, count(*) as times from view_notices.outbox
         where ticket_id = $1 and recipient_id = $2
             and kind in ('TICKET_DEADLINE_NEAR', 'TICKET_OVERTIME')
         group by kind order by kind",
    )
    .bind(ticket.0)
    .bind(stage.desk.person("head1").await.0)
    .fetch_all(&stage.desk.app.reads)
    .await
    .unwrap();
    rows.iter().map(|row| (row.get("kind"), row.get("times"))).collect()
}

fn near(at: i64) -> (String, i64) {
    ("ticket_clock.deadline_neared".to_owned(), at)
}

fn passed(at: i64) -> (String, i64) {
    ("ticket_clock.deadline_passed".to_owned(), at)
}

#[tokio::test(flavor = "multi_thread")]
async fn watchers_are_reminded_once_when_a_deadline_is_near_and_once_when_it_is_over() {
    let world = World::demo().await;
    let stage = Stage::of(&world).await;
    let (left, done) = (watched(&stage).await, watched(&stage).await);
    stage.tell(&stage.agent, (done, StartWork { holder: None }.into(), 60)).await;
    stage
        .tell(
            &stage.agent,
            (
                done,
                Resolve { code: Some("FIXED".to_owned()), solution: Some("Done.".to_owned()) }
                    .into(),
                DAY,
            ),
        )
        .await;

    let (mut one, _other) = (stage.serve(&world), stage.serve(&world));
    stage.now(2 * DAY - 1);
    stage.nothing_due(2 * DAY - 1).await;
    assert_eq!(recorded(&stage, left).await, []);
    // A day of silence, and both at once.
    one.kill();
    stage.now(2 * DAY);
    stage.recorded(1).await;
    assert_eq!(recorded(&stage, left).await, [near(2 * DAY)]);
    one = stage.serve(&world);
    stage.now(DEADLINE);
    stage.nothing_due(DEADLINE).await;
    assert_eq!(recorded(&stage, left).await, [near(2 * DAY)]);
    stage.now(DEADLINE + 7_200);
    stage.recorded(2).await;
    assert_eq!(recorded(&stage, left).await, [near(2 * DAY), passed(DEADLINE + 1)]);
    assert_eq!(recorded(&stage, done).await, []);

    // It was not done after all, and is late at once; near it is no longer.
    let again = DEADLINE + 3_600;
    stage.tell(&stage.agent, (done, Reopen {}.into(), again)).await;
    stage.recorded(3).await;
    stage.nothing_due(DEADLINE + 7_200).await;
    assert_eq!(recorded(&stage, done).await, [passed(again)]);
    // Whatever the lease, nobody says it again.
    one.kill();
    let _next = stage.serve(&world);
    stage.now(9 * DAY);
    stage.nothing_due(9 * DAY).await;
    assert_eq!(recorded(&stage, left).await.len() + recorded(&stage, done).await.len(), 3);
    let once = |kind: &str| (kind.to_owned(), 1);
    let (near, over) = (once("TICKET_DEADLINE_NEAR"), once("TICKET_OVERTIME"));
    assert_eq!(told(&stage, left).await, [near, over.clone()]);
    assert_eq!(told(&stage, done).await, [over]);
    stage.desk.app.close().await;
}
