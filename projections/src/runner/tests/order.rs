//! What says who sees a ticket goes first; what tells of it follows, wherever either is kept.

use std::sync::Arc;
use std::time::Duration;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::conversation::{Conversation, ConversationEvent, event::Replied};
use domain::kernel::{CommentId, DataSubject, Personal, TicketId};
use domain::ticket::Ticket;
use domain::ticket_clock::TicketClock;
use domain::ticket_dossier::event::{Unwatched, Watched};
use domain::ticket_dossier::{Dossier, TicketDossierEvent};
use domain::ticket_items::TicketItems;
use domain::ticket_quality::TicketQuality;
use sqlx::Row;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{LONG, Running, until};
use crate::model::ReadModel;
use crate::runner::Runner;
use crate::runner::pause::{Paused, pause, resume};
use crate::schema::live;
use crate::testing::{AGENT, TICKET, World, opened};
use crate::{read_models, rebuild};

/// The types of the streams that a ticket consists of.
const OF_A_TICKET: [&str; 6] = [
    Ticket::TYPE,
    Conversation::TYPE,
    Dossier::TYPE,
    TicketItems::TYPE,
    TicketClock::TYPE,
    TicketQuality::TYPE,
];

fn followed() -> Vec<Arc<dyn ReadModel>> {
    read_models().into_iter().filter(|model| !model.behind().is_empty()).collect()
}

#[test]
fn whatever_tells_of_tickets_stays_behind_what_says_who_sees_them() {
    for model in read_models().iter().filter(|model| !model.is_inline()) {
        let tells = OF_A_TICKET.iter().any(|name| model.reads(name));
        let expected: &[&str] = match model.name() {
            "watchers" => &[],
            "tickets" => &["watchers"],
            // It tells of access requests as well.
            "notices" => &["tickets", "access_requests"],
            _ if tells => &["tickets"],
            _ => &[],
        };
        assert_eq!(model.behind(), expected, "{}", model.name());
    }
}

fn more(number: u128) -> Vec<Fact> {
    let said = Replied {
        comment: CommentId(Uuid::from_u128(0xc000 + number)),
        author: AGENT,
        body: Personal::of(DataSubject::Person(AGENT), format!("said {number}")),
        mentions: [].into(),
    };
    let watches = match number.is_multiple_of(2) {
        true => TicketDossierEvent::Watched(Watched { person: AGENT }),
        false => TicketDossierEvent::Unwatched(Unwatched { person: AGENT }),
    };
    vec![
        Fact::Ticket(TicketId(Uuid::from_u128(0x9000 + number)), opened("INC-77", "More")),
        Fact::Conversation(TICKET, ConversationEvent::Replied(said)),
        Fact::TicketDossier(TICKET, watches),
    ]
}

/// Looks all the time, at one instant each, whether a model shows an event that one it has to stay
/// behind does not show.
struct Watch {
    stop: watch::Sender<bool>,
    task: JoinHandle<u32>,
}

impl Watch {
    fn begin(world: &World) -> Self {
        let (stop, stopped) = watch::channel(false);
        let pool = world.pool().clone();
        let task = tokio::spawn(async move {
            let mut looks = 0;
            while !*stopped.borrow() {
                for model in followed() {
                    for leader in model.behind() {
                        assert!(!ahead(&pool, model.as_ref(), leader).await, "{}", model.name());
                        looks += 1;
                    }
                }
            }
            looks
        });
        Self { stop, task }
    }

    async fn end(self) {
        self.stop.send_replace(true);
        assert!(self.task.await.unwrap() > 100);
    }
}

async fn ahead(pool: &sqlx::PgPool, model: &dyn ReadModel, leader: &str) -> bool {
    let leads = read_models().into_iter().find(|model| model.name() == leader).unwrap();
    let sql = format!(
        "select exists (
             select from journal.log l
             where l.global_seq > (select min(applied_through) from {}.progress)
               and l.global_seq <= (select max(applied_through) from {}.progress)
               and l.aggregate_type = any($1)
         ) as ahead",
        live(leader),
        live(model.name()),
    );
    let types: Vec<&str> = leads.types().to_vec();
    sqlx::query(&sql).bind(types).fetch_one(pool).await.unwrap().try_get("ahead").unwrap()
}

