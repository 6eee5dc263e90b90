//! The page that is printed.

use std::collections::BTreeMap;

use domain::compliance_report::Question;

use super::super::document::{Figure, Item, Report, Section};
use super::super::{Positions, Value, page};
use super::{always, draw};

/// A report of one figure with one item.
fn report(seed: &str, cell: &str, events: Positions) -> Report {
    let (from, to) = always();
    let item = Item::of([7]).with("control", cell);
    let figure = Figure {
        number: 1,
        name: "people_at_start".into(),
        value: Value::Number(3),
        events,
        items: vec![item],
    };
    Report {
        format: "annals-compliance/1".into(),
        origin: "example.org/log".to_owned(),
        question: Question { from, to, at: 9, signed: 5, sample: Some(draw(seed)) },
        after: 0,
        through: 9,
        controls: BTreeMap::from([("SOC 2 CC6.2".into(), vec![2])]),
        sections: vec![Section { number: 2, title: "Population".into(), figures: vec![figure] }],
    }
}

#[test]
fn a_page_has_every_figure_and_the_hash_of_the_document() {
    let report = report("2026", "weekly review", [1, 2, 3].into_iter().collect());
    let page = page(&report);
    for text in [
        "Compliance report of example.org/log",
        "<h2 id=\"s2\">2. Population</h2>",
        "People at start",
        "<td class=\"number\">3</td>",
        "<td class=\"events\">1-3</td>",
        "weekly review",
        "href=\"#s2\"",
        &report.digest(),
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for outside in ["<script", "http://", "https://", "src="] {
        assert!(!page.contains(outside), "it asks for no other file: {outside}");
    }
}

#[test]
fn what_stands_in_it_is_text_and_no_markup() {
    let hostile = "<script>alert(1)</script>\"'&";
    let page = page(&report(hostile, hostile, Positions::default()));
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;"), "{page}");
}

#[test]
fn long_lists_of_positions_are_cut_between_two_of_them() {
    let page = page(&report("x", "y", (1..=1_000).map(|nr| nr * 2).collect()));
    assert!(page.contains("<td class=\"events\">2,4,6,"));
    let cut = page.split(",… (1000 events)").next().unwrap();
    assert!(cut.len() < page.len(), "{page}");
    let last: i64 = cut.rsplit(',').next().unwrap().parse().unwrap();
    assert!(cut.contains(&format!(",{},{last}", last - 2)));
}
