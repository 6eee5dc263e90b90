//! K1 to K7

use crate::ci_class::command::Define;
use crate::ci_class::{CiClass, CiClassCommand, CiClassEvent, CiClassRefusal};
use crate::cmdb::testing::{
    FUNCTIONAL, NO_CLASS, ORGANIZATION, SERVER, SOFTWARE, bare, catalogue, facts, relation, text,
};
use crate::cmdb::{
    Attribute, Datum, Definition, Kind, Measure, RedundancyRule, Relation, ValueFault,
};
use crate::kernel::testing::{self, Outcome};
use crate::kernel::{CiClassId, ClaimChange, ClaimKey, Command};
use uuid::Uuid;

const NEW: CiClassId = CiClassId(Uuid::from_u128(0x66));

fn define(id: CiClassId, definition: Definition) -> Outcome<CiClassCommand> {
    let class = catalogue().definition(id).cloned();
    let before = class.map(|definition| CiClassEvent::Defined(Box::new(definition)));
    let define = CiClassCommand::Define(Box::new(Define { id, definition }));
    testing::given(before).knowing(facts()).when(define)
}

fn rack() -> Definition {
    let units = Attribute { kind: Kind::Integer, ..text("nb_u") };
    Definition { attributes: vec![units], ..bare("Rack", Some(FUNCTIONAL)) }
}

fn server() -> Definition {
    catalogue().definition(SERVER).cloned().unwrap()
}

#[test]
fn k1_each_definition_is_a_version_and_the_same_again_is_none() {
    let first = define(NEW, rack()).state();
    assert_eq!(first.0.unwrap().version, 1);
    define(SERVER, server()).nothing();
    let labelled = Definition { label: "Machine".to_owned(), ..server() };
    assert_eq!(define(SERVER, labelled).state().0.unwrap().version, 2);
}

#[test]
fn k1_a_name_is_claimed_whatever_its_case() {
    let defined = CiClassEvent::Defined(Box::new(rack()));
    let held = CiClassCommand::claims(&CiClass::default(), &defined);
    let key = ClaimKey::Plain("rack".to_owned());
    assert_eq!(held, [ClaimChange::Hold { scope: "ci_class.name", key }]);
}

#[test]
fn k2_a_parent_is_there_and_not_below() {
    let of = |parent| Definition { parent: Some(parent), ..rack() };
    let unknown = CiClassRefusal::ParentUnknown { parent: NO_CLASS };
    define(NEW, of(NO_CLASS)).refused(unknown);
    define(NEW, of(NEW)).refused(CiClassRefusal::ParentCircular { parent: NEW });
    let circle =
        Definition { parent: Some(SERVER), ..catalogue().definition(FUNCTIONAL).cloned().unwrap() };
    define(FUNCTIONAL, circle).refused(CiClassRefusal::ParentCircular { parent: SERVER });
    let moved = Definition { parent: Some(SOFTWARE), ..server() };
    define(SERVER, moved).refused(CiClassRefusal::ParentFixed);
}

#[test]
fn k3_names_are_words_and_there_once() {
    let with = |name: &str| Definition { attributes: vec![text(name)], ..rack() };
    for bad in ["", "Name", "9lives", "a-b", "näme"] {
        define(NEW, with(bad)).refused(CiClassRefusal::WordUnfit(bad.to_owned()));
    }
    let long = "a".repeat(64);
    define(NEW, with(&long)).refused(CiClassRefusal::WordUnfit(long));
    define(NEW, with("name")).refused(CiClassRefusal::NameTwice { name: "name".to_owned() });
    let twice = Definition { attributes: vec![text("a"), text("a")], ..rack() };
    define(NEW, twice).refused(CiClassRefusal::NameTwice { name: "a".to_owned() });
    let functional = catalogue().definition(FUNCTIONAL).cloned().unwrap();
    let mut below = functional.clone();
    below.attributes.push(text("cpu"));
    define(FUNCTIONAL, below).refused(CiClassRefusal::NameTwice { name: "cpu".to_owned() });
    let taken = Definition { relations: vec![relation("runs_on", SERVER)], ..rack() };
    define(NEW, taken).refused(CiClassRefusal::RelationTaken { name: "runs_on".to_owned() });
    let attributes = (0..199).map(|nr| text(&format!("a{nr}"))).collect();
    define(NEW, Definition { attributes, ..rack() }).refused(CiClassRefusal::TooManyAttributes);
}

#[test]
fn k4_what_was_defined_stays_what_it_is() {
    let refused = |name: &str| CiClassRefusal::MadeOtherwise { name: name.to_owned() };
    let mut gone = server();
    gone.attributes.remove(1);
    define(SERVER, gone).refused(refused("cpu"));
    let mut text = server();
    text.attributes[1].kind = Kind::Text;
    define(SERVER, text).refused(refused("cpu"));
    let mut fewer = server();
    fewer.attributes[0].choices.truncate(1);
    fewer.out_of_service.clear();
    define(SERVER, fewer).refused(refused("status"));
    let mut more = server();
    more.attributes[0].choices.push("stock".to_owned());
    more.attributes[1].required = true;
    define(SERVER, more).acts();
    let mut software = catalogue().definition(SOFTWARE).cloned().unwrap();
    software.relations[0].single = false;
    define(SOFTWARE, software).refused(refused("runs_on"));
}

