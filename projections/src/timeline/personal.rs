//! Which fields an event says something personal in.

use domain::Fact;
use domain::ticket_dossier::{FieldValue, TicketDossierEvent};
use domain::ticket_quality::TicketQualityEvent;
use serde_json::{Value, json};

use super::picture::BY_ID;

/// Their names, as the picture has them.
pub(super) fn fields(fact: &Fact) -> Vec<String> {
    match fact {
        Fact::Ticket(_, e) => within(&json!(e)),
        Fact::Person(_, e) => within(&json!(e)),
        Fact::Baseline(_, e) => within(&json!(e)),
        Fact::AccessRequest(_, e) => within(&json!(e)),
        Fact::TicketDossier(_, TicketDossierEvent::FieldFilled(e)) => match e.value {
            FieldValue::Text(_) => vec![format!("{BY_ID}.{}", e.field)],
            FieldValue::Choices(_) => Vec::new(),
        },
        Fact::TicketQuality(_, TicketQualityEvent::Rated(_)) => vec!["rating.comment".to_owned()],
        Fact::TicketQuality(_, TicketQualityEvent::Checked(_)) => vec!["finding.note".to_owned()],
        Fact::TicketQuality(..)
        | Fact::TicketItems(..)
        | Fact::TicketDossier(..)
        | Fact::Conversation(..)
        | Fact::Unit(..)
        | Fact::Subject(..)
        | Fact::Settings(..)
        | Fact::CustomField(..)
        | Fact::Template(..)
        | Fact::Macro(..)
        | Fact::Queue(..)
        | Fact::Calendar(..)
        | Fact::SlaPlan(..)
        | Fact::Recurrence(..)
        | Fact::CiClass(..)
        | Fact::Ci(..)
        | Fact::SyncSource(..)
        | Fact::SubjectAccess(..)
        | Fact::AccessGroup(..)
        | Fact::AccessPolicy(..)
        | Fact::AssignmentRule(..)
        | Fact::Erasure(..)
        | Fact::EvidenceHold(..)
        | Fact::ServiceAccount(..)
        | Fact::ComplianceReport(..)
        | Fact::Role(..)
        | Fact::SodRule(..)
        | Fact::DenyRule(..)
        | Fact::AccessTemplate(..)
        | Fact::ResourceType(..)
        | Fact::TicketClock(..) => Vec::new(),
    }
}

/// An event is an object of one field, its name, with what it says.
fn within(event: &Value) -> Vec<String> {
    let said = event.as_object().into_iter().flatten().filter_map(|(_, said)| said.as_object());
    said.flatten().filter(|(_, value)| is_personal(value)).map(|(field, _)| field.clone()).collect()
}

fn is_personal(value: &Value) -> bool {
    ["$personal", "$sealed", "$erased"].iter().any(|mark| value.get(mark).is_some())
}
