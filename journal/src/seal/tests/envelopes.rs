use super::{ANNA, CLEO, of};
use crate::error::{EventFault, JournalError};
use crate::seal::SealError;
use crate::testing::{World, because, id, opened, ticket};

/// Two tickets with two events each, everything sealed under one person's key.
async fn world() -> World {
    let world = World::new().await;
    for stream in [1, 2] {
        let events = ["first", "second"].map(|text| {
            because(opened(ANNA, &format!("{text} title"), text), of(ANNA), &format!("{text} why"))
        });
        world.append(ticket(stream, 0, events.into())).await.unwrap();
    }
    world
}

/// What comes of reading the first ticket after this change of its second event.
async fn after(world: &World, change: &str) -> JournalError {
    let (first, second) = (id(1), id(2));
    world
        .tamper(&format!(
            "update journal.events e set {change} from journal.events o
             where e.aggregate_id = '{first}' and e.sequence = 2
               and o.aggregate_id = '{second}' and o.sequence = 2"
        ))
        .await;
    world.another().await.stream("ticket", id(1), 0).await.unwrap_err()
}

fn forged(error: &JournalError) -> bool {
    matches!(
        error,
        JournalError::Undecodable { sequence: 2, fault: EventFault::Seal(SealError::Forged), .. }
    )
}

#[tokio::test]
async fn t31_an_envelope_moved_to_another_stream_does_not_open() {
    let error = after(&world().await, "payload = o.payload").await;
    assert!(forged(&error), "{error}");
}

#[tokio::test]
async fn t31_an_envelope_moved_to_another_event_of_its_stream_does_not_open() {
    let world = world().await;
    let swap = "payload = (select f.payload from journal.events f
                           where f.aggregate_id = e.aggregate_id and f.sequence = 1)";
    let error = after(&world, swap).await;
    assert!(forged(&error), "{error}");
}

#[tokio::test]
async fn t31_an_envelope_moved_to_another_field_does_not_open() {
    let title = "e.payload #> '{opened,title}'";
    let change = format!(
        "payload = jsonb_set(e.payload::jsonb, '{{opened,description}}', ({title})::jsonb)::json"
    );
    let error = after(&world().await, &change).await;
    assert!(forged(&error), "{error}");
}

#[tokio::test]
async fn t31_a_reason_moved_to_another_event_does_not_open() {
    let error = after(&world().await, "metadata = o.metadata").await;
    assert!(forged(&error), "{error}");
}

#[tokio::test]
async fn an_envelope_with_one_letter_changed_does_not_open() {
    // The last letter but one of the description's envelope.
    let change = "payload = regexp_replace(e.payload::text, '(description.*?)(.)(.\"})',
        '\\1' || case substring(e.payload::text from 'description.*?(.).\"}') when 'A' then 'B' else 'A' end || '\\3')::json";
    let error = after(&world().await, change).await;
    assert!(forged(&error), "{error}");
}

#[tokio::test]
async fn an_envelope_under_a_key_that_never_was_is_an_error_and_not_erased() {
    let world = world().await;
    let key: uuid::Uuid =
        sqlx::query_scalar("select key_id from vault.subject_keys where subject = $1")
            .bind(of(ANNA).to_string())
            .fetch_one(&mut world.superuser().await)
            .await
            .unwrap();
    let change = format!("payload = replace(e.payload::text, '{key}', '{}')::json", id(1));
    let error = after(&world, &change).await;
    assert!(matches!(error, JournalError::Seal(SealError::UnknownKey)), "{error}");
}

#[tokio::test]
async fn t31_a_key_given_to_another_subject_opens_nothing() {
    let world = world().await;
    world.append(ticket(3, 0, vec![opened(CLEO, "a", "b")])).await.unwrap();
    let (anna, cleo) = (of(ANNA), of(CLEO));
    world
        .tamper(&format!(
            "update vault.subject_keys k set wrapped = o.wrapped from vault.subject_keys o
             where k.subject = '{anna}' and o.subject = '{cleo}'"
        ))
        .await;
    let error = world.another().await.stream("ticket", id(1), 0).await.unwrap_err();
    assert!(matches!(error, JournalError::Seal(SealError::WrongMasterKey)), "{error}");
}

#[tokio::test]
async fn a_clear_text_is_refused_by_the_table_whoever_writes() {
    let world = World::new().await;
    let mut event = opened(ANNA, "clear", "clear");
    let refused = sqlx::query(
        "insert into journal.events
         (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
         values ('ticket', 'x', 1, 'ticket.opened', '1', $1::json, '{}')",
    )
    .bind(event.payload.take().to_string())
    .execute(&mut world.superuser().await)
    .await
    .unwrap_err();
    let constraint = refused.as_database_error().and_then(|e| e.constraint().map(str::to_owned));
    assert_eq!(constraint.as_deref(), Some("events_personal_data_sealed"));
}
