//! The document: one text, always the same, in which nothing can be changed.

use super::super::{CONTROLS, ComplianceError, Positions, Report, report};
use super::{always, draw, made, made_of, recorded};
use crate::session;
use crate::testing::{World, registered};
use domain::compliance_report::{Draw, Question};
use domain::kernel::PersonId;
use domain::person::Role;
use sqlx::Connection;
use uuid::Uuid;

#[test]
fn positions_are_written_as_ranges_and_read_back() {
    let positions: Positions = [8, 3, 1, 2, 8, 10].into_iter().collect();
    assert_eq!(positions.to_string(), "1-3,8,10");
    assert_eq!(positions.iter().collect::<Vec<_>>(), [1, 2, 3, 8, 10]);
    assert_eq!(positions.count(), 5);
    assert_eq!(positions.behind(0, 2), [1, 2]);
    assert_eq!(positions.behind(2, 9), [3, 8, 10]);
    assert_eq!(positions.behind(10, 9), [0; 0]);
    assert_eq!("1-3,8,10".parse::<Positions>(), Ok(positions));
    assert_eq!("".parse::<Positions>(), Ok(Positions::default()));
    for text in ["0", "2-1", "1,1", "3,2", "1-", "x", "1,,2", "9223372036854775807"] {
        assert!(text.parse::<Positions>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn the_same_question_has_the_same_answer_for_good() {
    let world = World::with_desk().await;
    let at = world.settled().await;
    let first = made(&world, always(), at).await;
    assert_eq!(made(&world, always(), at).await.text(), first.text());
    let late = registered(PersonId(Uuid::from_u128(0xabc)), "late", Role::Agent, None);
    world.say(&[late]).await;
    let head = world.settled().await;
    assert_eq!(made(&world, always(), at).await.digest(), first.digest(), "whatever came later");
    assert_ne!(made(&world, always(), head).await.digest(), first.digest());
}

#[tokio::test]
async fn t33_no_byte_of_a_report_can_be_changed() {
    let world = World::with_desk().await;
    let at = world.settled().await;
    let report = made(&world, always(), at).await;
    let text = report.text();
    assert_eq!(Report::parse(text.as_bytes()).as_ref(), Ok(&report));
    let digest = report.digest();
    for place in (0..text.len()).step_by(text.len() / 500) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 1;
        match Report::parse(&bytes) {
            // Another report, and the log does not know it.
            Ok(other) => assert_ne!(other.digest(), digest),
            Err(_) => continue,
        }
    }
    for spelling in [format!(" {text}"), text.trim_end().to_owned(), text.replace("\":", "\": ")] {
        assert!(Report::parse(spelling.as_bytes()).is_err(), "one spelling only");
    }
}

#[tokio::test]
async fn sections_that_rest_on_nothing_are_absent_and_controls_name_none_of_them() {
    let world = World::with_desk().await;
    let at = world.settled().await;
    let (from, to) = always();
    let question = Question { from, to, at, signed: at, sample: Some(draw("x")) };
    for (sample, expected) in [
        (None, vec![1, 2, 3, 4, 6, 7, 8, 11, 12, 14]),
        (Some(draw("x")), vec![1, 2, 3, 4, 6, 7, 8, 11, 12, 13, 14]),
    ] {
        let report = made_of(&world, Question { sample, ..question.clone() }).await;
        let numbers: Vec<u8> = report.sections.iter().map(|it| it.number).collect();
        assert_eq!(numbers, expected, "in this order");
        assert_eq!(report.controls.len(), CONTROLS.len());
        assert!(report.controls.values().all(|sections| {
            !sections.is_empty() && sections.iter().all(|number| report.section(*number).is_some())
        }));
        for section in &report.sections {
            let figures: Vec<u8> = section.figures.iter().map(|figure| figure.number).collect();
            assert_eq!(figures, (1..=figures.len() as u8).collect::<Vec<_>>());
            assert!(section.figures.iter().all(|it| it.events.iter().all(|event| event <= at)));
        }
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let world = World::with_story().await;
    let at = world.settled().await;
    let (from, to) = (recorded(&world, 1).await, recorded(&world, at).await);
    let good = Question { from, to, at, signed: at, sample: None };
    let mut conn = session::open(&world.options, "read").await.unwrap();
    for bad in [
        Question { to: from, ..good.clone() },
        Question { at: 0, ..good.clone() },
        Question { sample: Some(Draw { size: 1, ..draw("x") }), ..good.clone() },
    ] {
        let refused = report(&mut conn, world.journal.upcasters(), &bad).await;
        assert!(matches!(refused, Err(ComplianceError::Unfit(_))), "{bad:?}");
    }
    let beyond = Question { at: at + 1, ..good };
    let refused = report(&mut conn, world.journal.upcasters(), &beyond).await;
    assert!(matches!(refused, Err(ComplianceError::TooShort)));
    conn.close().await.unwrap();
}

#[tokio::test]
async fn an_event_that_is_gone_is_an_error_and_no_smaller_number() {
    let world = World::with_desk().await;
    let at = world.settled().await;
    world
        .tamper(
            "alter table journal.events disable trigger all;
             delete from journal.events where event_type = 'subject_access.granted'",
        )
        .await;
    let mut conn = session::open(&world.options, "read").await.unwrap();
    let (from, to) = always();
    let question = Question { from, to, at, signed: at, sample: None };
    assert!(report(&mut conn, world.journal.upcasters(), &question).await.is_err());
    conn.close().await.unwrap();
}
