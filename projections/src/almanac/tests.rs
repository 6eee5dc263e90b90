//! Versions of calendars, read from the journal.

use std::collections::BTreeSet;

use domain::kernel::CalendarId;
use domain::sla::CalendarVersion;
use sqlx::Connection;

use super::{Almanac, AlmanacError};
use crate::session;
use crate::testing::sla::{NIGHTS, OFFICE, defined, office};
use crate::testing::{World, at};

#[tokio::test]
async fn each_version_has_its_own_hours_and_is_read_once() {
    let world = World::new().await;
    world
        .say(&[
            office("08:00", "16:00"),
            office("08:00", "12:00"),
            defined(NIGHTS, "20:00", "24:00"),
        ])
        .await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    let almanac = Almanac::default();
    let asked = BTreeSet::from([version(OFFICE, 1), version(OFFICE, 2), version(NIGHTS, 1)]);
    let found = almanac.hours(&mut conn, &asked).await.unwrap();
    let day = |nr| found[&nr].working_seconds(at(0), at(24 * 60)) / 3_600;
    assert_eq!(
        [day(version(OFFICE, 1)), day(version(OFFICE, 2)), day(version(NIGHTS, 1))],
        [8, 4, 4]
    );
    // What is known needs no journal any more.
    world.tamper("alter table journal.events rename to gone").await;
    assert_eq!(almanac.hours(&mut conn, &asked).await.unwrap(), found);
    conn.close().await.unwrap();
}

#[tokio::test]
async fn a_version_that_is_not_there_is_an_error_for_good() {
    let world = World::new().await;
    world.say(&[office("08:00", "16:00")]).await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    for missing in [version(OFFICE, 2), version(NIGHTS, 1)] {
        let asked = BTreeSet::from([version(OFFICE, 1), missing]);
        let error = Almanac::default().hours(&mut conn, &asked).await.unwrap_err();
        assert!(!error.is_transient());
        assert!(matches!(error, AlmanacError::Unknown(unknown) if unknown.0 == missing));
    }
    conn.close().await.unwrap();
}

fn version(id: CalendarId, version: i64) -> CalendarVersion {
    CalendarVersion { id, version }
}
