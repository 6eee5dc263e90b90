//! One text a thing, bounded, and read as it is written.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::access::model::{
    ACTION_MAX, AccessSubject, ActionName, ActionPattern, DutyName, Entry, FieldName, FieldSet,
    PART_MAX, RelationName, RelationRule, SCOPE_DEPTH_MAX, SEGMENT_MAX, Scope, ScopePath, Weight,
};
use crate::kernel::{PersonId, UnitId};

/// It is read, written and stored as this text.
#[track_caller]
fn is_text<T>(text: &str)
where
    T: FromStr<Err: Debug> + Display + Serialize + DeserializeOwned + PartialEq + Debug,
{
    let value: T = text.parse().unwrap();
    assert_eq!(value.to_string(), text);
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
}

#[track_caller]
fn is_none<T: FromStr + DeserializeOwned>(text: &str) {
    assert!(text.parse::<T>().is_err(), "{text:?}");
    assert!(serde_json::from_value::<T>(text.into()).is_err(), "{text:?}");
}

#[test]
fn subjects() {
    let id = Uuid::from_u128(7);
    for kind in ["person", "service", "group"] {
        is_text::<AccessSubject>(&format!("{kind}:{id}"));
    }
    let wrong = ["", "person", "person:", "person:7", "unit:00000000-0000-0000-0000-000000000007"];
    wrong.into_iter().for_each(is_none::<AccessSubject>);
}

#[test]
fn scopes() {
    let longest = "s".repeat(SEGMENT_MAX);
    let deepest = vec!["s"; SCOPE_DEPTH_MAX].join("/");
    for text in ["all", "emea", "emea/sd", "a_1/b-2", &longest, &deepest] {
        is_text::<ScopePath>(text);
        is_text::<Scope>(text);
    }
    is_text::<Scope>("ci:00000000-0000-0000-0000-000000000007");
    assert_eq!("all".parse::<Scope>().unwrap(), Scope::Everywhere);
    let (too_long, too_deep) = (format!("{longest}s"), format!("{deepest}/s"));
    let wrong =
        ["", "/", "a/", "/a", "a//b", "A", "a b", "a/all", "all/a", "ci:7", &too_long, &too_deep];
    for text in wrong {
        is_none::<ScopePath>(text);
        is_none::<Scope>(text);
    }
}

#[test]
fn places_of_units() {
    let unit = |id| UnitId(Uuid::from_u128(id));
    let place = ScopePath::of_units(&[unit(1), unit(2)]).unwrap();
    assert_eq!(place.to_string(), format!("{}/{}", unit(1), unit(2)));
    is_text::<ScopePath>(&place.to_string());
    assert_eq!(ScopePath::of_units(&[]), Some(ScopePath::ROOT));
    assert!(ScopePath::of_units(&[unit(1); SCOPE_DEPTH_MAX]).is_some());
    assert_eq!(ScopePath::of_units(&[unit(1); SCOPE_DEPTH_MAX + 1]), None);
}

#[test]
fn actions_and_patterns() {
    let part = "p".repeat(PART_MAX);
    let longest = format!("{part}:{part}.{part}");
    assert_eq!(longest.len(), ACTION_MAX);
    for text in ["ticket.start_work", "erp:invoice.pay_2", &longest] {
        is_text::<ActionName>(text);
        is_text::<ActionPattern>(text);
    }
    for text in ["*", "ticket.*", "*.read", "erp:*", "erp:invoice.*", "erp:*.pay"] {
        is_text::<ActionPattern>(text);
        is_none::<ActionName>(text);
    }
    let too_long = format!("{part}p.read");
    for text in ["", ".", "ticket", "ticket.", ".read", "a.b.c", "A.b", "a b.c", ":a.b", &too_long]
    {
        is_none::<ActionName>(text);
        is_none::<ActionPattern>(text);
    }
    ["*.*", "**", "tick*.read", "*:ticket.read", ":*", "erp:"]
        .into_iter()
        .for_each(is_none::<ActionPattern>);
    is_none::<ActionName>("a:b:c.d");
}

#[test]
fn fields_and_duties() {
    ["status", "serialNumber", "custom.cost-centre_2"].into_iter().for_each(is_text::<FieldName>);
    let too_long = "f".repeat(101);
    ["", "a b", "ü", &too_long].into_iter().for_each(is_none::<FieldName>);
    is_text::<DutyName>("raise");
    ["", "Raise", "a.b"].into_iter().for_each(is_none::<DutyName>);
}

#[test]
fn an_entry_says_what_is_not_usual() {
    let plain = Entry::of(["ticket.read".parse().unwrap()]);
    assert_eq!(serde_json::to_string(&plain).unwrap(), r#"{"actions":["ticket.read"]}"#);
    let steering = Entry {
        when: RelationRule(vec![[RelationName::Member, RelationName::Own].into_iter().collect()]),
        standing: Weight::Steering,
        fields: FieldSet::Only(["status".parse().unwrap()].into()),
        ..plain
    };
    let json = serde_json::to_string(&steering).unwrap();
    assert_eq!(
        json,
        r#"{"actions":["ticket.read"],"when":[["OWN","MEMBER"]],"standing":"STEERING","fields":{"ONLY":["status"]}}"#
    );
    assert_eq!(serde_json::from_str::<Entry>(&json).unwrap(), steering);
    assert!(serde_json::from_str::<Entry>(r#"{"actions":[],"scope":"all"}"#).is_err());
}

#[test]
fn a_subject_that_is_no_person_has_none() {
    let person = PersonId(Uuid::from_u128(7));
    assert_eq!(AccessSubject::Person(person).person(), Some(person));
    let group: AccessSubject = "group:00000000-0000-0000-0000-000000000007".parse().unwrap();
    assert_eq!(group.person(), None);
}
