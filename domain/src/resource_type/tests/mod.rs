//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::access::model::ActionClass;
use crate::kernel::ServiceAccountId;
use crate::kernel::testing::{self, Given};
use crate::resource_type::command::Define;
use crate::resource_type::event::{Defined, Retired, Verb};
use crate::resource_type::{ResourceTypeCommand, ResourceTypeEvent};

/// A program.
const PAYROLL: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x51));
/// Another one.
const INVENTORY: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x52));

const READ: Verb = Verb { class: ActionClass::Data, high_risk: false };
const SIGN: Verb = Verb { class: ActionClass::Approval, high_risk: true };

fn given(events: impl IntoIterator<Item = ResourceTypeEvent>) -> Given<ResourceTypeCommand> {
    testing::given(events)
}

fn verbs<const N: usize>(verbs: [(&str, Verb); N]) -> BTreeMap<String, Verb> {
    verbs.into_iter().map(|(word, verb)| (word.to_owned(), verb)).collect()
}

/// Payslips, read and signed.
fn define() -> Define {
    Define {
        system: "payroll".to_owned(),
        name: "payslip".to_owned(),
        label: "Payslip".to_owned(),
        verbs: verbs([("read", READ), ("sign", SIGN)]),
    }
}

fn defined_by(registrar: Option<ServiceAccountId>) -> ResourceTypeEvent {
    let Define { system, name, label, verbs } = define();
    ResourceTypeEvent::Defined(Defined { system, name, label, verbs, registrar })
}

fn defined() -> ResourceTypeEvent {
    defined_by(None)
}

fn retired() -> ResourceTypeEvent {
    ResourceTypeEvent::Retired(Retired {})
}
