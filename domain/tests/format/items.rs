//! One event of each kind of configuration items and their classes.

use domain::baseline::BaselineEvent;
use domain::baseline::event::{Named, Renamed as BaselineRenamed, Withdrawn};
use domain::ci::event::{
    Bond, Correction, FoundAgain, Likened, MergedInto, Missed, Registered, Retired, ToldApart,
};
use domain::ci::{CiEvent, Link, Origin};
use domain::ci_class::CiClassEvent;
use domain::cmdb::{
    Attribute, Datum, Definition, Flow, Kind, Measure, Redundancy, RedundancyRule, Relation, Stored,
};
use domain::kernel::{CiClassId, CiId, Personal};
use domain::sync_source::{
    Definition as SourceDefinition, OnMany, OnMissing, OnNone, OnOne, Run, SyncSourceEvent,
};
use uuid::Uuid;

use super::samples::{instant, sealed};

const CLASS: CiClassId = CiClassId(Uuid::from_u128(0x21));
const ITEM: CiId = CiId(Uuid::from_u128(0x22));

pub(crate) fn ci_classes() -> [CiClassEvent; 1] {
    let choice = Attribute {
        name: "status".to_owned(),
        label: "Status".to_owned(),
        kind: Kind::Enum,
        choices: vec!["production".to_owned(), "obsolete".to_owned()],
        of: None,
        list: false,
        required: true,
        recommended: false,
        default: Some(Datum::Text("production".to_owned())),
        personal: false,
    };
    let reference = Attribute {
        name: "keepers".to_owned(),
        label: "Keepers".to_owned(),
        kind: Kind::Reference,
        choices: Vec::new(),
        of: Some(CLASS),
        list: true,
        required: false,
        recommended: true,
        default: None,
        personal: true,
    };
    [CiClassEvent::Defined(Box::new(Definition {
        name: "Server".to_owned(),
        label: "Server".to_owned(),
        parent: Some(CLASS),
        is_abstract: true,
        attributes: vec![choice, reference],
        relations: vec![Relation {
            name: "power_a".to_owned(),
            label: "Power A".to_owned(),
            to: CLASS,
            flow: Flow::Backward,
            single: true,
            downwards: true,
        }],
        identity: vec![vec!["name".to_owned(), "power_a".to_owned()]],
        redundancy: vec![RedundancyRule {
            relations: vec!["power_a".to_owned()],
            enabled: true,
            min_up: "33.3".parse().expect("a number"),
            measure: Measure::Percent,
            fixed: true,
        }],
        out_of_service: vec!["obsolete".to_owned()],
    }))]
}

pub(crate) fn sync_sources() -> [SyncSourceEvent; 2] {
    [
        SyncSourceEvent::Defined(Box::new(SourceDefinition {
            name: "Agent".to_owned(),
            rank: 100,
            on_none: OnNone::Create,
            on_one: OnOne::Update,
            on_many: OnMany::Queue,
            on_missing: OnMissing::Retire,
            retire_after_days: Some(30),
            owned: [("Server".to_owned(), ["cpu".to_owned()].into())].into(),
        })),
        SyncSourceEvent::Ran(Run {
            complete: true,
            new: 6,
            changed: 5,
            unchanged: 4,
            conflicting: 3,
            invalid: 2,
            missing: 1,
        }),
    ]
}

pub(crate) fn baselines() -> [BaselineEvent; 3] {
    [
        BaselineEvent::Named(Named {
            name: "Before the move".to_owned(),
            position: Some(1_042),
            note: Some(sealed("note")),
        }),
        BaselineEvent::Renamed(BaselineRenamed { name: "Before the racks".to_owned() }),
        BaselineEvent::Withdrawn(Withdrawn {}),
    ]
}

pub(crate) fn items() -> [CiEvent; 13] {
    let plain = |text: &str| Stored::Plain(Datum::Text(text.to_owned()));
    let origin = || Origin { name: "agent".to_owned(), rank: 100 };
    let correction = |attribute: &str| Correction {
        attribute: attribute.to_owned(),
        origin: origin(),
        given: Some(plain("new")),
        from: Some(plain("old")),
        to: Some(plain("new")),
    };
    let values = [
        ("cpu", Stored::Plain(Datum::Integer(8))),
        ("email", Stored::Personal(Personal::Sealed("envelope of the email".to_owned()))),
        ("leased", Stored::Plain(Datum::Truth(true))),
        ("name", plain("srv1")),
        ("tags", Stored::Plain(Datum::List(vec![Datum::Text("a".to_owned())]))),
        (
            "redundancy",
            Stored::Plain(Datum::Redundancy(Redundancy {
                enabled: true,
                min_up: "2".parse().expect("a number"),
                measure: Measure::Count,
            })),
        ),
    ];
    let bond = || Bond { relation: "power_a".to_owned(), to: ITEM, origin: origin() };
    [
        CiEvent::Registered(Box::new(Registered {
            class: CLASS,
            identity: vec![vec!["name".to_owned()]],
            origin: origin(),
            values: values.map(|(name, value)| (name.to_owned(), value)).into(),
            relations: vec![Link { relation: "power_a".to_owned(), to: ITEM }],
        })),
        CiEvent::Renamed(correction("name")),
        CiEvent::StatusMoved(correction("status")),
        CiEvent::OwnershipMoved(correction("organization")),
        CiEvent::Corrected(correction("cpu")),
        CiEvent::Related(bond()),
        CiEvent::Unrelated(bond()),
        CiEvent::Retired(Retired {}),
        CiEvent::MergedInto(MergedInto { into: ITEM }),
        CiEvent::Missed(Missed { source: origin().name, since: instant(250_001) }),
        CiEvent::FoundAgain(FoundAgain { source: origin().name }),
        CiEvent::Likened(Likened { other: ITEM, source: origin().name }),
        CiEvent::ToldApart(ToldApart { other: ITEM }),
    ]
}
