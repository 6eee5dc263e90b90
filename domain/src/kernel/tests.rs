//! The stored forms of what every event shares: people's data, metadata, names of actors.

use chrono::{DateTime, TimeZone, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::testing::world::{ANNA, noon};
use super::text::{TextFault, line, required};
use super::{Actor, DataSubject, Meta, Personal, ServiceAccountId, Source};

fn reread(personal: &Personal<String>) -> (Value, Personal<String>) {
    let stored = serde_json::to_value(personal).unwrap();
    (stored.clone(), serde_json::from_value(stored).unwrap())
}

#[test]
fn personal_data_have_three_forms_and_each_is_read_back() {
    let clear = Personal::of(DataSubject::Person(ANNA), "Anna".to_owned());
    let (stored, again) = reread(&clear);
    assert_eq!(
        stored,
        json!({"$personal": {"subject": format!("person:{ANNA}"), "value": "Anna"}})
    );
    assert_eq!(again, clear);
    assert_eq!(again.into_value().as_deref(), Some("Anna"));
    let sealed = Personal::Sealed("envelope".to_owned());
    assert_eq!(reread(&sealed), (json!({"$sealed": "envelope"}), sealed.clone()));
    assert_eq!(reread(&Personal::Erased), (json!({"$erased": true}), Personal::Erased));
    assert_eq!(
        (sealed.value(), Personal::<String>::Erased.value(), sealed.clone().into_value()),
        (None, None, None)
    );
}

#[test]
fn what_is_no_personal_form_is_refused() {
    for wrong in [
        json!("Anna"),
        json!({}),
        json!({"$other": 1}),
        json!({"$sealed": 1}),
        json!({"$personal": {"subject": "anna", "value": "Anna"}}),
        json!({"$personal": {"subject": "deployment", "value": 7}}),
        json!({"$sealed": "envelope", "$erased": true}),
    ] {
        assert!(serde_json::from_value::<Personal<String>>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn actors_and_data_subjects_are_read_back_from_their_names() {
    let service = Actor::Service(ServiceAccountId(ANNA.0));
    for actor in [Actor::Person(ANNA), service, Actor::Import, Actor::System] {
        assert_eq!(actor.to_string().parse(), Ok(actor));
    }
    for subject in [DataSubject::Person(ANNA), DataSubject::Deployment] {
        assert_eq!(subject.to_string().parse(), Ok(subject));
    }
    for wrong in ["", "person:", "person:anna", "service:", "Import", "deployment "] {
        assert!(wrong.parse::<Actor>().is_err() && wrong.parse::<DataSubject>().is_err());
    }
}

#[test]
fn metadata_are_read_back_with_their_microseconds() {
    let meta = Meta {
        command_id: Uuid::from_u128(1),
        correlation_id: Uuid::from_u128(2),
        causation_id: Some(Uuid::from_u128(3)),
        actor: Actor::Import,
        on_behalf_of: Some(ANNA),
        source: Source::Import,
        occurred_at: Utc.timestamp_opt(1_456_708_560, 123_456_000).unwrap(),
        reason: None,
        trace_id: Some("0af7651916cd43dd8448eb211c80319c".to_owned()),
    };
    let map = meta.to_map();
    assert_eq!(map["occurred_at"], "2016-02-29T01:16:00.123456Z");
    assert_eq!(map["on_behalf_of"], ANNA.to_string());
    let never = DateTime::UNIX_EPOCH;
    assert_eq!(Meta::from_map(&map, never, None), Ok(meta.clone()));
    let reason = Personal::of(DataSubject::Deployment, "so it is".to_owned());
    assert_eq!(Meta::from_map(&map, never, Some(reason.clone())).unwrap().reason, Some(reason));
    let mut unreadable = map.clone();
    unreadable.insert("actor".to_owned(), "anna".to_owned());
    assert!(Meta::from_map(&unreadable, never, None).is_err());
}

#[test]
fn an_event_that_says_nothing_of_its_making_happened_when_it_was_recorded() {
    let unsaid = Meta::from_map(&[].into(), noon(), None);
    assert_eq!(unsaid, Ok(Meta::unsaid(noon())));
}

#[test]
fn texts_are_trimmed_and_bounded_by_characters() {
    assert_eq!(required(" a\nb\t", 3), Ok("a\nb".to_owned()));
    assert_eq!(required("äöü", 3), Ok("äöü".to_owned()));
    assert_eq!(required("äöüx", 3), Err(TextFault::TooLong(3)));
    assert_eq!(required("\u{a0}\n", 3), Err(TextFault::Empty));
    assert_eq!(required("a\u{1b}", 3), Err(TextFault::Control));
    assert_eq!(line(" ab ", 3), Ok("ab".to_owned()));
    assert_eq!(line("a\nb", 3), Err(TextFault::Control));
}

#[test]
fn what_nobody_sees_is_no_text() {
    for unseen in ["", " ", "\u{200b}", " \u{200d}\u{feff} ", "\u{ad}\n\u{2060}"] {
        assert_eq!(required(unseen, 5), Err(TextFault::Empty), "{unseen:?}");
    }
    let family = "👩\u{200d}👧";
    assert_eq!(required(family, 5), Ok(family.to_owned()));
}

#[test]
fn no_text_turns_what_is_beside_it_around() {
    for (text, anywhere, in_a_line) in [
        ("a\u{202e}b", false, false),
        ("a\u{202d}b", false, false),
        ("a\u{202a}b\u{202c}", true, false),
        ("a\u{2067}b\u{2069}", true, false),
        ("a\u{2029}b", true, false),
        ("שלום\u{200f}!", true, true),
    ] {
        assert_eq!(required(text, 20).is_ok(), anywhere, "{text:?}");
        assert_eq!(line(text, 20).is_ok(), in_a_line, "{text:?}");
    }
}
