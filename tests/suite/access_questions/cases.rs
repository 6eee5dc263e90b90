//! The 35 worked cases of the reference, by their numbers: who has what, what is asked or done, what is
//! answered.

use domain::access::model::{Entry, Granted};
use domain::kernel::RoleId;
use serde_json::{Value, json};

use super::rules::{on_missing, permit};
use super::worked::id;

/// What somebody is given, from that morning on, for good.
#[derive(Clone)]
pub(super) struct Given {
    pub(super) what: Granted,
    pub(super) unit: Option<&'static str>,
    pub(super) from: &'static str,
    pub(super) until: Option<&'static str>,
    pub(super) delegated: bool,
    pub(super) revoked: bool,
    pub(super) pierces: bool,
}

fn given(what: Granted, unit: Option<&'static str>) -> Given {
    Given {
        what,
        unit,
        from: "06:00:00",
        until: None,
        delegated: false,
        revoked: false,
        pierces: false,
    }
}

pub(super) fn has(name: &str, unit: Option<&'static str>) -> Given {
    given(Granted::Role(RoleId(id(name))), unit)
}

fn direct(entry: Entry, unit: Option<&'static str>) -> Given {
    given(Granted::Entry(Box::new(entry)), unit)
}

/// What a row is about.
pub(super) enum Row {
    /// A question.
    Asks(Value),
    /// Something done.
    Does(Deed),
}

/// What is done in rows that ask no question.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    /// An exception from D1.
    Except,
    /// A request for what must not come together with what is held meanwhile.
    AskMeanwhile,
    /// The same from where that ends.
    AskThen,
    /// A role is made of two that must not come together.
    Inherit,
    /// A ticket goes where somebody does not see it, and its view stands still.
    Tighten,
    /// Two requests that must not come together, both approved at once.
    Race,
}

/// One row: who has what, what is asked or done, what is answered.
pub(super) struct Case {
    pub(super) number: &'static str,
    pub(super) grants: Vec<Given>,
    pub(super) lifted: Option<&'static str>,
    pub(super) row: Row,
    pub(super) expected: &'static str,
}

pub(super) fn case<const N: usize>(
    number: &'static str,
    grants: [Given; N],
    asked: Value,
    expected: &'static str,
) -> Case {
    Case { number, grants: grants.into(), lifted: None, row: Row::Asks(asked), expected }
}

fn does(number: &'static str, deed: Deed, expected: &'static str) -> Case {
    Case { number, grants: Vec::new(), lifted: None, row: Row::Does(deed), expected }
}