#[tokio::test]
async fn a_model_is_never_ahead_of_those_it_stays_behind() {
    let world = World::with_desk().await;
    let running = Running::start(world.runner());
    let watching = Watch::begin(&world);
    for number in 0..40 {
        let token = world.say(&more(number)).await;
        if number.is_multiple_of(3) {
            running.runner.waiter().passed("conversation", token, LONG).await.unwrap();
        }
    }
    let head = world.settled().await;
    until(&world, |model| model.applied_through == head).await;
    watching.end().await;
    running.stop().await;
}

#[tokio::test]
async fn what_is_stopped_stops_what_stays_behind_it_and_nothing_is_late_for_that() {
    let world = World::with_desk().await;
    let running = Running::start(world.runner());
    let waiter = running.runner.waiter();
    let mut number = 0;
    for (stopped, others) in [("tickets", vec![]), ("watchers", vec!["tickets"])] {
        let head = world.settled().await;
        until(&world, |model| model.applied_through == head).await;
        assert_eq!(pause(world.pool(), stopped, "me", "a look").await.unwrap(), Paused::Done);
        while running.runner.shared.is_paused(stopped) != Some(true) {
            tokio::task::yield_now().await;
        }
        let watching = Watch::begin(&world);
        number += 1;
        let token = world.say(&more(number)).await;
        let stands = |name: &str| {
            name == stopped
                || others.contains(&name)
                || followed().iter().any(|it| it.name() == name && it.name() != "tickets")
        };
        let all = until(&world, |model| stands(&model.name) || model.lag_events == 0).await;
        for model in all.iter().filter(|model| stands(&model.name)) {
            assert_eq!(model.applied_through, head, "{}", model.name);
        }
        assert_eq!(waiter.caught_up(LONG).await, Ok(()));
        assert_eq!(waiter.position().lag_events, 0);
        let short = Duration::from_millis(50);
        assert!(waiter.passed("conversation", token, short).await.is_err());
        // Tables made anew tell no more than those they replace.
        let model = followed().into_iter().find(|model| model.name() == "conversation").unwrap();
        rebuild(&world.journal, &world.options, &model, |_, _| {}).await.unwrap();
        watching.end().await;
        assert_eq!(resume(world.pool(), stopped, "me").await.unwrap(), Paused::Done);
        assert_eq!(waiter.passed("conversation", token, LONG).await, Ok(()));
    }
    running.stop().await;
}

#[tokio::test]
async fn a_model_follows_one_that_another_process_keeps_and_goes_on_when_that_one_ends() {
    let world = World::with_desk().await;
    let journal = &world.elsewhere().await.shared.journal;
    let leading =
        read_models().into_iter().filter(|it| ["watchers", "tickets"].contains(&it.name()));
    let options = world.options.clone();
    let leader = Running::start(Arc::new(Runner::new(journal.clone(), options, leading.collect())));
    while !["watchers", "tickets"].iter().all(|name| leader.runner.shared.keeps(name)) {
        tokio::task::yield_now().await;
    }
    let running = Running::start(world.runner());
    let waiter = running.runner.waiter();
    let watching = Watch::begin(&world);
    for number in 0..20 {
        let token = world.say(&more(number)).await;
        assert_eq!(waiter.passed("conversation", token, LONG).await, Ok(()));
    }
    assert!(!running.runner.shared.keeps("tickets"));
    leader.stop().await;
    let token = world.say(&more(20)).await;
    assert_eq!(waiter.all_passed(&["tickets", "conversation"], token, LONG).await, Ok(()));
    assert!(running.runner.shared.keeps("tickets"));
    watching.end().await;
    running.stop().await;
}
