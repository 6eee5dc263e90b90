//! Facts to rows, the list of what is to be checked, and figures.

use chrono::{Datelike, TimeDelta};
use uuid::Uuid;

use super::{
    By, CheckFigures, Satisfaction, Within, by_ids, checks, due_count, due_page, satisfaction,
};
use crate::testing::desk::DOUBLE;
use crate::testing::{AGENT, CLIENT, TICKET, UNIT, World, at};
use domain::kernel::{PersonId, UnitId};

#[tokio::test]
async fn a_row_says_what_was_asked_and_what_stands() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[TICKET]).await.unwrap();
    let row = &found[0];
    assert_eq!((row.rating, row.rating_comment.as_deref()), (Some(4), Some("It does work")));
    assert_eq!((row.rater_id, row.survey_person_id), (Some(CLIENT), Some(AGENT)));
    assert_eq!(row.survey_open_until, Some(at(700) + TimeDelta::days(14)));
    assert!(row.survey_sent_at < row.rated_at && row.check_drawn_at < row.checked_at);
    assert_eq!((row.check_score, row.checklist_version), (Some(75), Some(1)));
    assert_eq!((row.check_note.as_deref(), row.checker_id), (Some("Terse"), Some(AGENT)));
    let scores: Vec<u8> = row.check_answers.iter().map(|answer| answer.score).collect();
    assert_eq!((scores, row.version), (vec![100, 0], 5));
}

#[tokio::test]
async fn what_is_drawn_and_not_checked_is_due_for_its_unit() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let due = due_page(pool, None, 10, None).await.unwrap();
    assert_eq!(due.iter().map(|row| row.ticket_id).collect::<Vec<_>>(), [DOUBLE]);
    assert_eq!(due_page(pool, Some(&[UNIT]), 10, None).await.unwrap(), due);
    assert!(due_page(pool, None, 10, Some(DOUBLE)).await.unwrap().is_empty());
    let elsewhere = [UnitId(Uuid::from_u128(1))];
    assert!(due_page(pool, Some(&elsewhere), 10, None).await.unwrap().is_empty());
    let counts =
        [due_count(pool, None).await.unwrap(), due_count(pool, Some(&elsewhere)).await.unwrap()];
    assert_eq!(counts, [1, 0]);
}

#[tokio::test]
async fn figures_count_what_stands_for_whose_work_it_was_in_the_period() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let rated_at = by_ids(pool, &[TICKET]).await.unwrap()[0].rated_at.unwrap();
    let ever = Within { from: at(0), until: at(10_000), units: None, person: None };
    for (by, of) in [(By::All, None), (By::Unit, Some(UNIT.0)), (By::Person, Some(AGENT.0))] {
        let month = None;
        let expected = Satisfaction { of, month, asked: 1, ratings: 1, points: 4, satisfied: 1 };
        assert_eq!(satisfaction(pool, by, ever).await.unwrap(), [expected]);
        let found = checks(pool, by, ever).await.unwrap();
        assert_eq!(found, [CheckFigures { of, month, checks: 1, points: 75 }]);
        assert_eq!(found[0].average(), Some(75.0));
    }
    let since = Within { from: rated_at, ..ever };
    let later = satisfaction(pool, By::All, since).await.unwrap();
    assert_eq!((later[0].asked, later[0].ratings), (0, 1));
    assert_eq!((later[0].average(), later[0].satisfied_percent()), (Some(4.0), Some(100.0)));
    let before = Within { until: rated_at, ..ever };
    let before = satisfaction(pool, By::All, before).await.unwrap();
    assert_eq!((before[0].asked, before[0].average()), (1, None));
    let month = satisfaction(pool, By::Month, ever).await.unwrap()[0].month.unwrap();
    assert_eq!(month, rated_at.date_naive().with_day(1).unwrap());
    let hers = Within { person: Some(AGENT), ..ever };
    assert_eq!(satisfaction(pool, By::All, hers).await.unwrap().len(), 1);
    let nobodys = Within { person: Some(PersonId(Uuid::from_u128(1))), ..ever };
    assert!(satisfaction(pool, By::All, nobodys).await.unwrap().is_empty());
    assert!(checks(pool, By::All, nobodys).await.unwrap().is_empty());
    let elsewhere = [UnitId(Uuid::from_u128(1))];
    let elsewhere = Within { units: Some(&elsewhere), ..ever };
    assert!(satisfaction(pool, By::Unit, elsewhere).await.unwrap().is_empty());
    assert!(checks(pool, By::Unit, elsewhere).await.unwrap().is_empty());
}
