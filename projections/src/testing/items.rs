//! Classes and items: each kind of event, a person among them, one retired, one merged.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::baseline::BaselineEvent;
use domain::baseline::event::{Named, Renamed, Withdrawn};
use domain::ci::event::{
    Bond, Correction, FoundAgain, Likened, MergedInto, Missed, Registered, Retired, ToldApart,
};
use domain::ci::{CiEvent, Link, Origin};
use domain::ci_class::CiClassEvent;
use domain::cmdb::{Attribute, Datum, Definition as ClassDefinition, Flow, Kind, Relation, Stored};
use domain::kernel::{BaselineId, CiClassId, CiId, DataSubject, PersonId, Personal, SyncSourceId};
use domain::sync_source::{Definition, OnMany, OnMissing, OnNone, OnOne, Run, SyncSourceEvent};
use domain::ticket_items::event::{Linked, Unlinked};
use domain::ticket_items::{ItemRole, TicketItemsEvent};
use uuid::Uuid;

use super::TICKET;

pub(crate) const ITEM: CiClassId = CiClassId(Uuid::from_u128(0xcc1));
pub(crate) const SERVER: CiClassId = CiClassId(Uuid::from_u128(0xcc2));
pub(crate) const CONTACT: CiClassId = CiClassId(Uuid::from_u128(0xcc3));
pub(crate) const HOUSE: CiId = CiId(Uuid::from_u128(0x1c1));
pub(crate) const WEB: CiId = CiId(Uuid::from_u128(0x1c2));
pub(crate) const DATABASE: CiId = CiId(Uuid::from_u128(0x1c3));
const DOUBLE: CiId = CiId(Uuid::from_u128(0x1c4));
/// What a source sends.
pub(crate) const SCAN: SyncSourceId = SyncSourceId(Uuid::from_u128(0x5c1));
/// A moment that has a name, and one that had one.
pub(crate) const BEFORE: BaselineId = BaselineId(Uuid::from_u128(0xba1));
pub(crate) const AGREED: BaselineId = BaselineId(Uuid::from_u128(0xba2));
/// Somebody whom the house has to do with.
const ADA: CiId = CiId(Uuid::from_u128(0x1c5));

/// What happened to them, in order.
pub(super) fn items() -> Vec<Fact> {
    [classes(), birth(), life(), sources(), moments()].concat()
}

/// What a ticket says of them, without what falls.
pub(super) fn named_items() -> Vec<Fact> {
    let link = |ci, role| TicketItemsEvent::Linked(Linked { ci, role, computed: None });
    let events = [
        link(WEB, ItemRole::Manual),
        link(DATABASE, ItemRole::NotImpacted),
        link(HOUSE, ItemRole::Service),
        link(ADA, ItemRole::Service),
        link(DATABASE, ItemRole::Manual),
        TicketItemsEvent::Unlinked(Unlinked { ci: WEB, computed: None }),
    ];
    events.into_iter().map(|event| Fact::TicketItems(TICKET, event)).collect()
}

/// Who says something, and how much that counts.
pub(crate) fn origin(name: &str, rank: u16) -> Origin {
    Origin { name: name.to_owned(), rank }
}

pub(crate) fn text(text: &str) -> Stored {
    Stored::Plain(Datum::Text(text.to_owned()))
}

