//! JSON of a shape: what is wrong with it in words for a person, with its place.

use domain::import::exact::{self, Inexact};
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// What an object says.
///
/// # Errors
/// A sentence with the place: it is no JSON, no object, says something twice, or has another shape.
pub(super) fn object<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let whole = exact::value(text.as_bytes()).map_err(|fault| match fault {
        Inexact::NotJson(text) => sentence(&text),
        Inexact::Twice(path) => format!("{}: it stands twice", place(&path)),
    })?;
    if !whole.is_object() {
        return Err("it is no JSON object".to_owned());
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    placed(serde_path_to_error::deserialize(&mut reader))
}

/// What a part of one says.
///
/// # Errors
/// A sentence with the place: it has another shape.
pub(super) fn part<T: DeserializeOwned>(value: Value) -> Result<T, String> {
    placed(serde_path_to_error::deserialize(value))
}

fn placed<T>(read: Result<T, serde_path_to_error::Error<Error>>) -> Result<T, String> {
    read.map_err(|fault| match fault.path().to_string() {
        path if path == "." => sentence(&fault.inner().to_string()),
        path => format!("{path}: {}", sentence(&fault.inner().to_string())),
    })
}

/// `clocks[0].thresholds`: keys, and numbers in lists.
fn place(path: &[String]) -> String {
    let mut place = String::new();
    for part in path {
        match part.parse::<usize>() {
            Ok(number) => place += &format!("[{number}]"),
            Err(_) if place.is_empty() => place += part,
            Err(_) => place += &format!(".{part}"),
        }
    }
    place
}

/// What the library says, without the words of the language it is written in.
fn sentence(fault: &str) -> String {
    let (text, place) = match fault.rsplit_once(" at line ") {
        Some((text, place)) => (text, format!(" at line {place}")),
        None => (fault, String::new()),
    };
    let unfit = text.strip_prefix("invalid type: ").or(text.strip_prefix("invalid value: "));
    let several = text.strip_prefix("invalid length ");
    let said = match (unfit, several, text.strip_prefix("unknown variant ")) {
        (Some(unfit), _, _) => unfit.rsplit_once(", expected ").map(|(found, wanted)| {
            format!("{} stands where {} is expected", self::found(found), self::wanted(wanted))
        }),
        (_, Some(several), _) => several.split_once(", expected ").map(|(count, wanted)| {
            format!("a list of {count} stands where {} is expected", self::wanted(wanted))
        }),
        (_, _, Some(unknown)) => unknown
            .split_once(", expected ")
            .map(|(found, known)| format!("{found} is not known: expected {known}")),
        _ if text.starts_with("EOF") => Some("the text ends too early".to_owned()),
        _ => None,
    };
    said.unwrap_or_else(|| text.to_owned()) + &place
}

/// What stands there.
fn found(words: &str) -> String {
    match words.split_once(' ') {
        None if words == "sequence" => "a list".to_owned(),
        None if words == "map" => "an object".to_owned(),
        Some(("unit", "variant")) => "a word alone".to_owned(),
        Some(("integer" | "boolean", value)) => value.to_owned(),
        Some(("floating", value)) => value.strip_prefix("point ").unwrap_or(value).to_owned(),
        Some(("string", value)) => format!("the text {value}"),
        _ => words.to_owned(),
    }
}

/// What should.
fn wanted(words: &str) -> &str {
    match words {
        "a sequence" => "a list",
        "a map" => "an object",
        "i64" | "u64" | "i32" | "u32" | "usize" => "a whole number",
        "string or map" | "variant identifier" => "a word",
        "newtype variant" => "an object with one key",
        "a formatted date string" => "a date such as 2026-12-24",
        _ if words.starts_with("struct ") => "an object",
        _ if words.starts_with("enum ") => "a word",
        _ => words,
    }
}
