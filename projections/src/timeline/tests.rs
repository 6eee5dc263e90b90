//! Facts to the trail.

use domain::Fact;
use domain::kernel::SlaPlanId;
use domain::settings::STREAM_ID;
use domain::sla::ClockKind;
use domain::sla_plan::Whom;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::{Notified, ThresholdReached};
use uuid::Uuid;

use super::{Change, EventQuery, TimelineRow, events, events_count, of, of_count};
use crate::testing::{AGENT, CLIENT, SUBJECT, TICKET, UNIT, World, at, desk, story};

#[tokio::test]
async fn a_ticket_s_trail_tells_each_step() {
    let world = World::with_story().await;
    world.project().await;
    let trail = of(world.pool(), TICKET.0, 100, None).await.unwrap();
    let steps: Vec<&str> = trail.iter().map(|row| row.event_type.as_str()).collect();
    assert_eq!(steps.len(), 13);
    assert_eq!(steps[..3], ["ticket.opened", "ticket.assigned", "ticket.classified"]);
    assert_eq!(
        told(&trail[1]),
        [
            ("assignees", None, Some(AGENT.to_string())),
            ("reassignment_count", Some("0".to_owned()), Some("1".to_owned())),
            ("state", Some("NEW".to_owned()), Some("ASSIGNED".to_owned())),
            ("unit", None, Some(UNIT.to_string())),
        ]
        .map(change)
    );
    assert_eq!(
        told(&trail[3]),
        [
            ("impact", Some("MEDIUM".to_owned()), Some("HIGH".to_owned())),
            ("priority", Some("NORMAL".to_owned()), Some("HIGH".to_owned())),
        ]
        .map(change)
    );
    let opening = &trail[0];
    assert_eq!(opening.actor, format!("person:{AGENT}"));
    assert_eq!((opening.global_seq, opening.sequence), (11, 1));
    assert_eq!(opening.occurred_at, at(10));
    assert_eq!(opening.reason.as_deref(), Some("why 10"));
    assert_eq!(opening.source, "graphql");
    assert!(told(opening).contains(&change(("title", None, Some("The line is dead".to_owned())))));
}

#[tokio::test]
async fn every_aggregate_has_a_trail_with_its_names() {
    let world = World::with_story().await;
    world.project().await;
    for (id, field, text) in [
        (CLIENT.0, "name", "The client"),
        (UNIT.0, "name", "Network"),
        (SUBJECT.0, "name", "Router"),
        (STREAM_ID, "reopen_after_close_days", "3"),
    ] {
        let trail = of(world.pool(), id, 100, None).await.unwrap();
        assert!(told(&trail[0]).contains(&change((field, None, Some(text.to_owned())))), "{field}");
    }
    let unit = of(world.pool(), UNIT.0, 1, Some(2)).await.unwrap();
    assert_eq!(told(&unit[0]), [change(("people", None, Some(AGENT.to_string())))]);
}

#[tokio::test]
async fn a_ticket_s_trail_has_its_conversation_and_its_dossier() {
    let world = World::with_desk().await;
    let trail = of(world.pool(), TICKET.0, 100, None).await.unwrap();
    let count = of_count(world.pool(), TICKET.0).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), trail.len());
    assert!(trail.iter().map(|row| row.global_seq).is_sorted());
    let of_type = |event_type: &str| -> Vec<&TimelineRow> {
        trail.iter().filter(|row| row.event_type == event_type).collect()
    };
    let said = told(of_type("conversation.noted")[0]);
    let body = Some("Почта Unplugged AGAIN".to_owned());
    assert!(said.contains(&change(("body", None, body))), "{said:?}");
    let filled = of_type("ticket_dossier.field_filled");
    let field = format!("fields.{}", desk::FIELD);
    assert_eq!(told(filled[0]), [change((&field, None, Some("Room 5".to_owned())))]);
    assert_eq!(told(filled[1])[0].to.as_deref(), Some("a, b"));
    let tags = told(of_type("ticket_dossier.tagged")[1]);
    let both = Some("outage, vip".to_owned());
    assert_eq!(tags, [change(("tags", Some("outage".to_owned()), both))]);
}