/// The first event of an item.
pub(crate) fn registered(
    class: CiClassId,
    values: impl IntoIterator<Item = (&'static str, Stored)>,
    relations: Vec<Link>,
) -> CiEvent {
    let values: BTreeMap<String, Stored> =
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    CiEvent::Registered(Box::new(Registered {
        class,
        identity: vec![vec!["name".to_owned()]],
        origin: Origin::manual(),
        values,
        relations,
    }))
}

pub(crate) fn correction(
    attribute: &str,
    origin: Origin,
    (given, from, to): (Option<Stored>, Option<Stored>, Option<Stored>),
) -> Correction {
    Correction { attribute: attribute.to_owned(), origin, given, from, to }
}

pub(crate) fn bond(relation: &str, to: CiId) -> Bond {
    Bond { relation: relation.to_owned(), to, origin: Origin::manual() }
}

/// The classes of the items, one of them changed.
pub(crate) fn classes() -> Vec<Fact> {
    let attribute = |name: &str, kind, personal| Attribute {
        name: name.to_owned(),
        label: name.to_owned(),
        kind,
        choices: Vec::new(),
        of: None,
        list: false,
        required: false,
        recommended: false,
        default: None,
        personal,
    };
    let class = |name: &str, parent, attributes, relations| {
        CiClassEvent::Defined(Box::new(ClassDefinition {
            name: name.to_owned(),
            label: name.to_owned(),
            parent,
            is_abstract: parent.is_none(),
            attributes,
            relations,
            identity: vec![vec!["name".to_owned()]],
            redundancy: Vec::new(),
            out_of_service: vec!["obsolete".to_owned()],
        }))
    };
    let depends = Relation {
        name: "depends_on".to_owned(),
        label: "depends on".to_owned(),
        to: ITEM,
        flow: Flow::Backward,
        single: false,
        downwards: false,
    };
    let common = vec![attribute("status", Kind::Text, false)];
    let memory = attribute("ram", Kind::Integer, false);
    let named = |personal| attribute("name", Kind::Text, personal);
    vec![
        Fact::CiClass(ITEM, class("Item", None, common, vec![depends])),
        Fact::CiClass(SERVER, class("Server", Some(ITEM), vec![named(false)], Vec::new())),
        Fact::CiClass(CONTACT, class("Contact", None, vec![named(true)], Vec::new())),
        Fact::CiClass(SERVER, class("Server", Some(ITEM), vec![named(false), memory], Vec::new())),
    ]
}

fn birth() -> Vec<Fact> {
    let number = |number| Stored::Plain(Datum::Integer(number));
    let depends = |to| Link { relation: "depends_on".to_owned(), to };
    let house = || ("organization", text(&HOUSE.to_string()));
    let database =
        [("name", text("db1")), house(), ("ram", number(64)), ("os_family", text("Linux"))];
    let web =
        [("name", text("web1")), ("status", text("production")), ("os_family", text("Linux"))];
    vec![
        Fact::Ci(HOUSE, registered(ITEM, [("name", text("The house"))], Vec::new())),
        Fact::Ci(DATABASE, registered(SERVER, database, Vec::new())),
        Fact::Ci(WEB, registered(SERVER, web, vec![depends(DATABASE)])),
        Fact::Ci(DOUBLE, registered(SERVER, [("name", text("web-1"))], Vec::new())),
        Fact::Ci(ADA, registered(CONTACT, [("name", own("Ada"))], vec![depends(HOUSE)])),
    ]
}

fn life() -> Vec<Fact> {
    let scan = || origin("scan", 20);
    let changed = |from: &str, to: &str| (Some(text(to)), Some(text(from)), Some(text(to)));
    let house = text(&HOUSE.to_string());
    let new = |value: Stored| (Some(value.clone()), None, Some(value));
    let kept = (Some(text("Unix")), Some(text("Linux")), Some(text("Linux")));
    let taken_back = (None, Some(text("Linux")), Some(text("Unix")));
    let gone = (None, Some(text("Unix")), None);
    let married = (Some(own("Ada L.")), Some(own("Ada")), Some(own("Ada L.")));
    let by_hand = Origin::manual;
    vec![
        Fact::Ci(WEB, CiEvent::Renamed(correction("name", by_hand(), changed("web1", "www")))),
        Fact::Ci(WEB, CiEvent::Corrected(correction("os_family", scan(), kept))),
        Fact::Ci(WEB, CiEvent::Corrected(correction("os_family", by_hand(), taken_back))),
        Fact::Ci(WEB, CiEvent::OwnershipMoved(correction("organization", by_hand(), new(house)))),
        Fact::Ci(WEB, CiEvent::Related(bond("depends_on", HOUSE))),
        Fact::Ci(WEB, CiEvent::Unrelated(bond("depends_on", DATABASE))),
        Fact::Ci(WEB, CiEvent::Related(bond("depends_on", DATABASE))),
        Fact::Ci(WEB, CiEvent::Corrected(correction("os_family", scan(), gone))),
        Fact::Ci(
            WEB,
            CiEvent::StatusMoved(correction("status", by_hand(), changed("production", "stock"))),
        ),
        Fact::Ci(ADA, CiEvent::Renamed(correction("name", by_hand(), married))),
        Fact::Ci(DOUBLE, CiEvent::MergedInto(MergedInto { into: WEB })),
        Fact::Ci(DATABASE, CiEvent::Retired(Retired {})),
    ]
}

/// A source that runs, and what it makes of items.
fn sources() -> Vec<Fact> {
    let scan = || "scan".to_owned();
    let defined = |rank| {
        SyncSourceEvent::Defined(Box::new(Definition {
            name: scan(),
            rank,
            on_none: OnNone::Create,
            on_one: OnOne::Update,
            on_many: OnMany::Queue,
            on_missing: OnMissing::Flag,
            retire_after_days: None,
            owned: BTreeMap::new(),
        }))
    };
    let ran = |complete| SyncSourceEvent::Ran(Run { complete, new: 2, ..Run::default() });
    let missed = || CiEvent::Missed(Missed { source: scan(), since: DateTime::<Utc>::UNIX_EPOCH });
    let found = CiEvent::FoundAgain(FoundAgain { source: scan() });
    let ram = Some(Stored::Plain(Datum::Integer(8)));
    vec![
        Fact::SyncSource(SCAN, defined(20)),
        Fact::SyncSource(SCAN, ran(true)),
        Fact::Ci(
            HOUSE,
            CiEvent::Corrected(correction("ram", origin("scan", 20), (ram.clone(), None, ram))),
        ),
        Fact::Ci(HOUSE, missed()),
        Fact::Ci(HOUSE, found),
        Fact::Ci(HOUSE, missed()),
        Fact::Ci(HOUSE, CiEvent::Likened(Likened { other: WEB, source: scan() })),
        Fact::Ci(HOUSE, CiEvent::Likened(Likened { other: ADA, source: scan() })),
        Fact::Ci(HOUSE, CiEvent::ToldApart(ToldApart { other: ADA })),
        Fact::SyncSource(SCAN, defined(30)),
        Fact::SyncSource(SCAN, ran(false)),
    ]
}

/// Moments with names.
fn moments() -> Vec<Fact> {
    let note = Personal::of(DataSubject::Deployment, "New racks.".to_owned());
    let named = |name: &str, position, note| {
        BaselineEvent::Named(Named { name: name.to_owned(), position, note })
    };
    let renamed = Renamed { name: "Before the racks".to_owned() };
    vec![
        Fact::Baseline(BEFORE, named("Before", Some(3), Some(note))),
        Fact::Baseline(AGREED, named("Agreed", None, None)),
        Fact::Baseline(BEFORE, BaselineEvent::Renamed(renamed)),
        Fact::Baseline(AGREED, BaselineEvent::Withdrawn(Withdrawn {})),
    ]
}

/// Something that tells of the contact.
fn own(text: &str) -> Stored {
    let subject = DataSubject::Person(PersonId(ADA.0));
    Stored::Personal(Personal::of(subject, Datum::Text(text.to_owned())))
}
