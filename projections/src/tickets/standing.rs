//! In which states the tickets of a filter can be, said once more in words an index knows.
//!
//! A filter's states are values, and a plan that is made before them cannot know that an index of
//! the open ones alone holds all that is wanted. What is added here follows from the filter, so it
//! changes no list; it is text, the same as in the indexes.

use std::collections::BTreeSet;

use domain::ticket::TicketState;
use sqlx::{Postgres, QueryBuilder};
use strum::IntoEnumIterator;

use super::apply::{open_rank, over_rank};
use super::filter::{Compare, Operand, TicketField, TicketFilter};

/// The states that a filter lets pass, or more.
fn states(filter: &TicketFilter) -> BTreeSet<TicketState> {
    match filter {
        TicketFilter::And(parts) => parts.iter().fold(every(), |left, part| &left & &states(part)),
        TicketFilter::Or(parts) => {
            parts.iter().fold(BTreeSet::new(), |found, part| &found | &states(part))
        }
        TicketFilter::Is(TicketField::State, compare) => compared(compare),
        TicketFilter::Not(_) | TicketFilter::Is(..) => every(),
    }
}

fn compared(compare: &Compare) -> BTreeSet<TicketState> {
    let one = std::slice::from_ref::<Operand>;
    match compare {
        Compare::Eq(word) => named(one(word)),
        Compare::In(words) => named(words),
        Compare::Ne(word) => &every() - &named(one(word)),
        Compare::NotIn(words) => &every() - &named(words),
        Compare::Gt(_)
        | Compare::Gte(_)
        | Compare::Lt(_)
        | Compare::Lte(_)
        | Compare::IsNull(_) => every(),
    }
}

fn every() -> BTreeSet<TicketState> {
    TicketState::iter().collect()
}

fn named(words: &[Operand]) -> BTreeSet<TicketState> {
    let known = |word: &Operand| match word {
        Operand::Text(word) => word.parse().ok(),
        _ => None,
    };
    words.iter().filter_map(known).collect()
}

/// Whether it compares with states alone.
fn is_of_words(compare: &Compare) -> bool {
    let is_word =
        |word: &Operand| matches!(word, Operand::Text(word) if word.parse::<TicketState>().is_ok());
    match compare {
        Compare::Eq(word) | Compare::Ne(word) => is_word(word),
        Compare::In(words) | Compare::NotIn(words) => words.iter().all(is_word),
        Compare::Gt(_)
        | Compare::Gte(_)
        | Compare::Lt(_)
        | Compare::Lte(_)
        | Compare::IsNull(_) => false,
    }
}

/// Adds what follows from the filter.
pub(super) fn push(sql: &mut QueryBuilder<'static, Postgres>, filter: Option<&TicketFilter>) {
    match open(filter) {
        Some(0) => sql.push(" and t.open_rank = 0"),
        Some(_) => sql.push(" and t.open_rank = 1"),
        None => sql,
    };
    push_over(sql, filter);
}

/// Whether this part of the filter says no more than what is added. Said twice, it would seem to the
/// planner to leave next to nothing.
pub(super) fn says(filter: &TicketFilter, part: &TicketFilter) -> bool {
    let TicketFilter::Is(TicketField::State, compare) = part else { return false };
    if !is_of_words(compare) {
        // Said by itself, it is refused or lets nothing pass.
        return false;
    }
    let left = compared(compare);
    let is_all = |rank: fn(TicketState) -> i16, at: i16| {
        left == TicketState::iter().filter(|state| rank(*state) == at).collect()
    };
    // Where no state is left, nothing is added.
    !states(filter).is_empty()
        && [0, 1].into_iter().any(|at| is_all(open_rank, at) || is_all(over_rank, at))
}

/// Adds only whether they are over.
pub(super) fn push_over(sql: &mut QueryBuilder<'static, Postgres>, filter: Option<&TicketFilter>) {
    match common(filter, over_rank) {
        Some(0) => sql.push(" and t.over_rank = 0"),
        Some(_) => sql.push(" and t.over_rank = 1"),
        None => sql,
    };
}

/// The open rank that all of the filter's tickets have; none: they differ.
pub(super) fn open(filter: Option<&TicketFilter>) -> Option<i16> {
    common(filter, open_rank)
}

/// Whether all of the filter's tickets are live: none is closed or cancelled.
pub(super) fn is_live(filter: &TicketFilter) -> bool {
    common(Some(filter), over_rank) == Some(0)
}

fn common(filter: Option<&TicketFilter>, rank: fn(TicketState) -> i16) -> Option<i16> {
    let ranks: BTreeSet<i16> = states(filter?).into_iter().map(rank).collect();
    if ranks.len() == 1 { ranks.first().copied() } else { None }
}
