//! 13: a sample of what auditors look into, drawn by their seed.

use domain::compliance_report::Draw;

use super::super::document::{Figure, Item, SAMPLE, Section};
use super::super::sample::drawn;

/// A figure, by the number of its section and its name.
type Which = (u8, &'static str);

/// Each population: what its figure is called here, which it is drawn from, and whose lines show more of
/// what was drawn: the way of a grant's request, and what a leaver had.
const POPULATIONS: [(&str, Which, Option<Which>); 5] = [
    ("joined", (2, "joined"), None),
    ("grants_made", (3, "made"), Some((3, "made_upon_approval"))),
    ("grants_revoked", (3, "revoked"), None),
    ("leavers", (2, "left"), Some((4, "leavers"))),
    ("role_changes", (11, "roles"), None),
];

pub(super) fn section(draw: &Draw, sections: &[Section]) -> Section {
    let mut section = Section::new(SAMPLE, "Sample");
    for (name, of, shown_by) in POPULATIONS {
        let population = figures(sections, of).flat_map(|figure| figure.events.iter());
        let lines: Vec<&Item> = shown_by
            .into_iter()
            .flat_map(|which| figures(sections, which))
            .flat_map(|figure| &figure.items)
            .collect();
        let drawn = drawn(draw, name, population).into_iter();
        section.count(name, drawn.map(|position| around(position, &lines)).collect());
    }
    section
}

fn figures(sections: &[Section], (number, name): Which) -> impl Iterator<Item = &Figure> {
    let found = sections.iter().filter(move |section| section.number == number);
    found.flat_map(|section| &section.figures).filter(move |figure| figure.name == name)
}

/// An event, and with it what shows why.
fn around(position: i64, lines: &[&Item]) -> Item {
    let line = lines.iter().find(|line| line.events.iter().any(|it| it == position));
    line.map_or_else(|| Item::of([position]), |line| Item::of(line.events.iter()))
}
