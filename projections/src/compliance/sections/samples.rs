//! 13: a sample of what auditors look into, drawn by their seed.

use domain::compliance_report::Draw;

use super::super::document::{Item, SAMPLE, Section, Tally};
use super::super::sample::drawn;

/// Each population: what its figure is called here, and the section and figure it is drawn from.
const POPULATIONS: [(&str, u8, &str); 5] = [
    ("joined", 2, "joined"),
    ("grants_made", 3, "made"),
    ("grants_revoked", 3, "revoked"),
    ("leavers", 2, "left"),
    ("role_changes", 11, "roles"),
];

pub(super) fn section(draw: &Draw, sections: &[Section]) -> Section {
    let mut section = Section::new(SAMPLE, "Sample");
    for (name, number, figure) in POPULATIONS {
        let population = sections
            .iter()
            .filter(|section| section.number == number)
            .flat_map(|section| &section.figures)
            .filter(|it| it.name == figure)
            .flat_map(|it| it.events.iter());
        let lines = drawn(draw, name, population).into_iter();
        section.count(
            name,
            lines.map(|position| Item::of(around(position, sections))).collect::<Tally>(),
        );
    }
    section
}

/// An event, and with it what shows why: of a grant the way of its request.
fn around(position: i64, sections: &[Section]) -> Vec<i64> {
    let chained = sections
        .iter()
        .filter(|section| section.number == 3)
        .flat_map(|section| &section.figures)
        .filter(|figure| figure.name == "made_upon_approval")
        .flat_map(|figure| &figure.items)
        .find(|item| item.events.iter().any(|it| it == position));
    chained.map_or_else(|| vec![position], |item| item.events.iter().collect())
}
