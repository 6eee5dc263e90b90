//! What the decisions know of an aggregate, whichever it is: its own state, as JSON.

use domain::Fact;
use domain::access_group::AccessGroup;
use domain::access_policy::AccessPolicy;
use domain::access_request::AccessRequest;
use domain::access_template::AccessTemplate;
use domain::assignment_rule::AssignmentRule;
use domain::baseline::Baseline;
use domain::calendar::Calendar;
use domain::ci::Ci;
use domain::ci_class::CiClass;
use domain::compliance_report::ComplianceReport;
use domain::conversation::Conversation;
use domain::custom_field::CustomField;
use domain::deny_rule::DenyRule;
use domain::erasure::Erasure;
use domain::evidence_hold::EvidenceHold;
use domain::macros::Macro;
use domain::person::Person;
use domain::queue::Queue;
use domain::recurrence::Recurrence;
use domain::resource_type::ResourceType;
use domain::role::Role;
use domain::service_account::ServiceAccount;
use domain::settings::Settings;
use domain::sla_plan::SlaPlan;
use domain::sod_rule::SodRule;
use domain::subject::Subject;
use domain::subject_access::SubjectAccess;
use domain::sync_source::SyncSource;
use domain::template::Template;
use domain::ticket::Ticket;
use domain::ticket_clock::TicketClock;
use domain::ticket_dossier::Dossier;
use domain::ticket_items::TicketItems;
use domain::ticket_quality::TicketQuality;
use domain::unit::Unit;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::rows::ERASED;

/// The state of one aggregate, as far as its events were given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State(Value);

impl State {
    /// The state after its next event; none when this version cannot read its own JSON.
    pub fn after(self, fact: &Fact) -> Option<Self> {
        after(self.0, fact).map(Self)
    }

    /// For people: personal texts are clear, or the word `erased`; null before the first event.
    pub fn shown(&self) -> Value {
        shown(&self.0)
    }
}

/// The state after an event; nothing stands before the first one.
pub(super) fn after(before: Value, fact: &Fact) -> Option<Value> {
    match fact {
        Fact::Ticket(_, e) => evolved::<Ticket>(before, |state| state.evolve(e.clone())),
        Fact::Person(_, e) => evolved::<Person>(before, |state| state.evolve(e.clone())),
        Fact::Unit(_, e) => evolved::<Unit>(before, |state| state.evolve(e.clone())),
        Fact::Subject(_, e) => evolved::<Subject>(before, |state| state.evolve(e.clone())),
        Fact::Settings(e) => evolved::<Settings>(before, |state| state.evolve(e.clone())),
        Fact::TicketDossier(_, e) => evolved::<Dossier>(before, |state| state.evolve(e.clone())),
        Fact::CustomField(_, e) => evolved::<CustomField>(before, |state| state.evolve(e.clone())),
        Fact::Template(_, e) => evolved::<Template>(before, |state| state.evolve(e.clone())),
        Fact::Macro(_, e) => evolved::<Macro>(before, |state| state.evolve(e.clone())),
        Fact::Queue(_, e) => evolved::<Queue>(before, |state| state.evolve(e.clone())),
        Fact::Calendar(_, e) => evolved::<Calendar>(before, |state| state.evolve(e.clone())),
        Fact::Recurrence(_, e) => evolved::<Recurrence>(before, |state| state.evolve(e.clone())),
        Fact::SlaPlan(_, e) => evolved::<SlaPlan>(before, |state| state.evolve(e.clone())),
        Fact::TicketQuality(_, e) => {
            evolved::<TicketQuality>(before, |state| state.evolve(e.clone()))
        }
        Fact::TicketItems(_, e) => evolved::<TicketItems>(before, |state| state.evolve(e.clone())),
        Fact::SyncSource(_, e) => evolved::<SyncSource>(before, |state| state.evolve(e.clone())),
        Fact::ServiceAccount(_, e) => {
            evolved::<ServiceAccount>(before, |state| state.evolve(e.clone()))
        }
        Fact::Baseline(_, e) => evolved::<Baseline>(before, |state| state.evolve(e.clone())),
        Fact::ComplianceReport(_, e) => {
            evolved::<ComplianceReport>(before, |state| state.evolve(e.clone()))
        }
        Fact::Erasure(_, e) => evolved::<Erasure>(before, |state| state.evolve(e.clone())),
        Fact::EvidenceHold(_, e) => {
            evolved::<EvidenceHold>(before, |state| state.evolve(e.clone()))
        }
        Fact::Role(_, e) => evolved::<Role>(before, |state| state.evolve(e.clone())),
        Fact::SodRule(_, e) => evolved::<SodRule>(before, |state| state.evolve(e.clone())),
        Fact::DenyRule(_, e) => evolved::<DenyRule>(before, |state| state.evolve(e.clone())),
        Fact::AccessTemplate(_, e) => {
            evolved::<AccessTemplate>(before, |state| state.evolve(e.clone()))
        }
        Fact::ResourceType(_, e) => {
            evolved::<ResourceType>(before, |state| state.evolve(e.clone()))
        }
        Fact::SubjectAccess(_, e) => {
            evolved::<SubjectAccess>(before, |state| state.evolve(e.clone()))
        }
        Fact::AccessGroup(_, e) => evolved::<AccessGroup>(before, |state| state.evolve(e.clone())),
        Fact::AccessPolicy(e) => evolved::<AccessPolicy>(before, |state| state.evolve(e.clone())),
        Fact::AccessRequest(_, e) => {
            evolved::<AccessRequest>(before, |state| state.evolve(e.clone()))
        }
        Fact::AssignmentRule(_, e) => {
            evolved::<AssignmentRule>(before, |state| state.evolve(e.clone()))
        }
        Fact::CiClass(_, e) => evolved::<CiClass>(before, |state| state.evolve(e.clone())),
        Fact::Ci(_, e) => evolved::<Ci>(before, |state| state.evolve(e.clone())),
        Fact::Conversation(_, e) => {
            evolved::<Conversation>(before, |state| state.evolve(e.clone()))
        }
        Fact::TicketClock(_, e) => evolved::<TicketClock>(before, |state| state.evolve(e.clone())),
    }
}

fn evolved<S: Default + Serialize + for<'de> Deserialize<'de>>(
    before: Value,
    evolve: impl FnOnce(&mut S),
) -> Option<Value> {
    let mut state =
        if before.is_null() { S::default() } else { serde_json::from_value(before).ok()? };
    evolve(&mut state);
    Some(json!(state))
}

fn shown(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(shown).collect(),
        Value::Object(object) => match object.get("$personal") {
            Some(personal) => personal["value"].clone(),
            None if object.contains_key("$sealed") || object.contains_key("$erased") => {
                json!(ERASED)
            }
            None => object.iter().map(|(name, value)| (name.clone(), shown(value))).collect(),
        },
        plain => plain.clone(),
    }
}
