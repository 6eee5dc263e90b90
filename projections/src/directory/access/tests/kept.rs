//! Worlds are kept as long as nothing changes that they follow from.

use std::sync::Arc;

use chrono::TimeDelta;

use super::heard::{Heard, talkative};
use super::{ME, OTHER, desk};
use crate::directory::Asking;
use crate::directory::access::Worlds;
use crate::directory::principal::principal_in;
use crate::model::ReadModel;
use crate::testing::access::{
    closed, defined, definition, granted, group, group_defined, made, member_added, opened,
    revoked, role,
};
use crate::testing::{AGENT, CLIENT, at};
use crate::{directory, rebuild, schema};
use domain::access::model::AccessSubject;

#[tokio::test]
async fn a_warm_request_asks_one_statement_and_a_cold_one_at_most_three() {
    let (world, _) = desk().await;
    world.say(&[opened(ME), granted(ME, made(1, role(1)))]).await;
    let pool = talkative(world.pool()).await;
    let worlds = Worlds::default();
    let ask = async || {
        let known = principal_in(&pool, &worlds, AGENT, at(0)).await.unwrap().unwrap();
        known.world
    };
    let (heard, _listening) = Heard::listen();
    let first = ask().await;
    assert_eq!(heard.take(), 3, "who it is, the rules, what they have");
    let again = ask().await;
    assert_eq!(heard.take(), 1);
    assert!(Arc::ptr_eq(&first, &again));
    // What changes for them alone leaves the rules as they are.
    world.say(&[granted(ME, made(2, role(1)))]).await;
    heard.take();
    let after = ask().await;
    assert_eq!((heard.take(), after.held().len()), (2, 2));
    // What others get changes nothing.
    world.say(&[opened(OTHER), granted(OTHER, made(3, role(1)))]).await;
    heard.take();
    assert!(Arc::ptr_eq(&after, &ask().await));
    assert_eq!(heard.take(), 1);
}

#[tokio::test]
async fn another_rule_and_another_day_are_another_world() {
    let (world, asking) = desk().await;
    let today = async |asking: &Asking, days| {
        let now = at(0) + TimeDelta::days(days);
        asking.principal(AGENT, now).await.unwrap().unwrap().world
    };
    let first = today(&asking, 0).await;
    world.say(&[defined(definition(2, &["person.*"]))]).await;
    let second = today(&asking, 0).await;
    assert!(second.rules().revision() > first.rules().revision());
    assert!(second.rules().roles().definition(role(2)).is_some());
    assert_ne!(first, second);
    assert_eq!(second, today(&asking, 0).await);
    let tomorrow = today(&asking, 1).await;
    assert!(!Arc::ptr_eq(&second, &tomorrow));
    assert_eq!(second, tomorrow);
}

#[tokio::test]
async fn a_rebuild_gives_what_the_append_has_written() {
    let (world, asking) = desk().await;
    let group_of = AccessSubject::Group(group(1));
    world
        .say(&[
            opened(ME),
            granted(ME, made(1, role(1))),
            revoked(ME, 1),
            granted(ME, made(2, role(1))),
            closed(ME),
            opened(ME),
            granted(ME, made(3, role(1))),
            group_defined(1, CLIENT),
            member_added(1, ME),
            opened(group_of),
            granted(group_of, made(4, role(1))),
        ])
        .await;
    world.settled().await;
    let before = asking.principal(AGENT, at(0)).await.unwrap().unwrap();
    let model: Arc<dyn ReadModel> = Arc::new(directory::Directory);
    let live = world.digest(model.as_ref(), &schema::live("directory")).await;
    for size in [1, 3, 1_000] {
        let name = format!("directory_by_{size}");
        let conn = world.filled(model.as_ref(), &name, size).await;
        sqlx::Connection::close(conn).await.unwrap();
        assert_eq!(world.digest(model.as_ref(), &name).await, live, "{size} at a time");
    }
    let report = rebuild(&world.journal, &world.options, &model, |_, _| {}).await.unwrap();
    assert_eq!(report.digest_before, report.digest_after);
    let after = Asking::new(world.pool()).principal(AGENT, at(0)).await.unwrap().unwrap();
    assert_eq!(before, after);
}
