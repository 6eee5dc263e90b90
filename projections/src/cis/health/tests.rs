//! What is amiss with items, class by class and one by one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::Fact;
use domain::ci::event::{Missed, ToldApart};
use domain::ci::{CiEvent, Link, Origin};
use domain::ci_class::CiClassEvent;
use domain::cmdb::{Attribute, Catalogue, Datum, Definition, Flow, Kind, Relation, Stored};
use domain::kernel::{CiClassId, CiId};
use uuid::Uuid;

use super::{ClassHealth, Finding, FindingKind, Health, Terms, known_since};
use crate::testing::items::{correction, origin, registered, text};
use crate::testing::{World, at};

const DEVICE: CiClassId = CiClassId(Uuid::from_u128(0xd1));
const LAPTOP: CiClassId = CiClassId(Uuid::from_u128(0xd2));
const SITE: CiClassId = CiClassId(Uuid::from_u128(0xd3));

const fn item(nr: u128) -> CiId {
    CiId(Uuid::from_u128(0xd00 + nr))
}

fn definition(name: &str, parent: Option<CiClassId>) -> Definition {
    Definition {
        name: name.to_owned(),
        label: name.to_owned(),
        parent,
        is_abstract: false,
        attributes: Vec::new(),
        relations: Vec::new(),
        identity: vec![vec!["name".to_owned()]],
        redundancy: Vec::new(),
        out_of_service: Vec::new(),
    }
}

fn attribute(name: &str, recommended: bool) -> Attribute {
    Attribute {
        name: name.to_owned(),
        label: name.to_owned(),
        kind: Kind::Text,
        choices: Vec::new(),
        of: None,
        list: false,
        required: false,
        recommended,
        default: None,
        personal: false,
    }
}

/// Devices, which can be at sites; laptops are devices.
fn classes() -> [(CiClassId, Definition); 3] {
    let stands = Relation {
        name: "stands_at".to_owned(),
        label: "stands at".to_owned(),
        to: SITE,
        flow: Flow::None,
        single: true,
        downwards: false,
    };
    let device = Definition {
        attributes: vec![
            attribute("name", false),
            attribute("serial", false),
            attribute("brand", true),
        ],
        relations: vec![stands],
        ..definition("Device", None)
    };
    let site =
        Definition { attributes: vec![attribute("name", false)], ..definition("Site", None) };
    [(DEVICE, device), (LAPTOP, definition("Laptop", Some(DEVICE))), (SITE, site)]
}

