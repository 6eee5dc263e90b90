//! The report as a page for those who print: what stands in the document and nothing else, in one file
//! that asks for no other.

use std::collections::BTreeSet;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::document::{Figure, Positions, Report, Section, Value};
use super::sections::instant;

/// Longer lists of positions are cut on paper; the document has them whole.
const SHOWN: usize = 400;

/// The page.
pub fn page(report: &Report) -> String {
    let title = format!("Compliance report of {}", report.origin);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(include_str!("page.css"))) }
            }
            body {
                h1 { (title) }
                (asked(report))
                (controls(report))
                @for section in &report.sections { (shown(section)) }
            }
        }
    }
    .into_string()
}

/// What was asked, and what the log keeps of the answer.
fn asked(report: &Report) -> Markup {
    let question = &report.question;
    html! {
        dl {
            dt { "Period" }
            dd { (instant(question.from)) " to before " (instant(question.to)) }
            dt { "As of position" }
            dd { (question.at) }
            dt { "Signed through" }
            dd { (question.signed) }
            @if let Some(draw) = &question.sample {
                dt { "Sample" }
                dd { (draw.size) " of each population, by the seed " (draw.seed) }
            }
            dt { "SHA-256 of the document" }
            dd.events { (report.digest()) }
        }
    }
}

fn controls(report: &Report) -> Markup {
    html! {
        h2 { "Controls" }
        table {
            thead { tr { th { "Control" } th { "Sections" } } }
            tbody {
                @for (control, sections) in &report.controls {
                    tr {
                        td { (control) }
                        td { @for number in sections { a href={ "#s" (number) } { (number) } " " } }
                    }
                }
            }
        }
    }
}

fn shown(section: &Section) -> Markup {
    html! {
        h2 id={ "s" (section.number) } { (section.number) ". " (section.title) }
        table {
            thead { tr { th { "No." } th { "Figure" } th { "Value" } th { "Events" } } }
            tbody {
                @for figure in &section.figures {
                    tr id={ "f" (section.number) "-" (figure.number) } {
                        td { (section.number) "." (figure.number) }
                        td { (words(&figure.name)) }
                        (value(&figure.value))
                        td.events { (positions(&figure.events)) }
                    }
                }
            }
        }
        @for figure in section.figures.iter().filter(|figure| !figure.items.is_empty()) {
            h3 { (section.number) "." (figure.number) " " (words(&figure.name)) }
            (items(figure))
        }
    }
}

fn value(value: &Value) -> Markup {
    html! {
        @match value {
            Value::Number(number) => td.number { (number) },
            Value::Text(text) => td { (text) },
            Value::Nothing => td { "–" },
        }
    }
}

/// A line each, with all the columns that one of them has.
fn items(figure: &Figure) -> Markup {
    let columns: BTreeSet<&str> =
        figure.items.iter().flat_map(|item| item.cells.keys()).map(AsRef::as_ref).collect();
    html! {
        table.items {
            thead { tr { @for column in &columns { th { (words(column)) } } th { "Events" } } }
            tbody {
                @for item in &figure.items {
                    tr {
                        @for column in &columns {
                            td { (item.cells.get(*column).map_or("", String::as_str)) }
                        }
                        td.events { (positions(&item.events)) }
                    }
                }
            }
        }
    }
}

/// `people_at_start` as people write it.
fn words(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn positions(positions: &Positions) -> String {
    let mut text = positions.to_string();
    if text.len() > SHOWN {
        let end = text[..SHOWN].rfind(',').unwrap_or(SHOWN);
        text.truncate(end);
        text.push_str(&format!(",… ({} events)", positions.count()));
    }
    text
}
