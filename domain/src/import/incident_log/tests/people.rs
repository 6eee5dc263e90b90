//! Whom a row refers to.

use super::desk::row;
use crate::import::incident_log::Cast;
use crate::person::Role;

#[test]
fn everybody_has_a_login_without_white_space_and_the_role_of_their_column() {
    let mut row = row("New", 0);
    row.updated_by = Some("Updated by 21".to_owned());
    let cast = Cast::of(&row);
    let seen: Vec<_> = cast
        .everyone()
        .into_iter()
        .map(|person| (person.key.as_str(), person.login.as_str(), person.role))
        .collect();
    assert_eq!(
        seen,
        [
            ("Caller 1", "caller-1", Role::Client),
            ("Opened by 1", "opened-by-1", Role::Agent),
            ("Resolver 1", "resolver-1", Role::Agent),
            ("Updated by 21", "updated-by-21", Role::Agent),
        ]
    );
    assert_eq!(cast.doer.key, "Updated by 21");
    assert_eq!(
        cast.membership().map(|(who, unit)| (who.key.as_str(), unit)),
        Some(("Resolver 1", "Group 1"))
    );
    assert_eq!(cast.subject.as_deref(), Some("Category 5 / Subcategory 7"));
    assert_eq!(cast.title, "Category 5 / Subcategory 7: Symptom 9");
}

#[test]
fn unknown_people_are_stood_in_for() {
    let mut row = row("New", 0);
    (row.updated_by, row.created_by) = (None, Some("Created by 3".to_owned()));
    (row.opened_by, row.caller, row.assigned_to) = (None, None, None);
    let cast = Cast::of(&row);
    for person in [&cast.doer, &cast.author, &cast.requester] {
        assert_eq!(person.login, "created-by-3");
    }
    assert_eq!(cast.everyone().len(), 1);
    row.created_by = None;
    assert_eq!(Cast::of(&row).doer.login, "unknown-agent");
}

#[test]
fn what_is_unknown_is_left_out_of_subject_and_title() {
    let mut row = row("New", 0);
    row.subcategory = None;
    assert_eq!(Cast::of(&row).subject.as_deref(), Some("Category 5"));
    row.category = None;
    assert_eq!(Cast::of(&row).subject, None);
    assert_eq!(Cast::of(&row).title, "Symptom 9");
    row.symptom = None;
    assert_eq!(Cast::of(&row).title, "Incident INC1");
}

#[test]
fn names_that_look_alike_do_not_share_a_login() {
    let mut logins: Vec<String> =
        ["Resolver 1", "resolver 1", "Resolver-1", "Résolver 1", "Caller 1", "?!"]
            .into_iter()
            .map(|name| {
                let mut row = row("New", 0);
                row.assigned_to = Some(name.to_owned());
                Cast::of(&row).assignee.unwrap().login
            })
            .collect();
    let mut row = row("New", 0);
    row.caller = Some("Resolver 1".to_owned());
    logins.push(Cast::of(&row).requester.login);
    assert_eq!(logins[0], "resolver-1");
    assert!(logins.iter().all(|login| login.len() <= 100 && !login.contains(char::is_whitespace)));
    logins.push("caller-1".to_owned());
    logins.sort();
    let all = logins.len();
    logins.dedup();
    assert_eq!(logins.len(), all);
}
