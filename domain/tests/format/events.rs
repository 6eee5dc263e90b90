//! Every event kind has a file of its stored form, and both directions give it unchanged.

use std::collections::BTreeSet;
use std::fs;

use domain::Fact;
use domain::access_group::AccessGroupEvent;
use domain::access_policy::AccessPolicyEvent;
use domain::access_request::AccessRequestEvent;
use domain::access_template::AccessTemplateEvent;
use domain::assignment_rule::AssignmentRuleEvent;
use domain::baseline::BaselineEvent;
use domain::calendar::CalendarEvent;
use domain::ci::CiEvent;
use domain::ci_class::CiClassEvent;
use domain::compliance_report::ComplianceReportEvent;
use domain::conversation::ConversationEvent;
use domain::custom_field::CustomFieldEvent;
use domain::deny_rule::DenyRuleEvent;
use domain::erasure::ErasureEvent;
use domain::evidence_hold::EvidenceHoldEvent;
use domain::macros::MacroEvent;
use domain::person::PersonEvent;
use domain::queue::QueueEvent;
use domain::recurrence::RecurrenceEvent;
use domain::resource_type::ResourceTypeEvent;
use domain::role::RoleEvent;
use domain::service_account::ServiceAccountEvent;
use domain::settings::SettingsEvent;
use domain::sla_plan::SlaPlanEvent;
use domain::sod_rule::SodRuleEvent;
use domain::subject::SubjectEvent;
use domain::subject_access::SubjectAccessEvent;
use domain::sync_source::SyncSourceEvent;
use domain::template::TemplateEvent;
use domain::ticket::TicketEvent;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_dossier::TicketDossierEvent;
use domain::ticket_items::TicketItemsEvent;
use domain::ticket_quality::TicketQualityEvent;
use domain::unit::UnitEvent;
use serde_json::Value;
use strum::VariantNames;

use super::samples::{Sample, samples};
use super::{assert_golden, golden};

/// The stream the samples stand in; its identity is not part of the payload.
const STREAM: &str = "00000000-0000-0000-0000-000000000001";

fn kinds() -> BTreeSet<&'static str> {
    let kinds = [
        TicketEvent::VARIANTS,
        PersonEvent::VARIANTS,
        UnitEvent::VARIANTS,
        SubjectEvent::VARIANTS,
        SettingsEvent::VARIANTS,
        ConversationEvent::VARIANTS,
        TicketDossierEvent::VARIANTS,
        CustomFieldEvent::VARIANTS,
        TemplateEvent::VARIANTS,
        MacroEvent::VARIANTS,
        QueueEvent::VARIANTS,
        SlaPlanEvent::VARIANTS,
        TicketClockEvent::VARIANTS,
        TicketQualityEvent::VARIANTS,
        TicketItemsEvent::VARIANTS,
        CalendarEvent::VARIANTS,
        RecurrenceEvent::VARIANTS,
        CiClassEvent::VARIANTS,
        CiEvent::VARIANTS,
        SyncSourceEvent::VARIANTS,
        ServiceAccountEvent::VARIANTS,
        BaselineEvent::VARIANTS,
        ComplianceReportEvent::VARIANTS,
        RoleEvent::VARIANTS,
        SodRuleEvent::VARIANTS,
        DenyRuleEvent::VARIANTS,
        AccessTemplateEvent::VARIANTS,
        ResourceTypeEvent::VARIANTS,
        SubjectAccessEvent::VARIANTS,
        AccessGroupEvent::VARIANTS,
        AccessPolicyEvent::VARIANTS,
        AccessRequestEvent::VARIANTS,
        AssignmentRuleEvent::VARIANTS,
        ErasureEvent::VARIANTS,
        EvidenceHoldEvent::VARIANTS,
    ];
    kinds.concat().into_iter().collect()
}

fn decode(event_type: &str, payload: &Value) -> Fact {
    let (aggregate, _) = event_type.split_once('.').expect("a wire name is dotted");
    Fact::decode(aggregate, STREAM, event_type, payload)
        .unwrap_or_else(|error| panic!("{event_type}: {error}"))
}

