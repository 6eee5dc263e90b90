//! Cancelled, killed, resumed, failed.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::sync::watch;
use tokio::time::timeout;

use super::{begun, ordered, tickets};
use crate::error::ProjectionError;
use crate::rebuild::{Begin, JobState, jobs};
use crate::schema::{exists, live, next};
use crate::testing::{TICKET, World};
use crate::{read_models, session};

const DEADLINE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_cancelled_rebuild_touches_nothing_live_and_can_be_resumed() {
    let world = World::with_desk().await;
    for model in read_models() {
        let schema = live(model.name());
        let before = world.digest(model.as_ref(), &schema).await;
        let (_stopping, stop) = watch::channel(true);
        let refused = ordered(&world, &model, Begin::Anew, stop).await;
        assert!(matches!(refused, Err(ProjectionError::Cancelled(_))), "{refused:?}");
        assert_eq!(world.digest(model.as_ref(), &schema).await, before);
        let job = jobs::newest(world.pool(), Some(model.name()), 1).await.unwrap().remove(0);
        assert_eq!((job.state, job.is_over()), (JobState::Cancelled, true));
        let report = begun(&world, &model, Begin::Resume).await.unwrap();
        assert_eq!((report.job, report.equal()), (job.id, Some(true)));
        assert_eq!(report.digest_after, before);
        let job = jobs::by_id(world.pool(), job.id).await.unwrap().unwrap();
        assert_eq!((job.state, job.equal(), job.done), (JobState::Done, Some(true), job.total));
        let nothing = begun(&world, &model, Begin::Resume).await;
        assert!(matches!(nothing, Err(ProjectionError::NothingToResume(_))));
    }
}

/// As a kill does: what was under way is dropped, wherever it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_anywhere_and_resumed_it_comes_to_the_same() {
    let world = World::with_desk().await;
    let mut chance = StdRng::seed_from_u64(7);
    // By streams with a row each, and an event each; by the log; and with the append.
    let kinds = ["tickets", "timeline", "conversation", "directory"];
    for model in read_models().into_iter().filter(|model| kinds.contains(&model.name())) {
        let before = world.digest(model.as_ref(), &live(model.name())).await;
        let mut begin = Begin::Anew;
        let mut patience = 5;
        let report = loop {
            let moment = Duration::from_millis(chance.random_range(1..patience));
            match timeout(moment, begun(&world, &model, begin)).await {
                Ok(Ok(report)) => break report,
                // Its connections may hold the lock for a moment longer.
                Ok(Err(ProjectionError::Busy(_))) => {}
                Ok(Err(ProjectionError::NothingToResume(_))) => begin = Begin::Anew,
                Ok(Err(error)) => panic!("{}: {error}", model.name()),
                Err(_) => begin = Begin::Resume,
            }
            patience = (patience + 15).min(2_000);
        };
        assert_ne!(report.equal(), Some(false), "{}", model.name());
        let after = world.digest(model.as_ref(), &live(model.name())).await;
        assert_eq!(after, before, "{}", model.name());
    }
}

#[tokio::test]
async fn tables_that_are_not_as_the_job_left_them_are_begun_anew() {
    let world = World::with_desk().await;
    let model = tickets();
    for damage in [
        format!("drop schema {} cascade", next("tickets")),
        format!("comment on schema {} is 'another'", next("tickets")),
        "update read.rebuilds set version = 77".to_owned(),
    ] {
        // Nobody reads the log: it stops in its middle.
        let stopped = {
            let mut conn = sqlx::PgPool::connect_with(world.options.clone())
                .await
                .unwrap()
                .begin()
                .await
                .unwrap();
            let begun = begun(&world, &model, Begin::Anew);
            let hold = async {
                while !made(&world).await {
                    tokio::task::yield_now().await;
                }
                sqlx::raw_sql("lock table journal.events").execute(&mut *conn).await.unwrap();
            };
            tokio::select! { done = begun => Some(done), () = hold => None }
        };
        // It was quicker than the lock; then there is nothing to resume.
        if stopped.is_some() {
            continue;
        }
        world.tamper(&damage).await;
        let report = timeout(DEADLINE, async {
            loop {
                match begun(&world, &model, Begin::Resume).await {
                    Err(ProjectionError::Busy(_)) => tokio::task::yield_now().await,
                    done => break done.unwrap(),
                }
            }
        })
        .await
        .unwrap();
        assert_eq!(report.equal(), Some(true));
        assert!(report.note.is_some_and(|note| note.starts_with("begun anew")), "{damage}");
    }
}