#[test]
fn k5_choices_classes_and_defaults_fit() {
    let with = |attribute| define(NEW, Definition { attributes: vec![attribute], ..rack() });
    let choices = CiClassRefusal::ChoicesUnfit { attribute: "a".to_owned() };
    with(Attribute { kind: Kind::Enum, ..text("a") }).refused(choices.clone());
    with(Attribute { choices: vec!["x".to_owned()], ..text("a") }).refused(choices.clone());
    let twice = vec!["x".to_owned(), "x".to_owned()];
    with(Attribute { kind: Kind::Enum, choices: twice, ..text("a") }).refused(choices);
    let unknown = CiClassRefusal::ClassUnknown { name: "a".to_owned() };
    with(Attribute { kind: Kind::Reference, ..text("a") }).refused(unknown.clone());
    with(Attribute { kind: Kind::Reference, of: Some(NO_CLASS), ..text("a") })
        .refused(unknown.clone());
    with(Attribute { of: Some(ORGANIZATION), ..text("a") }).refused(unknown);
    with(Attribute { kind: Kind::Reference, of: Some(NEW), ..text("a") }).acts();
    let default = Some(Datum::Text("ten".to_owned()));
    with(Attribute { kind: Kind::Integer, default, ..text("a") }).refused(
        CiClassRefusal::DefaultUnfit {
            attribute: "a".to_owned(),
            fault: ValueFault::Kind(Kind::Integer),
        },
    );
    let lost = Definition { relations: vec![relation("in", NO_CLASS)], ..rack() };
    define(NEW, lost).refused(CiClassRefusal::ClassUnknown { name: "in".to_owned() });
}

#[test]
fn k6_items_are_told_apart_by_single_values() {
    let by =
        |part: &str| define(NEW, Definition { identity: vec![vec![part.to_owned()]], ..rack() });
    by("nb_u").acts();
    for part in ["colour", "runs_on"] {
        by(part).refused(CiClassRefusal::IdentityUnfit { part: part.to_owned() });
    }
    let alone = Definition { relations: vec![relation("in", SERVER)], ..rack() };
    let set = |parts: &[&str]| parts.iter().map(|part| (*part).to_owned()).collect();
    let first = Definition { identity: vec![set(&["in", "name"])], ..alone.clone() };
    define(NEW, first).refused(CiClassRefusal::IdentityUnfit { part: "in".to_owned() });
    define(NEW, Definition { identity: vec![set(&["name", "in"])], ..alone }).acts();
    define(NEW, bare("Thing", None)).refused(CiClassRefusal::IdentityMissing);
    let other = Definition { identity: vec![set(&["name"])], ..server() };
    define(SERVER, other).refused(CiClassRefusal::IdentityFixed);
}

#[test]
fn k7_one_redundancy_at_most_is_for_items_to_change() {
    let rule = |min_up: &str, measure, fixed| RedundancyRule {
        relations: vec!["runs_on".to_owned()],
        enabled: true,
        min_up: min_up.parse().unwrap(),
        measure,
        fixed,
    };
    let with = |redundancy| define(NEW, Definition { redundancy, ..rack() });
    with(vec![rule("1", Measure::Count, false), rule("1", Measure::Count, true)]).acts();
    let unfit = || CiClassRefusal::RedundancyUnfit;
    with(vec![rule("1", Measure::Count, false); 2]).refused(unfit());
    with(vec![rule("-1", Measure::Count, true)]).refused(unfit());
    with(vec![rule("100.1", Measure::Percent, true)]).refused(unfit());
    with(vec![RedundancyRule { relations: vec![], ..rule("1", Measure::Count, true) }])
        .refused(unfit());
    let away = Definition { out_of_service: vec!["lost".to_owned()], ..server() };
    define(SERVER, away).refused(CiClassRefusal::StatusUnknown("lost".to_owned()));
}

#[test]
fn what_is_inherited_comes_first_and_a_relation_has_one_owner() {
    let catalogue = catalogue();
    let server = catalogue.by_name("SERVER").unwrap();
    let names: Vec<&str> = server.attributes.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["name", "organization", "status", "cpu", "twins"]);
    assert_eq!(server.key(), ["name", "organization"]);
    let (owner, found): (_, &Relation) = catalogue.relation("runs_on").unwrap();
    assert_eq!((owner, found.to), (SOFTWARE, FUNCTIONAL));
    assert!(catalogue.is_a(SERVER, FUNCTIONAL) && !catalogue.is_a(FUNCTIONAL, SERVER));
}
