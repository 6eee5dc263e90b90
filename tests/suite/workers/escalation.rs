//! What a plan has done beyond a threshold: once, in order, whoever is killed meanwhile.

use std::process::Command;

use api::gateway::Caller;
use domain::Fact;
use domain::kernel::{Actor, Source, TicketId};
use domain::notice::NoticeKind;
use domain::sla_plan::{EscalationAction, Whom};
use domain::ticket::command::{Cancel, StartWork};
use domain::ticket::{Priority, TicketState, Tier};
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_dossier::Dossier;
use journal::StreamEvent;
use projections::notices;
use testbed::{Process, World};
use uuid::Uuid;

use super::desk::Desk;
use super::measured::acting;

fn tag(word: &str) -> EscalationAction {
    EscalationAction::Tag { tag: word.to_owned() }
}

fn notify(whom: Whom) -> EscalationAction {
    EscalationAction::Notify { whom }
}

async fn tags(desk: &Desk, ticket: TicketId) -> Vec<String> {
    let dossier = desk.app.gateway.journal().load::<Dossier>(ticket.0).await.unwrap();
    dossier.state.tags.into_iter().collect()
}

async fn is_tagged(desk: &Desk, ticket: TicketId, word: &str) {
    let tagged = async || tags(desk, ticket).await.iter().any(|tag| tag == word);
    desk.until(&format!("{ticket} is tagged {word}"), tagged).await;
}

fn kinds(events: &[StreamEvent]) -> Vec<&str> {
    events.iter().map(|event| event.event_type.as_str()).collect()
}

/// Drawn by Annals itself because of this command.
fn assert_caused(events: &[StreamEvent], cause: Uuid) {
    for event in events {
        let meta = &event.meta;
        assert_eq!((meta.actor, meta.source), (Actor::System, Source::Process));
        assert_eq!((meta.correlation_id, meta.causation_id), (cause, Some(cause)), "{meta:?}");
    }
}

fn server(world: &World) -> Process {
    let mut command: Command = world.annals(&["serve", "--listen", "127.0.0.1:0"]);
    Process::start(&mut command, "answers at")
}

// Servers start beside the test's node, which has to go on meanwhile.
#[tokio::test(flavor = "multi_thread")]
async fn all_actions_happen_once_because_of_the_crossing_whoever_is_killed() {
    let mut world = World::demo().await;
    let desk = Desk::of(&world).await;
    let (ours, theirs) = (desk.unit_of("agent1").await, desk.unit_of("agent3").await);
    let all = vec![
        EscalationAction::RaisePriority,
        EscalationAction::AssignToUnit { unit: theirs },
        EscalationAction::EscalateTier,
        notify(Whom::Heads),
        notify(Whom::Unit),
        tag("late"),
    ];
    let plan = desk.new_plan(acting(all, vec![])).await;
    let mut crossed = Vec::new();
    for _ in 0..12 {
        let ticket = desk.open_under(plan, Some(ours)).await;
        crossed.push((ticket, desk.cross(ticket, (50, 1), false, &Caller::system()).await));
    }
    world.serve();
    let mut other = server(&world);
    desk.until("somebody began", async || {
        let mut begun = false;
        for (ticket, _) in &crossed {
            begun |= desk.events(*ticket).await.len() > 1;
        }
        begun
    })
    .await;
    world.server().kill();
    let mut third = server(&world);
    for (ticket, cause) in &crossed {
        is_tagged(&desk, *ticket, "late").await;
        let events = desk.events(*ticket).await;
        let told = ["prioritized", "sla_terms_restated", "escalated", "escalated"]
            .map(|it| format!("ticket.{it}"));
        assert_eq!(kinds(&events)[1..], told);
        assert_caused(&events[1..4], *cause);
        let body = desk.ticket(*ticket).await;
        assert_eq!((body.priority, body.unit, body.tier), (Priority::High, Some(theirs), Tier(2)));
        let clock = desk.crossings(*ticket).await;
        assert_eq!(kinds(&clock), ["ticket_clock.threshold_reached", "ticket_clock.notified"]);
        assert_caused(&clock[1..], *cause);
        let Fact::TicketClock(_, TicketClockEvent::Notified(told)) = clock[1].fact().unwrap()
        else {
            panic!("{clock:?}")
        };
        assert_eq!(told.whom, [Whom::Heads, Whom::Unit].into());
    }
    let head = desk.person("head2").await;
    let near = async || {
        let rows = notices::page(&desk.app.reads, head, false, 100, None).await.unwrap();
        rows.iter().filter(|it| it.row.kind == NoticeKind::TicketDeadlineNear).count()
    };
    desk.until("the head is told of each", async || near().await >= crossed.len()).await;
    assert_eq!(near().await, crossed.len(), "as head and as staff of the unit, and still once");
    other.kill();
    third.kill();
    desk.app.close().await;
}

