//! What was decided on rights that are gone is not stored, whoever took them and wherever.

use domain::access::Premise;
use domain::kernel::PersonId;
use serde_json::Value;
use sqlx::Row;
use uuid::Uuid;

use super::group::of;
use super::{queued, writer, written_together};
use crate::append::{Append, AppendError, Premised, StreamAppend};
use crate::journal::Journal;
use crate::testing::{World, all, command, id, stopped, suspension, ticket};

const PERSON: PersonId = PersonId(id(0xa1));

fn premised(append: Append, version: i64) -> Append {
    Append { premises: vec![Premised { premise: Premise::Person(PERSON), version }], ..append }
}

/// Takes the person's rights, for the so many-th time.
fn moving(person: PersonId, before: i64) -> Append {
    let stream = StreamAppend {
        aggregate_type: "person",
        aggregate_id: person.0,
        expected: before,
        events: vec![suspension()],
    };
    Append { streams: vec![stream], ..Append::default() }
}

#[tokio::test]
async fn what_was_decided_before_a_premise_moved_is_not_stored() {
    let world = World::new().await;
    let one = |stream, version| premised(of(stream, 0, Some(command(stream, 1))), version);
    world.journal.append(&one(1, 0)).await.unwrap();
    world.journal.append(&moving(PERSON, 0)).await.unwrap();
    let late = world.journal.append(&one(2, 0)).await;
    assert!(matches!(late, Err(AppendError::Outdated)), "{late:?}");
    assert!(world.journal.stream("ticket", id(2), 0).await.unwrap().is_empty());
    world.journal.append(&one(2, 1)).await.unwrap();
    // Of others, nothing has moved.
    world.journal.append(&moving(PersonId(id(0xa2)), 0)).await.unwrap();
    world.journal.append(&one(3, 1)).await.unwrap();
    // A single event goes another way into the same table.
    let single = |version| {
        let streams = vec![ticket(4, 0, vec![stopped(1)])];
        premised(Append { streams, ..Append::default() }, version)
    };
    let late = world.journal.append(&single(0)).await;
    assert!(matches!(late, Err(AppendError::Outdated)), "{late:?}");
    world.journal.append(&single(1)).await.unwrap();
    // What was answered before is answered again, whatever has moved.
    let again = world.journal.append(&one(1, 0)).await;
    assert!(matches!(again, Err(AppendError::Repeated(_))), "{again:?}");
}

#[tokio::test]
async fn who_moves_a_premise_goes_alone_and_its_neighbours_hear_their_own_answers() {
    let world = World::new().await;
    let appends = [
        premised(of(1, 0, None), 0),
        of(2, 0, None),
        moving(PERSON, 0),
        premised(of(3, 0, None), 0),
        premised(of(4, 0, None), 1),
        of(5, 0, None),
    ];
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [2, 1, 3]);
    for (nr, outcome) in outcomes.iter().enumerate() {
        match (nr, outcome) {
            (3, Err(AppendError::Outdated)) | (0 | 1 | 2 | 4 | 5, Ok(_)) => {}
            (nr, outcome) => panic!("{nr}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn whoever_moves_what_they_lean_on_themselves_is_not_in_their_own_way() {
    let world = World::new().await;
    world.journal.append(&premised(moving(PERSON, 0), 0)).await.unwrap();
    world.journal.append(&premised(moving(PERSON, 1), 1)).await.unwrap();
    let late = world.journal.append(&premised(moving(PERSON, 2), 1)).await;
    assert!(matches!(late, Err(AppendError::Outdated)), "{late:?}");
}

/// How often rights are taken in the race: `ANNALS_CASES`, else 60.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> i64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

async fn moved(journal: &Journal) -> i64 {
    let sql = "select coalesce(max(version), 0) from journal.premises where name = $1";
    let name = Premise::Person(PERSON).to_string();
    sqlx::query_scalar(sql).bind(name).fetch_one(journal.pool()).await.unwrap()
}

/// Acts on what is read, until rights were taken often enough: each event tells what was read.
async fn act(journal: Journal, stream: u128, until: i64) -> u32 {
    let (mut version, mut refused) = (0, 0);
    loop {
        let read = moved(&journal).await;
        let event = stopped(u128::try_from(read).unwrap());
        let streams = vec![ticket(stream, version, vec![event])];
        match journal.append(&premised(Append { streams, ..Append::default() }, read)).await {
            Ok(_) => version += 1,
            Err(AppendError::Outdated) => refused += 1,
            Err(error) => panic!("{error}"),
        }
        if read == until {
            return refused;
        }
    }
}

#[tokio::test]
async fn however_they_race_history_shows_no_act_after_the_rights_to_it_were_taken() {
    let world = World::new().await;
    let until = cases();
    let mut actors = Vec::new();
    for process in 0..3 {
        let journal = world.another().await;
        for one in 0..2 {
            actors.push(tokio::spawn(act(journal.clone(), 10 * (process + 1) + one, until)));
        }
    }
    for before in 0..until {
        world.journal.append(&moving(PERSON, before)).await.unwrap();
        tokio::task::yield_now().await;
    }
    let refused: u32 = all(actors).await.into_iter().sum();
    world.settle().await;
    let log = "select l.event_type, e.payload from journal.log l \
         join journal.events e using (aggregate_type, aggregate_id, sequence) order by l.global_seq";
    let (mut taken, mut acts) = (0u128, 0u32);
    for row in sqlx::query(log).fetch_all(world.journal.pool()).await.unwrap() {
        if row.get::<&str, _>("event_type") == "person.suspended" {
            taken += 1;
            continue;
        }
        let payload: Value = row.get("payload");
        let told: Uuid = serde_json::from_value(payload["work_stopped"]["holder"].clone()).unwrap();
        assert_eq!(told.as_u128(), taken, "an act on rights of another time");
        acts += 1;
    }
    assert!(acts > 0 && refused > 0, "{acts} acts, {refused} refused: nothing was raced");
}

#[tokio::test]
async fn an_append_whose_caller_is_gone_is_held_to_its_premises_too() {
    let world = World::new().await;
    let writer = writer(&world.journal);
    let answers = queued(&world.journal, &writer, &[premised(of(1, 0, None), 0)]).await;
    drop(answers);
    world.journal.append(&moving(PERSON, 0)).await.unwrap();
    let group = writer.queue.take(0).await.unwrap();
    writer.write(group).await;
    assert!(world.journal.stream("ticket", id(1), 0).await.unwrap().is_empty());
}