#[tokio::test]
async fn what_has_fields_of_its_own_is_told_in_words() {
    let world = World::with_desk().await;
    for (id, event_type, field, text) in [
        (
            AGENT.0,
            "person.skill_certified",
            "skills",
            "network (certified_until: 2027-01-31, level: 3)",
        ),
        (
            SUBJECT.0,
            "subject.defaults_chosen",
            "defaults",
            "priority: HIGH, skill: network, tier: 2",
        ),
        (desk::QUEUE.0, "queue.saved", "filter", "state (eq: NEW)"),
        (desk::MACRO.0, "macro.defined", "steps", "start_work, reply (body: On it)"),
        (desk::TEMPLATE.0, "template.defined", "title", "A chair"),
        (desk::CHOICE.0, "custom_field.defined", "choices", "b, a"),
    ] {
        let trail = of(world.pool(), id, 100, None).await.unwrap();
        let row = trail.iter().find(|row| row.event_type == event_type).unwrap();
        let changes = told(row);
        let found = changes.iter().find(|change| change.field == field).unwrap();
        assert!(found.to.as_ref().unwrap().starts_with(text), "{found:?}");
    }
    let contacts = of(world.pool(), AGENT.0, 100, None).await.unwrap();
    let contacts = contacts.iter().find(|row| row.event_type == "person.contacts_changed").unwrap();
    let gone = change(("email", Some("agent@example.org".to_owned()), None));
    assert!(told(contacts).contains(&gone), "{contacts:?}");
}

#[tokio::test]
async fn what_became_of_clocks_is_told_in_words() {
    let world = World::with_story().await;
    let reached = ThresholdReached {
        clock: ClockKind::Reaction,
        percent: 75,
        cycle: 1,
        plan: SlaPlanId(Uuid::from_u128(7)),
        plan_version: 2,
        limit_seconds: 1_800,
        used_seconds: 1_351,
        reached_since: None,
    };
    let whom = [Whom::Heads, Whom::Holder].into();
    let notified = Notified { clock: ClockKind::Reaction, percent: 75, cycle: 1, whom };
    let told_of =
        [TicketClockEvent::ThresholdReached(reached), TicketClockEvent::Notified(notified)]
            .map(|event| Fact::TicketClock(TICKET, event));
    world.say(&told_of).await;
    world.project().await;
    let trail = of(world.pool(), TICKET.0, 100, None).await.unwrap();
    let of_type =
        |event_type: &str| told(trail.iter().find(|row| row.event_type == event_type).unwrap());
    let reached = of_type("ticket_clock.threshold_reached");
    for (field, text) in [("clock", "REACTION"), ("percent", "75"), ("used_seconds", "1351")] {
        assert!(reached.contains(&change((field, None, Some(text.to_owned())))), "{reached:?}");
    }
    let whom = change(("whom", None, Some("HOLDER, HEADS".to_owned())));
    assert!(of_type("ticket_clock.notified").contains(&whom));
}

#[tokio::test]
async fn events_are_found_by_type_actor_and_time() {
    let world = World::with_story().await;
    world.project().await;
    let all = EventQuery { first: 100, ..EventQuery::default() };
    let found = events(world.pool(), &all).await.unwrap();
    assert_eq!(found.len(), story().len());
    assert!(found.iter().map(|row| row.global_seq).eq(1..=found.len() as i64));
    let middle = Some(found[10].recorded_at);
    for (query, expected) in [
        (EventQuery { types: vec!["ticket.opened".to_owned()], ..all.clone() }, 3),
        (EventQuery { actor: Some(format!("person:{AGENT}")), ..all.clone() }, found.len()),
        (EventQuery { actor: Some("import".to_owned()), ..all.clone() }, 0),
        (EventQuery { actor: Some("\0".to_owned()), ..all.clone() }, 0),
        (EventQuery { to: middle, ..all.clone() }, 10),
        (EventQuery { from: middle, ..all.clone() }, found.len() - 10),
    ] {
        assert_eq!(events(world.pool(), &query).await.unwrap().len(), expected, "{query:?}");
        let counted = events_count(world.pool(), &query).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected, "{query:?}");
    }
    let behind = EventQuery { first: 2, after: Some(4), ..all };
    let numbers: Vec<i64> =
        events(world.pool(), &behind).await.unwrap().iter().map(|row| row.global_seq).collect();
    assert_eq!(numbers, [5, 6]);
    assert!(of(world.pool(), Uuid::nil(), 10, None).await.unwrap().is_empty());
}

fn told(row: &TimelineRow) -> Vec<Change> {
    row.changes.clone()
}

fn change((field, from, to): (&str, Option<String>, Option<String>)) -> Change {
    Change { field: field.to_owned(), from, to }
}