fn new(nr: u128, class: CiClassId, said: &[(&'static str, &str)]) -> Fact {
    let said = said.iter().map(|(name, value)| (*name, text(value)));
    Fact::Ci(item(nr), registered(class, said, Vec::new()))
}

fn placed(nr: u128, class: CiClassId, said: &[(&'static str, &str)]) -> Fact {
    let said = said.iter().map(|(name, value)| (*name, text(value)));
    let at = Link { relation: "stands_at".to_owned(), to: item(9) };
    Fact::Ci(item(nr), registered(class, said, vec![at]))
}

async fn world() -> (World, Catalogue) {
    let world = World::new().await;
    let defined = classes().map(|(id, it)| Fact::CiClass(id, CiClassEvent::Defined(Box::new(it))));
    let brand = ("brand", "Acme");
    let told_apart =
        |from, other| Fact::Ci(item(from), CiEvent::ToldApart(ToldApart { other: item(other) }));
    let given = Some(Stored::Plain(Datum::Text("scanned".to_owned())));
    let scanned = correction("brand", origin("scan", 20), (given.clone(), None, given));
    let missed = Missed { source: "scan".to_owned(), since: at(7) };
    let facts = [
        new(9, SITE, &[("name", "Home")]),
        placed(1, DEVICE, &[("name", "Web 1"), ("serial", "S-0001"), brand]),
        placed(2, LAPTOP, &[("name", "web-1"), ("serial", "S-0002"), brand]),
        placed(3, DEVICE, &[("name", "web-1-1"), ("serial", "s-0001"), brand]),
        placed(4, DEVICE, &[("name", "web-11"), ("serial", "None"), brand]),
        new(5, DEVICE, &[("name", "lost"), ("serial", "none")]),
        placed(6, DEVICE, &[("name", "twin"), brand]),
        placed(7, DEVICE, &[("name", "twin."), brand]),
        placed(8, DEVICE, &[("name", "seen")]),
        told_apart(6, 7),
        told_apart(7, 6),
        Fact::Ci(item(8), CiEvent::Corrected(scanned)),
        Fact::Ci(item(8), CiEvent::Missed(missed)),
    ];
    world.say(&[defined.to_vec(), facts.to_vec()].concat()).await;
    world.settled().await;
    world.project().await;
    (world, Catalogue::of(classes().map(|(id, it)| (id, 1, it))))
}

fn looked(catalogue: &Catalogue, class: Option<CiClassId>) -> Health {
    let terms = Terms::of(catalogue, class);
    Health { terms, stale_before: at(8) + TimeDelta::seconds(1), heard: Vec::new() }
}

async fn found(world: &World, health: &Health, kind: FindingKind) -> Vec<Finding> {
    health.findings(world.pool(), kind, (100, None)).await.unwrap()
}

fn ids(found: &[Finding]) -> BTreeSet<CiId> {
    found.iter().map(|finding| finding.ci_id).collect()
}

#[tokio::test]
async fn each_kind_has_its_list_and_its_reasons() {
    let (world, catalogue) = world().await;
    let health = looked(&catalogue, None);
    let incomplete = found(&world, &health, FindingKind::Incomplete).await;
    assert_eq!(ids(&incomplete), [item(5)].into());
    assert_eq!(incomplete[0].names, ["brand"]);
    assert_eq!(ids(&found(&world, &health, FindingKind::Orphan).await), [item(5)].into());
    let missing = found(&world, &health, FindingKind::Missing).await;
    assert_eq!((missing[0].ci_id, missing[0].since), (item(8), Some(at(7))));
    assert_eq!(missing[0].names, ["scan"]);
    let stale = found(&world, &health, FindingKind::Stale).await;
    assert!(ids(&stale).contains(&item(1)) && !ids(&stale).contains(&item(8)));
    let twice = found(&world, &health, FindingKind::Duplicate).await;
    let told: BTreeMap<CiId, (Vec<String>, Vec<CiId>)> =
        twice.into_iter().map(|it| (it.ci_id, (it.names, it.others))).collect();
    let both = vec!["name".to_owned(), "serial".to_owned()];
    assert_eq!(told[&item(1)], (both.clone(), vec![item(2), item(3)]));
    assert_eq!(told[&item(2)], (both[..1].to_vec(), vec![item(1)]));
    assert_eq!(told[&item(3)], (both[1..].to_vec(), vec![item(1)]));
    assert_eq!(told.len(), 3, "web-11 is not web-1-1, and the twins were told apart");
}

#[tokio::test]
async fn counts_are_those_of_the_lists_and_pages_go_on() {
    let (world, catalogue) = world().await;
    for class in [None, Some(DEVICE), Some(LAPTOP)] {
        let health = looked(&catalogue, class);
        let classes = health.by_class(world.pool()).await.unwrap();
        for kind in [
            FindingKind::Incomplete,
            FindingKind::Stale,
            FindingKind::Orphan,
            FindingKind::Duplicate,
            FindingKind::Missing,
        ] {
            let all = found(&world, &health, kind).await;
            let counted: i64 = classes.iter().map(|class| class.count(kind)).sum();
            assert_eq!(counted, all.len() as i64, "{kind:?} of {class:?}");
            let mut walked = Vec::new();
            let mut after = None;
            loop {
                let page = health.findings(world.pool(), kind, (1, after)).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.ci_id);
                walked.extend(page);
            }
            assert_eq!(walked, all, "{kind:?} of {class:?}");
        }
    }
    let devices = looked(&catalogue, Some(LAPTOP)).by_class(world.pool()).await.unwrap();
    let laptop = ClassHealth {
        class_id: LAPTOP,
        total: 1,
        healthy: 0,
        incomplete: 0,
        stale: 1,
        orphan: 0,
        duplicate: 1,
        missing: 0,
    };
    assert_eq!(devices, [laptop]);
}

#[tokio::test]
async fn what_a_source_sends_completely_is_not_stale() {
    let (world, catalogue) = world().await;
    let health = Health { heard: vec!["manual".to_owned()], ..looked(&catalogue, None) };
    assert!(found(&world, &health, FindingKind::Stale).await.is_empty());
    let since = known_since(world.pool(), &[item(8)]).await.unwrap();
    let scan = since.iter().find(|(_, source, ..)| source == "scan").unwrap();
    assert_eq!((scan.2, scan.3), (at(14), at(14)));
    assert!(since.iter().any(|(_, source, ..)| source == Origin::MANUAL));
}
