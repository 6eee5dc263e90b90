//! Reports as CSV.

use std::collections::BTreeMap;

use super::story::{case, open, opened, plan_x, resolve, start, t};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK};
use crate::kernel::{PersonId, UnitId};
use crate::report::sheet::{self, Names, csv};
use crate::report::{Group, KeyFigures, Line, Part};
use crate::sla::{CalendarVersion, Hours};
use crate::ticket::event::Opened;

struct Known;

impl Names for Known {
    fn person(&self, id: PersonId) -> Option<&str> {
        match id {
            ANNA => Some("Anna"),
            CLEO => Some("=HYPERLINK(\"http://example.org\")"),
            _ => None,
        }
    }

    fn unit(&self, id: UnitId) -> Option<&str> {
        (id == DESK).then_some("Service, desk")
    }
}

#[test]
fn a_line_has_a_cell_for_each_column_and_none_is_a_formula() {
    let opened = Opened { assignees: [BEN].into(), ..opened(Some(plan_x())) };
    let case = case(None, &[(0, open(opened)), (1_801, start(ANNA)), (5_401, resolve())]);
    let always = BTreeMap::<CalendarVersion, Hours>::new();
    let line = Line::of(&case, t(9_000), &always).unwrap().unwrap();
    let cells = sheet::line(Part::Completed, &line, &Known);
    assert_eq!(cells.len(), sheet::LINES.len());
    let text = String::from_utf8(csv([cells]).unwrap()).unwrap();
    assert_eq!(
        text,
        format!(
            "COMPLETED,INC-1,2026-03-02T00:00:00Z,Anna,\
             \"'=HYPERLINK(\"\"http://example.org\"\")\",\"Service, desk\",{BEN},NORMAL,SOLVED,\
             2026-03-02T01:30:01Z,Anna,1800,1801,0,false,7200,3600,50,true,28800,5401,82,true\r\n"
        )
    );
}

#[test]
fn what_is_not_there_is_an_empty_cell() {
    let cells = sheet::kpi(Group::Unit(None), &KeyFigures::default(), &Known);
    assert_eq!(cells.len(), sheet::KPIS.len());
    assert_eq!((cells[0].as_str(), cells[1].as_str(), cells[5].as_str()), ("", "0", ""));
    let case = case(None, &[(0, open(opened(None)))]);
    let always = BTreeMap::<CalendarVersion, Hours>::new();
    let line = Line::of(&case, t(9), &always).unwrap().unwrap();
    assert_eq!(sheet::line(Part::Created, &line, &Known)[11..], [""; 12]);
}
