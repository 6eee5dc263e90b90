//! A few classes and items, for the tests of those who use them.

use std::sync::Arc;

use uuid::Uuid;

use super::{
    Attribute, Catalogue, Datum, Definition, Flow, Kind, Measure, RedundancyRule, Relation,
};
use crate::kernel::{CiClassId, CiId, Facts, ItemFacts};

/// Whose items are.
pub(crate) const ORGANIZATION: CiClassId = CiClassId(Uuid::from_u128(0x61));
/// Abstract.
pub(crate) const FUNCTIONAL: CiClassId = CiClassId(Uuid::from_u128(0x62));
/// A functional item with a status.
pub(crate) const SERVER: CiClassId = CiClassId(Uuid::from_u128(0x63));
/// A functional item that runs on one.
pub(crate) const SOFTWARE: CiClassId = CiClassId(Uuid::from_u128(0x64));
/// Told of a person.
pub(crate) const PERSON: CiClassId = CiClassId(Uuid::from_u128(0x65));
/// No class.
pub(crate) const NO_CLASS: CiClassId = CiClassId(Uuid::from_u128(0x6f));

/// An organisation.
pub(crate) const DEMO: CiId = CiId(Uuid::from_u128(0x71));
/// A server.
pub(crate) const SRV1: CiId = CiId(Uuid::from_u128(0x72));
/// Another one.
pub(crate) const SRV2: CiId = CiId(Uuid::from_u128(0x73));
/// A server that was retired.
pub(crate) const GONE: CiId = CiId(Uuid::from_u128(0x74));
/// No item.
pub(crate) const NO_ITEM: CiId = CiId(Uuid::from_u128(0x7f));

/// A text attribute.
pub(crate) fn text(name: &str) -> Attribute {
    Attribute {
        name: name.to_owned(),
        label: name.to_owned(),
        kind: Kind::Text,
        choices: Vec::new(),
        of: None,
        list: false,
        required: false,
        recommended: false,
        default: None,
        personal: false,
    }
}

/// A relation through which a failure comes back.
pub(crate) fn relation(name: &str, to: CiClassId) -> Relation {
    Relation {
        name: name.to_owned(),
        label: name.to_owned(),
        to,
        flow: Flow::Backward,
        single: true,
        downwards: false,
    }
}

/// A class that says nothing but its name.
pub(crate) fn bare(name: &str, parent: Option<CiClassId>) -> Definition {
    Definition {
        name: name.to_owned(),
        label: name.to_owned(),
        parent,
        is_abstract: false,
        attributes: Vec::new(),
        relations: Vec::new(),
        identity: Vec::new(),
        redundancy: Vec::new(),
        out_of_service: Vec::new(),
    }
}

/// The classes, each once defined.
pub(crate) fn catalogue() -> Catalogue {
    let named = || Attribute { required: true, ..text("name") };
    let names = |parts: &[&str]| vec![parts.iter().map(|part| (*part).to_owned()).collect()];
    let owner = Attribute { kind: Kind::Reference, of: Some(ORGANIZATION), ..text("organization") };
    let status = Attribute {
        kind: Kind::Enum,
        choices: vec!["production".to_owned(), "obsolete".to_owned()],
        default: Some(Datum::Text("production".to_owned())),
        ..text("status")
    };
    let all = [
        (
            ORGANIZATION,
            Definition {
                attributes: vec![named()],
                identity: names(&["name"]),
                ..bare("Organization", None)
            },
        ),
        (
            FUNCTIONAL,
            Definition {
                is_abstract: true,
                attributes: vec![named(), owner],
                identity: names(&["name", "organization"]),
                ..bare("FunctionalCI", None)
            },
        ),
        (
            SERVER,
            Definition {
                attributes: vec![
                    status,
                    Attribute { kind: Kind::Integer, ..text("cpu") },
                    Attribute {
                        kind: Kind::Reference,
                        of: Some(SERVER),
                        list: true,
                        ..text("twins")
                    },
                ],
                out_of_service: vec!["obsolete".to_owned()],
                ..bare("Server", Some(FUNCTIONAL))
            },
        ),
        (
            SOFTWARE,
            Definition {
                relations: vec![
                    relation("runs_on", FUNCTIONAL),
                    Relation { single: false, ..relation("depends_on", FUNCTIONAL) },
                ],
                identity: names(&["name", "organization", "runs_on"]),
                redundancy: vec![RedundancyRule {
                    relations: vec!["depends_on".to_owned()],
                    enabled: false,
                    min_up: 1.into(),
                    measure: Measure::Count,
                    fixed: false,
                }],
                ..bare("SoftwareInstance", Some(FUNCTIONAL))
            },
        ),
        (
            PERSON,
            Definition {
                attributes: vec![
                    Attribute { required: true, personal: true, ..text("name") },
                    Attribute { personal: true, ..text("first_name") },
                ],
                identity: names(&["name", "first_name"]),
                ..bare("Person", None)
            },
        ),
    ];
    Catalogue::of(all.map(|(id, definition)| (id, 1, definition)))
}

/// What a decision is told of the classes and items.
pub(crate) fn facts() -> Facts {
    let item = |class, active| ItemFacts { class, active };
    Facts {
        catalogue: Some(Arc::new(catalogue())),
        items: [
            (DEMO, item(ORGANIZATION, true)),
            (SRV1, item(SERVER, true)),
            (SRV2, item(SERVER, true)),
            (GONE, item(SERVER, false)),
        ]
        .into(),
        ..Facts::default()
    }
}