fn encode(fact: &Fact) -> Value {
    match fact {
        Fact::Ticket(_, event) => serde_json::to_value(event),
        Fact::Person(_, event) => serde_json::to_value(event),
        Fact::Unit(_, event) => serde_json::to_value(event),
        Fact::Subject(_, event) => serde_json::to_value(event),
        Fact::Settings(event) => serde_json::to_value(event),
        Fact::Conversation(_, event) => serde_json::to_value(event),
        Fact::TicketDossier(_, event) => serde_json::to_value(event),
        Fact::CustomField(_, event) => serde_json::to_value(event),
        Fact::Template(_, event) => serde_json::to_value(event),
        Fact::Macro(_, event) => serde_json::to_value(event),
        Fact::Queue(_, event) => serde_json::to_value(event),
        Fact::SlaPlan(_, event) => serde_json::to_value(event),
        Fact::TicketClock(_, event) => serde_json::to_value(event),
        Fact::TicketQuality(_, event) => serde_json::to_value(event),
        Fact::TicketItems(_, event) => serde_json::to_value(event),
        Fact::Calendar(_, event) => serde_json::to_value(event),
        Fact::Recurrence(_, event) => serde_json::to_value(event),
        Fact::CiClass(_, event) => serde_json::to_value(event),
        Fact::Ci(_, event) => serde_json::to_value(event),
        Fact::SyncSource(_, event) => serde_json::to_value(event),
        Fact::ServiceAccount(_, event) => serde_json::to_value(event),
        Fact::Baseline(_, event) => serde_json::to_value(event),
        Fact::ComplianceReport(_, event) => serde_json::to_value(event),
        Fact::Role(_, event) => serde_json::to_value(event),
        Fact::SodRule(_, event) => serde_json::to_value(event),
        Fact::DenyRule(_, event) => serde_json::to_value(event),
        Fact::AccessTemplate(_, event) => serde_json::to_value(event),
        Fact::ResourceType(_, event) => serde_json::to_value(event),
        Fact::SubjectAccess(_, event) => serde_json::to_value(event),
        Fact::AccessGroup(_, event) => serde_json::to_value(event),
        Fact::AccessPolicy(event) => serde_json::to_value(event),
        Fact::AccessRequest(_, event) => serde_json::to_value(event),
        Fact::AssignmentRule(_, event) => serde_json::to_value(event),
        Fact::Erasure(_, event) => serde_json::to_value(event),
        Fact::EvidenceHold(_, event) => serde_json::to_value(event),
    }
    .expect("an event is JSON")
}

#[test]
fn every_event_kind_has_a_sample() {
    let sampled: BTreeSet<String> = samples().into_iter().map(|sample| sample.event_type).collect();
    assert_eq!(sampled, kinds().into_iter().map(str::to_owned).collect());
}

#[test]
fn every_event_kind_is_stored_as_its_golden_file_says() {
    for Sample { event_type, version, payload } in samples() {
        let text = serde_json::to_string_pretty(&payload).expect("an event is JSON") + "\n";
        assert_golden(&format!("{event_type}.v{version}.json"), &text);
    }
}

#[test]
fn every_golden_file_is_read_and_written_unchanged() {
    let kinds = kinds();
    let mut read = 0;
    for entry in fs::read_dir(golden()).expect("the golden folder exists") {
        let name = entry.expect("the golden folder can be read").file_name();
        let name = name.to_str().expect("a golden file has a plain name");
        let Some(stem) = name.strip_suffix(".json") else { continue };
        let (event_type, _version) = stem.rsplit_once(".v").expect("<wire name>.v<version>.json");
        assert!(kinds.contains(event_type), "{name} is of no known kind");
        let text = fs::read_to_string(golden().join(name)).expect("a golden file is text");
        let payload: Value = serde_json::from_str(&text).expect("a golden file is JSON");
        assert_eq!(encode(&decode(event_type, &payload)), payload, "{name}");
        read += 1;
    }
    assert!(read >= kinds.len());
}

#[test]
fn a_payload_under_another_name_or_of_another_shape_is_no_event() {
    let sample = samples().into_iter().next().expect("there are samples");
    let decode = |aggregate, id, event_type: &str, payload: Value| {
        Fact::decode(aggregate, id, event_type, &payload).map_err(|error| error.to_string())
    };
    let payload = || sample.payload.clone();
    assert_eq!(
        decode("ticket", STREAM, "ticket.closed", payload()),
        Err("the payload is not a ticket.closed".to_owned())
    );
    assert_eq!(
        decode("ticket", STREAM, "ticket.opened", Value::Null),
        Err("the payload is not a ticket.opened".to_owned())
    );
    assert_eq!(
        decode("ticket", "x", "ticket.opened", payload()),
        Err("the stream's identity is not a UUID".to_owned())
    );
    assert_eq!(
        decode("tickets", STREAM, "ticket.opened", payload()),
        Err("unknown aggregate type".to_owned())
    );
}
