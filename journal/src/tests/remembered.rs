//! What a process remembers of streams: as if it were loaded, not for long, not too much.

#![expect(clippy::disallowed_methods, reason = "the one switch of the test run")]

use std::time::Duration;

use domain::kernel::{DataSubject, PersonId, Personal};
use domain::ticket::{Ticket, TicketEvent};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tokio::time::sleep;
use uuid::Uuid;

use crate::append::NewEvent;
use crate::journal::{Journal, Loaded};
use crate::testing::{World, id, opened, solved, soon, stopped, ticket};

const ANNA: PersonId = PersonId(id(0xa1));

/// Appends as the gateway does, and says whether the ticket was recalled.
async fn act(world: &World, number: u128, event: NewEvent) -> bool {
    let mut loaded = world.journal.recall_or_load::<Ticket>(id(number)).await.unwrap();
    let recalled = loaded.is_recalled();
    let decided: TicketEvent = serde_json::from_value(event.payload.clone()).unwrap();
    world.append(ticket(number, loaded.version, vec![event])).await.unwrap();
    loaded.apply(decided);
    world.journal.remember(id(number), loaded);
    recalled
}

async fn recalled(journal: &Journal, stream: Uuid) -> bool {
    journal.recall_or_load::<Ticket>(stream).await.unwrap().is_recalled()
}

fn event() -> impl Strategy<Value = NewEvent> {
    let subject = prop_oneof![Just(DataSubject::Person(ANNA)), Just(DataSubject::Deployment)];
    prop_oneof![
        any::<u128>().prop_map(stopped),
        (subject, ".{0,20}").prop_map(|(subject, text)| solved(subject, &text)),
        (".{1,20}", ".{0,20}").prop_map(|(title, text)| opened(ANNA, &title, &text)),
    ]
}

#[test]
fn what_was_folded_on_is_what_would_be_loaded() {
    let cases = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let world = runtime.block_on(World::new());
    let histories = (any::<u128>(), prop::collection::vec(event(), 1..8));
    let ran = TestRunner::new(config).run(&histories, |(number, events)| {
        runtime.block_on(async {
            for (nr, event) in (0..).zip(events) {
                assert_eq!(act(&world, number, event).await, nr > 0);
            }
            let stream = id(number);
            let recalled = world.journal.recall_or_load::<Ticket>(stream).await.unwrap();
            let loaded = world.another().await.load::<Ticket>(stream).await.unwrap();
            assert!(recalled.is_recalled() && !loaded.is_recalled());
            assert_eq!(recalled, loaded);
        });
        Ok(())
    });
    ran.unwrap();
    runtime.block_on(async { drop(world) });
}

#[tokio::test]
async fn whoever_recalls_a_stream_takes_it_and_no_other_journal_knows_of_it() {
    let world = World::new().await;
    assert!(!act(&world, 1, opened(ANNA, "title", "story")).await);
    assert!(!recalled(&world.another().await, id(1)).await);
    assert!(!recalled(&world.journal, id(2)).await);
    assert!(recalled(&world.journal, id(1)).await);
    assert!(!recalled(&world.journal, id(1)).await);
}

#[tokio::test]
async fn an_erased_text_is_forgotten_with_its_key_however_often_it_was_folded_on() {
    let world = World::new().await;
    act(&world, 1, opened(ANNA, "title", "story")).await;
    world.erase(&DataSubject::Person(ANNA).to_string()).await;
    let title = |loaded: &Loaded<Ticket>| loaded.state.0.as_ref().unwrap().title.clone();
    let forgotten = async {
        let mut events = 1;
        loop {
            let mut loaded = world.journal.recall_or_load::<Ticket>(id(1)).await.unwrap();
            if title(&loaded) == Personal::Erased {
                return events;
            }
            // One that is loaded while the key ring still has the key is not remembered here.
            if loaded.is_recalled() {
                let event = stopped(2);
                loaded.apply(serde_json::from_value(event.payload.clone()).unwrap());
                world.append(ticket(1, events, vec![event])).await.unwrap();
                world.journal.remember(id(1), loaded);
                events += 1;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    let events = soon("what is remembered grows old", forgotten).await;
    assert!(events > 1, "it was folded on");
}

#[tokio::test]
async fn what_is_remembered_is_bounded() {
    let world = World::new().await;
    let text = "x".repeat(50_000);
    let state = |text: &str| {
        let event = opened(ANNA, "title", text);
        let mut loaded = Loaded::<Ticket>::default();
        loaded.apply(serde_json::from_value(event.payload).unwrap());
        loaded
    };
    world.journal.remember(id(1), state(&text.repeat(2)));
    assert!(!recalled(&world.journal, id(1)).await, "one that is heavy is not remembered");
    let many = 2_000;
    for number in 0..many {
        world.journal.remember(id(number), state(&text));
    }
    let weight = world.journal.memory().weight();
    assert!((16 << 20..=32 << 20).contains(&weight), "{weight} bytes");
    assert!(recalled(&world.journal, id(many - 1)).await, "the newest are remembered");
    assert!(!recalled(&world.journal, id(0)).await, "the oldest are not");
}