/// Asked of something in this unit, at noon.
fn ask(action: &str, unit: Value, more: Value) -> Value {
    let mut asked = json!({"a": action, "unit": unit, "t": "12:00:00", "object": {}});
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

pub(super) fn cases() -> Vec<Case> {
    let base = || has("base", None);
    let (emea, sd) = (Some("emea"), Some("sd"));
    let view = |unit: &str| ask("ticket.view", json!(unit), json!({}));
    let fields = |fields: Value| ask("ticket.update", json!("sd"), json!({"f": fields}));
    let plain = |verb: &str| ask(&format!("ticket.{verb}"), json!("sd"), json!({}));
    let export = |t: &str| ask("ticket.export", json!("sd"), json!({"t": t}));
    let until = Given { until: Some("12:00:00"), ..has("agent", emea) };
    let from = Given { from: "12:00:00", ..has("agent", emea) };
    let lead = Given { delegated: true, ..has("lead", emea) };
    let chgmgr = Given { delegated: true, ..has("chgmgr", None) };
    let deletes = || [base(), has("lead", None), direct(permit("ticket.delete"), None)];
    let exports = || [base(), direct(permit("ticket.export"), emea)];
    let change = |by: &str, level: u8, more: Value| {
        let object = json!({"done": [{"duty": "raise", "personId": by}], "requiredLevel": level});
        let mut asked = ask("change.approve", json!("emea"), json!({"object": object}));
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked
    };
    let faulty = Entry { condition: Some(on_missing()), ..permit("ticket.view") };
    let salary = json!({"f": ["status", "salary"], "object": {"personal": ["salary"]}});
    let late = json!({"t": "12:00:01"});
    let auditor = Given { pierces: true, ..has("auditor", None) };
    let lifted = |of, case: Case| Case { lifted: Some(of), ..case };
    vec![
        case("1", [], view("sd"), "DENY no_function"),
        case("2", [base(), has("agent", emea)], view("sd"), "ALLOW"),
        case("3", [base(), has("agent", sd)], view("emea"), "DENY out_of_scope"),
        case("4", [base(), has("agent", emea)], view("apac"), "DENY out_of_scope"),
        case("5", [base(), has("lead", emea)], fields(json!(["status"])), "ALLOW"),
        case(
            "6",
            [base(), has("lead", emea)],
            fields(json!(["status", "priority"])),
            "DENY fields:priority",
        ),
        case(
            "7",
            [base(), has("agent", emea)],
            ask("ticket.view", json!("sd"), salary),
            "ALLOW, salary masked",
        ),
        case("8", [base(), has("temp", emea)], fields(json!(["status"])), "DENY no_grant"),
        case(
            "9",
            [base(), has("temp", emea), has("agent", emea)],
            fields(json!(["status"])),
            "ALLOW",
        ),
        case("10", [base(), until.clone()], view("sd"), "DENY expired"),
        case(
            "11",
            [base(), until],
            ask("ticket.view", json!("sd"), json!({"t": "11:59:59.999999"})),
            "ALLOW",
        ),
        case("12", [base(), from], view("sd"), "ALLOW"),
        case("13", deletes(), plain("delete"), "DENY hard_deny:D1"),
        does("14", Deed::Except, "refused SUBJECT_ACCESS_NOT_LIFTABLE"),
        lifted("D1", case("14, had it been", deletes(), plain("delete"), "DENY hard_deny:D1")),
        case("15", exports(), export("19:00:00"), "DENY soft_deny:D2"),
        lifted("D2", case("16, before", exports(), export("19:30:00"), "ALLOW")),
        lifted("D2", case("16, at the end", exports(), export("20:00:00"), "DENY soft_deny:D2")),
        case(
            "17",
            [base(), direct(permit("ticket.print"), emea)],
            plain("print"),
            "DENY soft_deny:D3, with a fault",
        ),
        case(
            "18",
            [base(), direct(faulty, emea), has("agent", emea)],
            view("sd"),
            "ALLOW, with a fault",
        ),
        case("19", [base(), has("agent", emea)], view("hr"), "DENY out_of_scope"),
        case("20", [base(), auditor], view("hr"), "ALLOW"),
        case(
            "21",
            [base(), has("lead", None)],
            ask("ticket.assign", json!("sd"), json!({"c": {"ceiling": ["worked:ticket.view"]}})),
            "DENY ceiling",
        ),
        case("22", [base(), lead], ask("ticket.assign", json!("sd"), late), "DENY ceiling"),
        case("23", [base(), has("chgmgr", None)], change("ann", 3, json!({})), "DENY level"),
        case("24", [base(), has("chgmgr", None)], change("own", 1, json!({})), "DENY dsod:DS1"),
        case("25", [base(), has("chgmgr", None)], change("twin", 1, json!({})), "DENY dsod:DS1"),
        case("26, by grant", [base(), chgmgr], change("ann", 1, json!({})), "DENY dsod:DS1"),
        case(
            "26, by session",
            [base(), has("chgmgr", None)],
            change("ann", 1, json!({"c": {"actingForId": "ann"}})),
            "DENY dsod:DS1",
        ),
        does("27", Deed::AskMeanwhile, "REJECTED DUTIES"),
        does("28", Deed::AskThen, "AWAITING"),
        does("29", Deed::Inherit, "refused ROLE_BREAKS_SOD of 1"),
        case("30", [base(), has("agent", emea)], view("sd"), "DENY gate.subject_state"),
        case(
            "31",
            [base(), Given { revoked: true, ..has("agent", emea) }],
            view("sd"),
            "DENY revoked",
        ),
        does("32", Deed::Tighten, "DENY out_of_scope, its list STALE_READ"),
        does("33", Deed::Race, "ACTIVE, FAILED DUTIES"),
        case("34", [base(), has("glass", None)], plain("close"), "DENY obligation:reason_required"),
        case("35", [base(), has("chgmgr", None)], change("ann", 1, json!({})), PROGRAM),
        // Their opposites.
        case("19, there", [base(), has("agent", Some("hr"))], view("hr"), "ALLOW"),
        case("20, not past it", [base(), has("auditor", None)], view("hr"), "DENY out_of_scope"),
        case(
            "25, another human",
            [base(), has("chgmgr", None)],
            change("twin", 1, json!({})),
            "ALLOW",
        ),
        case(
            "21, within",
            [base(), has("lead", None)],
            ask("ticket.assign", json!("sd"), json!({"c": {"ceiling": ["worked:ticket.*"]}})),
            "ALLOW",
        ),
        case("23, enough", [base(), has("chgmgr", None)], change("ann", 2, json!({})), "ALLOW"),
        case(
            "34, told",
            [base(), has("glass", None)],
            ask("ticket.close", json!("sd"), json!({"c": {"met": ["REASON_REQUIRED"]}})),
            "ALLOW",
        ),
    ]
}

/// The one row that is a program's.
pub(super) const PROGRAM: &str = "DENY gate.non_human_approver";