/// Whether a job has noted what it will fill.
async fn made(world: &World) -> bool {
    let jobs = jobs::newest(world.pool(), None, 1).await.unwrap();
    let mut conn = session::open(&world.options, "read").await.unwrap();
    jobs.first().is_some_and(|job| job.boundary.is_some() && !job.is_over())
        && exists(&mut conn, &next("tickets")).await.unwrap()
}

#[tokio::test]
async fn whoever_cancels_elsewhere_is_heard() {
    let world = World::with_desk().await;
    let model = tickets();
    let pool = sqlx::PgPool::connect_with(world.options.clone()).await.unwrap();
    // Nobody can read an event: it waits.
    let mut held = pool.begin().await.unwrap();
    sqlx::raw_sql("lock table journal.events").execute(&mut *held).await.unwrap();
    assert_eq!(jobs::cancel(world.pool(), "tickets").await.unwrap(), None);
    let cancel = async {
        loop {
            match jobs::cancel(world.pool(), "tickets").await.unwrap() {
                Some(job) => return job,
                None => tokio::task::yield_now().await,
            }
        }
    };
    let (refused, _) =
        timeout(DEADLINE, async { tokio::join!(begun(&world, &model, Begin::Anew), cancel) })
            .await
            .unwrap();
    assert!(matches!(refused, Err(ProjectionError::Cancelled("tickets"))), "{refused:?}");
    held.rollback().await.unwrap();
    let asked = jobs::resume(world.pool(), "tickets").await.unwrap().unwrap();
    assert_eq!(asked.state, JobState::Requested);
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert_eq!(jobs::due(&mut conn).await.unwrap()[0].id, asked.id);
    let report = begun(&world, &model, Begin::Job(asked.id)).await.unwrap();
    assert_eq!(report.equal(), Some(true));
    assert_eq!(jobs::due(&mut conn).await.unwrap(), []);
}

#[tokio::test]
async fn one_is_asked_for_at_a_time_and_given_up_while_nobody_works_on_it() {
    let world = World::with_desk().await;
    let model = tickets();
    let asked = jobs::request(world.pool(), model.as_ref(), 2, "a test").await.unwrap().unwrap();
    let again = jobs::request(world.pool(), model.as_ref(), 2, "a test").await.unwrap();
    assert_eq!((asked.workers, again), (2, None));
    let cancelled = jobs::cancel(world.pool(), "tickets").await.unwrap().unwrap();
    assert_eq!((cancelled.id, cancelled.state), (asked.id, JobState::Cancelled));
    // One that died before it heard of it.
    jobs::resume(world.pool(), "tickets").await.unwrap();
    world.tamper("update read.rebuilds set state = 'RUNNING', cancelling = true").await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    assert_eq!(jobs::due(&mut conn).await.unwrap(), []);
    let job = jobs::by_id(world.pool(), asked.id).await.unwrap().unwrap();
    assert_eq!((job.state, job.eta_seconds()), (JobState::Cancelled, None));
}

#[tokio::test]
async fn an_event_that_cannot_be_applied_halts_it_and_is_named() {
    let world = World::with_desk().await;
    let before = world.digest(tickets().as_ref(), &live("tickets")).await;
    let poison = format!(
        "alter table journal.events disable trigger user; \
         update journal.events set payload = '{{\"assigned\":{{\"unit\":7}}}}' \
         where aggregate_id = '{TICKET}' and sequence = 2"
    );
    world.tamper(&poison).await;
    let number: i64 = sqlx::query_scalar(
        "select global_seq from journal.log \
         where aggregate_type = 'ticket' and aggregate_id = $1 and sequence = 2",
    )
    .bind(TICKET.to_string())
    .fetch_one(world.pool())
    .await
    .unwrap();
    for model in read_models().into_iter().filter(|model| {
        !model.is_inline() && (model.types().is_empty() || model.name() == "tickets")
    }) {
        match begun(&world, &model, Begin::Anew).await {
            Err(ProjectionError::Poison { number: found, .. }) => assert_eq!(found, number),
            other => panic!("{}: {other:?}", model.name()),
        }
        let job = jobs::newest(world.pool(), Some(model.name()), 1).await.unwrap().remove(0);
        assert_eq!(job.state, JobState::Failed);
        assert!(job.error.unwrap().contains(&format!("event {number} ")));
    }
    assert_eq!(world.digest(tickets().as_ref(), &live("tickets")).await, before);
}