#[tokio::test]
async fn a_refused_action_does_not_swallow_the_next() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let theirs = desk.unit_of("agent3").await;
    let up = || EscalationAction::EscalateTier;
    let half = vec![up(), up(), up(), EscalationAction::AssignToUnit { unit: theirs }, tag("half")];
    let raise = || EscalationAction::RaisePriority;
    let breach = vec![raise(), raise(), raise(), notify(Whom::Heads), tag("over")];
    let plan = desk.new_plan(acting(half, breach)).await;
    let ticket = desk.open_under(plan, Some(desk.unit_of("agent1").await)).await;
    desk.act("agent1", ticket, StartWork { holder: None }).await;
    desk.cross(ticket, (50, 1), false, &Caller::system()).await;
    is_tagged(&desk, ticket, "half").await;
    let body = desk.ticket(ticket).await;
    assert_eq!((body.tier, body.unit), (Tier::TOP, Some(theirs)), "the third was one too many");
    assert_eq!((body.holder, body.state), (None, TicketState::Assigned), "taken from who held it");
    desk.cross(ticket, (100, 1), false, &Caller::system()).await;
    is_tagged(&desk, ticket, "over").await;
    assert_eq!(desk.ticket(ticket).await.priority, Priority::Critical);
    let head = desk.person("head2").await;
    desk.until("the head is told", async || {
        let rows = notices::page(&desk.app.reads, head, false, 100, None).await.unwrap();
        rows.iter()
            .any(|it| (it.row.ticket_id, it.row.kind) == (Some(ticket), NoticeKind::TicketOvertime))
    })
    .await;
    desk.app.close().await;
}

#[tokio::test]
async fn what_is_over_imported_or_found_again_is_left_alone() {
    let mut world = World::demo().await;
    world.serve();
    let desk = Desk::of(&world).await;
    let raise = || vec![EscalationAction::RaisePriority];
    let plan = desk.new_plan(acting(raise(), vec![tag("seen")])).await;
    let system = Caller::system();
    let [over, imported, again] = [(); 3].map(|()| desk.open_under(plan, None));
    let (over, imported, again) = (over.await, imported.await, again.await);
    desk.act("system", over, Cancel {}).await;
    desk.cross(over, (50, 1), false, &system).await;
    desk.cross(imported, (50, 1), false, &Caller::import()).await;
    desk.cross(again, (50, 1), true, &system).await;
    let priority = async |ticket| desk.ticket(ticket).await.priority;
    let raised = async || priority(again).await == Priority::High;
    desk.until("the first time it is found, it is news", raised).await;
    // Other terms find that it was crossed: that is known.
    desk.cross(again, (50, 2), true, &system).await;
    desk.cross(imported, (50, 2), true, &system).await;
    // Whoever follows the log is past all that now.
    desk.cross(again, (100, 2), false, &system).await;
    is_tagged(&desk, again, "seen").await;
    assert_eq!(priority(again).await, Priority::High);
    assert_eq!(
        (priority(over).await, priority(imported).await),
        (Priority::Normal, Priority::Normal)
    );
    // It is crossed anew, second by second.
    desk.cross(again, (50, 3), false, &system).await;
    desk.until("done again", async || priority(again).await == Priority::Critical).await;
    desk.app.close().await;
}
