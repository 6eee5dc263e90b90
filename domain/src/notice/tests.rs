//! Every notice can be told, in every language, in its own words.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;

use super::{NoticeKind, sentence};
use crate::settings::Language;

#[test]
fn every_kind_is_told_differently_in_every_language_and_names_it() {
    let mut told = BTreeSet::new();
    for (kind, language) in
        NoticeKind::iter().flat_map(|kind| Language::iter().map(move |language| (kind, language)))
    {
        let sentence = sentence(kind, language, "INC-7", Some("Anna"));
        assert_eq!(sentence.matches("INC-7").count(), 1, "{sentence}");
        assert!(sentence.ends_with(" (Anna).") && !sentence.contains('{'), "{sentence}");
        assert!(told.insert(sentence), "{kind} in {language} sounds like another");
    }
}

#[test]
fn what_nobody_did_names_nobody() {
    let closed = |actor| sentence(NoticeKind::TicketClosed, Language::En, "INC-7", actor);
    assert_eq!(closed(None), "INC-7 was closed.");
    assert_eq!(closed(Some("Anna Schmidt")), "INC-7 was closed (Anna Schmidt).");
}

#[test]
fn what_it_is_and_who_did_it_are_never_read_as_a_pattern() {
    let told = sentence(NoticeKind::TicketResolved, Language::En, "{it}", Some("{it}"));
    assert_eq!(told, "{it} was resolved ({it}).");
}
