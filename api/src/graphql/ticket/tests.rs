//! Filters and inputs, without a database.

use async_graphql::{InputType, Value};
use domain::kernel::{PersonId, TicketId, UnitId};
use domain::template::event::Content;
use domain::ticket::command::{EscalateTo, Pressing};
use domain::ticket::{Impact, Priority, TicketCommand, TicketKind, Urgency};
use projections::tickets::{Compare, Operand, TicketField, TicketFilter};
use serde_json::json;
use uuid::Uuid;

use super::filter::{BadWhere, TicketWhere};
use super::input::{
    Opening, TicketAssignInput, TicketEscalateInput, TicketInput, TicketOpenInput,
    TicketPrioritizeInput, TicketStartWorkInput, Wished,
};
use crate::graphql::id::encode;
use crate::graphql::refusal::{ErrorCode, UserError};

const TICKET: TicketId = TicketId(Uuid::from_u128(1));
const PERSON: PersonId = PersonId(Uuid::from_u128(2));
const UNIT: UnitId = UnitId(Uuid::from_u128(3));

fn read<I: InputType>(value: serde_json::Value) -> I {
    let Ok(input) = I::parse(Some(Value::from_json(value).unwrap())) else {
        panic!("not a {}", I::type_name())
    };
    input
}

fn filter(value: serde_json::Value) -> Result<Option<TicketFilter>, BadWhere> {
    read::<TicketWhere>(value).into_filter(chrono::DateTime::UNIX_EPOCH)
}

fn command<I: TicketInput>(value: serde_json::Value) -> Wished {
    read::<I>(value).into_command()
}

fn on<I: TicketInput>(value: serde_json::Value) -> TicketCommand {
    match command::<I>(value) {
        Ok((TICKET, command)) => command,
        Ok(_) => panic!("another ticket"),
        Err(error) => panic!("{error:?}"),
    }
}

fn opening(
    value: serde_json::Value,
    template: Option<Content>,
    staff: bool,
) -> Result<Opening, UserError> {
    read::<TicketOpenInput>(value).read(template, staff)
}

fn fault<I: TicketInput>(value: serde_json::Value) -> (ErrorCode, String) {
    let Err(error) = command::<I>(value) else { panic!("a command") };
    (error.code, error.field.unwrap().join("."))
}

#[test]
fn a_filter_becomes_comparisons_that_must_all_hold() {
    let state = TicketFilter::Is(
        TicketField::State,
        Compare::In(vec![Operand::Text("IN_PROGRESS".into()), Operand::Text("CLOSED".into())]),
    );
    let holder = TicketFilter::Is(TicketField::HolderId, Compare::Eq(Operand::Id(PERSON.0)));
    let asked = json!({
        "state": {"in": ["IN_PROGRESS", "CLOSED"]},
        "holderId": {"eq": encode(PERSON).0},
    });
    assert_eq!(filter(asked), Ok(Some(TicketFilter::And(vec![state, holder]))));
}

#[test]
fn and_or_and_not_stay_what_they_are() {
    let high = TicketFilter::Is(TicketField::Priority, Compare::Eq(Operand::Text("HIGH".into())));
    let unassigned = TicketFilter::Is(TicketField::UnitId, Compare::IsNull(true));
    let asked = json!({
        "or": [{"priority": {"eq": "HIGH"}}, {"not": {"unitId": {"isNull": true}}}],
        "and": [{}],
    });
    let not = TicketFilter::Not(Box::new(unassigned));
    assert_eq!(filter(asked), Ok(Some(TicketFilter::Or(vec![high, not]))));
}

#[test]
fn what_is_null_is_not_asked() {
    assert_eq!(filter(json!({})), Ok(None));
    assert_eq!(filter(json!({"state": {"eq": null}, "or": [], "not": null})), Ok(None));
}

#[test]
fn a_filter_has_four_levels_and_fifty_comparators() {
    let nested = |levels: usize| {
        (0..levels).fold(json!({"state": {"eq": "NEW"}}), |inner, _| json!({"not": inner}))
    };
    assert!(filter(nested(4)).is_ok());
    assert_eq!(filter(nested(5)), Err(BadWhere::Levels));
    let many = |leaves: usize| json!({"or": vec![json!({"number": {"eq": "INC-1"}}); leaves]});
    assert!(filter(many(50)).is_ok());
    assert_eq!(filter(many(51)), Err(BadWhere::Leaves));
}

#[test]
fn a_filter_refuses_the_id_of_something_else() {
    let asked = json!({"assigneeId": {"in": [encode(TICKET).0]}});
    assert_eq!(filter(asked).unwrap_err().to_string(), "assigneeId: not the id of a person");
}

