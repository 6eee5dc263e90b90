use std::time::{Duration, Instant};

use domain::erasure::event::PurgedView;
use domain::kernel::ErasureId;
use uuid::Uuid;

use super::progress::{FIRST, Progress, Swept, WAIT};

const ID: ErasureId = ErasureId(Uuid::from_u128(7));

#[test]
fn whoever_waits_rests_twice_as_long_each_time_and_a_minute_at_most() {
    let (mut progress, mut now) = (Progress::default(), Instant::now());
    assert_eq!(progress.rests(now), None);
    let mut rests = Vec::new();
    for _ in 0..12 {
        progress.waits(ID, "x", FIRST, now);
        let rest = progress.rests(now).unwrap();
        assert!(progress.rests(now + rest / 2).is_some());
        assert_eq!(progress.rests(now + rest), None);
        rests.push(rest);
        now += rest;
    }
    assert_eq!(rests[..3], [FIRST, FIRST * 2, FIRST * 4]);
    assert_eq!(rests.last(), Some(&WAIT));
    progress.goes_on();
    assert_eq!(progress.rests(now), None);
    progress.waits(ID, "x", FIRST, now);
    assert_eq!(progress.rests(now), Some(FIRST), "it begins anew");
    // What rarely changes is not looked at every moment.
    let mut progress = Progress::default();
    progress.waits(ID, "x", WAIT, now);
    assert_eq!(progress.rests(now), Some(Duration::from_secs(60)));
}

#[test]
fn what_was_purged_adds_up_and_is_forgotten_by_no_second_search() {
    let streams = |ids: &[&str]| ids.iter().map(|id| ("ticket".into(), (*id).into())).collect();
    let mut swept = Swept::default();
    swept.found(streams(&["1", "2"]), 10);
    swept.purged("tickets", Some(PurgedView { through: 10, rows: 2 }));
    swept.purged("people", None);
    assert_eq!(swept.done, ["tickets", "people"].into());
    swept.found(streams(&["2", "3"]), 12);
    assert!(swept.done.is_empty(), "what came later is in no view purged");
    swept.purged("tickets", Some(PurgedView { through: 12, rows: 1 }));
    assert_eq!((swept.streams.len(), swept.left.len(), swept.searched), (3, 2, 12));
    assert_eq!(swept.views, [("tickets".into(), PurgedView { through: 12, rows: 3 })].into());
}
