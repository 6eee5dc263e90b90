//! `docs/reference/events.md`: every event kind with its fields and an example as it is stored.
//!
//! Fields and their meaning come from the doc comments of `domain/src/*/event.rs`, which rustfmt
//! keeps in one form; examples come from the golden corpus in `domain/tests/golden/`.

use std::fmt::Write as _;

use crate::tidy::golden;
use crate::tidy::source::{Source, files};

const HEAD: &str = "# Events

Every kind of event that can stand in the journal, printed from `domain/src/*/event.rs` and the golden corpus
by a test (`UPDATE_GOLDEN=1 cargo test -p testbed tidy`). Names and shapes are frozen: a kind is added, never
renamed; a changed shape is a new version with an upcaster. *Sealed* fields are stored as
`{\"$sealed\": …}` and read as erased once their subject's key is destroyed.

Besides its payload each event carries the metadata `command_id`, `correlation_id`, `causation_id`, `actor`,
`on_behalf_of`, `source`, `occurred_at`, `reason` (sealed) and `trace_id`.
";

struct Field {
    name: String,
    shape: String,
    meaning: String,
}

struct Kind {
    wire_name: String,
    meaning: String,
    fields: Vec<Field>,
}

#[test]
fn the_events_page_is_what_the_code_says() {
    let corpus = corpus();
    let mut page = String::from(HEAD);
    for file in files(&["rs"]).iter().filter(|file| is_event_file(&file.path)) {
        let (aggregate, version, kinds) = kinds(&file.text);
        write!(page, "\n## {aggregate}\n").unwrap();
        for kind in kinds {
            write!(page, "\n### `{}` · version {version}\n\n{}\n", kind.wire_name, kind.meaning)
                .unwrap();
            if !kind.fields.is_empty() {
                page.push_str("\n| Field | Shape | Meaning |\n|---|---|---|\n");
            }
            for field in kind.fields {
                writeln!(page, "| `{}` | {} | {} |", field.name, field.shape, field.meaning)
                    .unwrap();
            }
            if let Some(example) = corpus.iter().find(|file| is_of(file, &kind.wire_name)) {
                write!(page, "\n```json\n{}\n```\n", example.text.trim_end()).unwrap();
            }
        }
    }
    golden::compare("docs/reference/events.md", &page);
}

#[test]
fn every_event_kind_has_an_example_in_the_corpus() {
    let corpus = corpus();
    let sources = files(&["rs"]);
    let missing: Vec<String> = sources
        .iter()
        .filter(|file| is_event_file(&file.path))
        .flat_map(|file| kinds(&file.text).2)
        .filter(|kind| !corpus.iter().any(|file| is_of(file, &kind.wire_name)))
        .map(|kind| kind.wire_name)
        .collect();
    crate::tidy::none_of(&missing, "what was written once must decode for ever; add a golden:");
}

fn corpus() -> Vec<Source> {
    let mut files = files(&["json"]);
    files.retain(|file| file.path.starts_with("domain/tests/golden/"));
    files
}

/// A golden's path is its wire name and version: `ticket.opened.1.json`, `ticket/opened.v1.json`.
fn is_of(file: &Source, wire_name: &str) -> bool {
    let name = file.path.trim_start_matches("domain/tests/golden/").replace('/', ".");
    let rest = name.strip_prefix(wire_name).unwrap_or_default();
    rest.starts_with(['.', '-', '@']) || rest.starts_with("_v")
}

/// Those of aggregates; an import's events are a file's, and are not stored.
fn is_event_file(path: &str) -> bool {
    let ours = path.strip_prefix("domain/src/").filter(|path| !path.starts_with("import/"));
    ours.is_some_and(|path| path.ends_with("/event.rs"))
}

/// The aggregate's name, its events' version, and its kinds in the order of the enum.
fn kinds(text: &str) -> (String, String, Vec<Kind>) {
    let prefix = between(text, "prefix = \"", "\"").expect("strum prefix of the event enum");
    let version = text.split("fn event_version").nth(1).and_then(|rest| between(rest, "\"", "\""));
    let body = between(text, "Event {\n", "\n}").expect("the event enum");
    let kinds = body
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_uppercase))
        .filter_map(|line| Some((line.split(['(', ',', ' ']).next()?, line)))
        .map(|(variant, line)| {
            let (meaning, fields) = structure(text, held(variant, line));
            Kind { wire_name: format!("{prefix}{}", snake(variant)), meaning, fields }
        })
        .collect();
    let aggregate = prefix.trim_end_matches('.').to_owned();
    (aggregate, version.expect("the events' version").to_owned(), kinds)
}

/// The struct that a variant holds, of which several may hold one; boxed or not.
fn held<'l>(variant: &'l str, line: &'l str) -> &'l str {
    let inner = between(line, "(", ")").unwrap_or(variant);
    inner.trim_start_matches("Box<").trim_end_matches('>')
}

/// The doc comment and the fields of the struct of this name.
fn structure(text: &str, name: &str) -> (String, Vec<Field>) {
    let head = format!("pub struct {name} {{");
    // What items and their classes have in common stands in one place for both; so does what is
    // said of rights.
    let is_common = |path: &str| {
        path == "domain/src/cmdb/class.rs" || path.starts_with("domain/src/access/model/")
    };
    let has_it = |it: &Source| is_common(&it.path) && it.text.contains(&head);
    let shared = || files(&["rs"]).into_iter().find(has_it);
    let shared = if text.contains(&head) { None } else { shared() };
    let text = shared.as_ref().map_or(text, |file| file.text.as_str());
    let at = text.find(&head).unwrap_or_else(|| panic!("no struct {name} beside its event"));
    let docs: Vec<&str> = text[..at]
        .lines()
        .rev()
        .take_while(|line| line.starts_with("///") || line.starts_with("#["))
        .filter_map(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    let meaning = docs.into_iter().rev().collect::<Vec<_>>().join(" ");
    let body = &text[at + head.len()..];
    let body = body.split("\n}").next().unwrap_or_default();
    let body = if body.starts_with('}') { "" } else { body };
    let (mut fields, mut docs) = (Vec::new(), Vec::new());
    for line in body.lines().map(str::trim) {
        if let Some(doc) = line.strip_prefix("///") {
            docs.push(doc.trim());
        } else if let Some((name, shape)) =
            line.strip_prefix("pub ").and_then(|rest| rest.trim_end_matches(',').split_once(": "))
        {
            let meaning = std::mem::take(&mut docs).join(" ");
            fields.push(Field { name: name.to_owned(), shape: plain_shape(shape), meaning });
        }
    }
    (meaning, fields)
}

/// A Rust type as a reader of JSON would say it.
fn plain_shape(rust: &str) -> String {
    let inside = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}, may be absent", plain_shape(inner));
    }
    if let Some(inner) = inside("Personal<") {
        return format!("{}, sealed", plain_shape(inner));
    }
    if let Some(inner) = inside("BTreeSet<").or_else(|| inside("Vec<")) {
        return format!("list of {}", plain_shape(inner));
    }
    match rust {
        "String" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "DateTime<Utc>" => "time, UTC".to_owned(),
        "u8" | "u16" | "u32" | "u64" => "whole number".to_owned(),
        id if id.ends_with("Id") => format!("{} (UUID)", id.trim_end_matches("Id").to_lowercase()),
        other => format!("`{other}`"),
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split(end).next()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