#[test]
fn an_open_names_everything_by_its_own_type() {
    let asked = json!({"kind": "INCIDENT", "title": "Mail is down", "impact": "HIGH", "urgency": "LOW", "unitId": encode(UNIT).0,
        "assigneeIds": [encode(PERSON).0], "requesterId": encode(PERSON).0, "externalRef": "X-1",
    });
    let open = opening(asked, None, true).unwrap().open;
    assert_eq!(open.kind, TicketKind::Incident);
    assert_eq!(open.pressing, Some(Pressing::Judged(Impact::High, Urgency::Low)));
    assert_eq!((open.unit, open.requester), (Some(UNIT), Some(PERSON)));
    assert!(open.assignees.contains(&PERSON));
}

#[test]
fn a_template_says_what_the_input_does_not() {
    let content = Content {
        kind: TicketKind::ServiceRequest,
        title: "New colleague".to_owned(),
        description: Some("Account, badge, desk".to_owned()),
        subject: None,
        unit: Some(UNIT),
        priority: Some(Priority::Low),
        tags: ["onboarding".to_owned()].into(),
        client_visible: true,
    };
    let plain = opening(json!({}), Some(content.clone()), true).unwrap();
    assert_eq!((plain.open.kind, plain.open.title.as_str()), (content.kind, "New colleague"));
    assert_eq!(plain.open.pressing, Some(Pressing::Decreed(Priority::Low)));
    assert_eq!((plain.open.unit, plain.placed), (Some(UNIT), true));
    assert_eq!(plain.tags, content.tags);
    let said =
        json!({"title": "Ada starts", "priority": "HIGH", "assigneeIds": [encode(PERSON).0]});
    let own = opening(said, Some(content.clone()), true).unwrap();
    assert_eq!((own.open.title.as_str(), own.open.unit, own.placed), ("Ada starts", None, false));
    assert_eq!(own.open.pressing, Some(Pressing::Decreed(Priority::High)));
    let client = opening(json!({}), Some(content), false).unwrap();
    assert!(client.tags.is_empty(), "the tags are the desk's own");
    let nothing = opening(json!({"title": "What is it?"}), None, true).unwrap_err();
    assert_eq!((nothing.code, nothing.field), (ErrorCode::InvalidInput, Some(vec!["kind".into()])));
}

#[test]
fn an_assign_says_whose_it_is_completely() {
    let TicketCommand::Assign(assign) =
        on::<TicketAssignInput>(json!({"ticketId": encode(TICKET).0}))
    else {
        panic!("another command")
    };
    assert!(assign.unit.is_none() && assign.assignees.is_empty());
}

#[test]
fn a_priority_is_decreed_or_judged_not_both() {
    let ticket = encode(TICKET).0;
    let decreed = on::<TicketPrioritizeInput>(json!({"ticketId": ticket, "priority": "LOW"}));
    let TicketCommand::Prioritize(decreed) = decreed else { panic!("another command") };
    assert_eq!(decreed.pressing, Pressing::Decreed(Priority::Low));
    for asked in [
        json!({"ticketId": ticket}),
        json!({"ticketId": ticket, "impact": "LOW"}),
        json!({"ticketId": ticket, "impact": "LOW", "urgency": "LOW", "priority": "LOW"}),
    ] {
        let expected = (ErrorCode::InvalidInput, "priority".to_owned());
        assert_eq!(fault::<TicketPrioritizeInput>(asked), expected);
    }
}

#[test]
fn an_escalation_names_a_tier_or_a_unit() {
    let ticket = encode(TICKET).0;
    let up = on::<TicketEscalateInput>(json!({"ticketId": ticket, "tier": 2}));
    let TicketCommand::Escalate(up) = up else { panic!("another command") };
    assert_eq!(up.to, EscalateTo::Tier(domain::ticket::Tier(2)));
    for asked in [
        json!({"ticketId": ticket}),
        json!({"ticketId": ticket, "tier": 2, "unitId": encode(UNIT).0}),
    ] {
        let expected = (ErrorCode::InvalidInput, "tier".to_owned());
        assert_eq!(fault::<TicketEscalateInput>(asked), expected);
    }
}

#[test]
fn an_id_that_is_none_names_its_field() {
    let start = fault::<TicketStartWorkInput>(json!({"ticketId": "garbage"}));
    assert_eq!(start, (ErrorCode::InvalidId, "ticketId".to_owned()));
    let open = json!({"kind": "INCIDENT", "title": "x", "assigneeIds": [encode(UNIT).0]});
    let error = opening(open, None, true).unwrap_err();
    assert_eq!((error.code, error.field), (ErrorCode::InvalidId, Some(vec!["assigneeIds".into()])));
}
