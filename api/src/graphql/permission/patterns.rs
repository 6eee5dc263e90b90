//! Words that are read one by one: patterns of actions, names of fields.

use std::fmt::Display;
use std::str::FromStr;

use domain::access::model::{ActionPattern, FieldName};

use crate::graphql::input::one_way;
use crate::graphql::refusal::UserError;

/// What is wrong with a part of an input, said with where it stands: `entries[0].actions[1]`.
pub(in crate::graphql) fn unfit(place: &str, fault: impl Display) -> UserError {
    one_way(field_of(place), &format!("{place} {fault}")).with("place", place.into())
}

/// What was read, or what is wrong with it and where it stands.
pub(in crate::graphql) fn placed<T>(
    read: Result<T, UserError>,
    place: &str,
) -> Result<T, UserError> {
    read.map_err(|error| error.at(field_of(place)).with("place", place.into()))
}

/// One word.
pub(in crate::graphql) fn parsed<T: FromStr<Err: Display>>(
    place: &str,
    text: &str,
) -> Result<T, UserError> {
    text.parse().map_err(|fault| unfit(place, fault))
}

/// Actions and patterns of them.
pub(in crate::graphql) fn patterns(
    place: &str,
    texts: &[String],
) -> Result<Vec<ActionPattern>, UserError> {
    each(place, texts)
}

/// Names of fields.
pub(in crate::graphql) fn field_names<C: FromIterator<FieldName>>(
    place: &str,
    texts: &[String],
) -> Result<C, UserError> {
    each(place, texts)
}

fn each<T: FromStr<Err: Display>, C: FromIterator<T>>(
    place: &str,
    texts: &[String],
) -> Result<C, UserError> {
    let each = texts.iter().enumerate();
    each.map(|(index, text)| parsed(&format!("{place}[{index}]"), text)).collect()
}

/// The field of the input that a place lies in.
fn field_of(place: &str) -> &str {
    place.split(['[', '.']).next().unwrap_or(place)
}
