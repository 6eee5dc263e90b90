//! The standard classes: that they are all that was promised, and that each is a class anybody
//! could have defined.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{missing, standard_classes, standard_id};
use crate::ci_class::command::Define;
use crate::ci_class::{CiClass, CiClassCommand};
use crate::cmdb::{Catalogue, Definition, Flow, Kind, NamedDefinition};
use crate::kernel::testing::{context, world};
use crate::kernel::{CiClassId, Command as _};

/// Relation, from, to, which way impact flows, at most one `to`.
const RELATIONS: [(&str, &str, &str, Flow, bool); 24] = [
    ("runs_on", "SoftwareInstance", "FunctionalCI", Flow::Backward, true),
    ("depends_on", "ApplicationSolution", "FunctionalCI", Flow::Backward, false),
    ("supports", "ApplicationSolution", "BusinessProcess", Flow::Forward, false),
    ("hosted_by_middleware", "MiddlewareInstance", "Middleware", Flow::Backward, true),
    ("hosted_by_dbserver", "DatabaseSchema", "DBServer", Flow::Backward, true),
    ("hosted_by_webserver", "WebApplication", "WebServer", Flow::Backward, true),
    ("hypervisor_on", "Hypervisor", "Server", Flow::Backward, true),
    ("member_of_farm", "Hypervisor", "Farm", Flow::Forward, true),
    ("virtualized_by", "VirtualMachine", "VirtualHost", Flow::Backward, true),
    ("downlink", "NetworkDevice", "ConnectableCI", Flow::Forward, false),
    ("in_enclosure", "DatacenterDevice", "Enclosure", Flow::Backward, true),
    ("power_a", "DatacenterDevice", "PowerConnection", Flow::Backward, true),
    ("power_b", "DatacenterDevice", "PowerConnection", Flow::Backward, true),
    ("power_start", "PDU", "PowerConnection", Flow::Backward, true),
    ("volume_of", "LogicalVolume", "StorageSystem", Flow::Backward, true),
    ("volume_for_server", "LogicalVolume", "Server", Flow::Forward, false),
    ("volume_for_virtual", "LogicalVolume", "VirtualDevice", Flow::Forward, false),
    ("san_port", "SANSwitch", "DatacenterDevice", Flow::Forward, false),
    ("tape_of", "Tape", "TapeLibrary", Flow::Backward, true),
    ("file_system_of", "NASFileSystem", "NAS", Flow::Backward, true),
    ("contact_of", "Contact", "FunctionalCI", Flow::Backward, false),
    ("licensed_by", "FunctionalCI", "Licence", Flow::None, true),
    ("instance_of", "SoftwareInstance", "Software", Flow::None, true),
    ("interface_of", "NetworkInterface", "FunctionalCI", Flow::None, true),
];

/// As an installation has them that began with nothing.
fn catalogue() -> Catalogue {
    defined(missing(&Catalogue::default()))
}

/// Defines them one after the other, as the system does.
fn defined(wanted: Vec<(CiClassId, Definition)>) -> Catalogue {
    let mut all: BTreeMap<CiClassId, (CiClass, i64)> = BTreeMap::new();
    let mut catalogue = Catalogue::default();
    for (id, definition) in wanted {
        let name = definition.name.clone();
        let (class, version) = all.entry(id).or_default();
        let mut cx = context(world::ANNA);
        cx.facts.catalogue = Some(Arc::new(catalogue));
        let define = CiClassCommand::Define(Box::new(Define { id, definition }));
        let events =
            define.decide(class, &cx).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        assert_eq!(events.len(), 1, "{name} is defined by each step");
        for event in events {
            class.evolve(event);
            *version += 1;
        }
        let said = all.iter().filter_map(|(id, (class, version))| {
            Some((*id, *version, class.0.as_ref()?.definition.clone()))
        });
        catalogue = Catalogue::of(said);
    }
    catalogue
}

#[test]
fn the_file_defines_classes_that_anybody_could() {
    let catalogue = catalogue();
    assert_eq!(catalogue.classes().count(), standard_classes().len());
    for class in standard_classes() {
        let found = catalogue.by_name(&class.name).unwrap();
        assert_eq!(found.id, standard_id(&class.name));
        assert!(found.is_abstract || !found.key().is_empty(), "{} has a key", class.name);
    }
}

#[test]
fn names_are_unique_and_labels_are_there() {
    let names: BTreeSet<String> =
        standard_classes().iter().map(|class| class.name.to_lowercase()).collect();
    assert_eq!(names.len(), standard_classes().len());
    for class in standard_classes() {
        let labels = class.attributes.iter().map(|it| (&it.name, &it.label));
        let labels = labels.chain(class.relations.iter().map(|it| (&it.name, &it.label)));
        let none: Vec<&String> =
            labels.filter(|(_, label)| label.is_empty()).map(|(name, _)| name).collect();
        assert!(none.is_empty() && !class.label.is_empty(), "{}: {none:?}", class.name);
    }
}

#[test]
fn every_relation_goes_and_flows_as_designed() {
    let catalogue = catalogue();
    for (name, from, to, flow, single) in RELATIONS {
        let (owner, relation) = catalogue.relation(name).unwrap();
        let called = |id| catalogue.by_id(id).unwrap().name.as_str();
        assert_eq!((called(owner), called(relation.to)), (from, to), "{name}");
        assert_eq!((relation.flow, relation.single), (flow, single), "{name}");
        assert_eq!(relation.downwards, name == "contact_of", "{name}");
    }
    let flowing = catalogue.relations().into_values().filter(|it| it.flow != Flow::None).count();
    let designed = RELATIONS.iter().filter(|(.., flow, _)| *flow != Flow::None).count();
    assert_eq!(flowing, designed, "no other relation passes impact on");
}

#[test]
fn redundancy_is_as_shipped() {
    let catalogue = catalogue();
    for (class, relations, enabled, fixed) in [
        ("Server", vec!["power_a", "power_b"], true, true),
        ("Farm", vec!["member_of_farm"], true, false),
        ("ApplicationSolution", vec!["depends_on"], false, false),
    ] {
        let class = catalogue.by_name(class).unwrap();
        let [rule] = class.redundancy.as_slice() else { panic!("{} has one rule", class.name) };
        assert_eq!(rule.relations, relations);
        assert_eq!((rule.enabled, rule.fixed), (enabled, fixed), "{}", class.name);
        assert_eq!(rule.min_up, 1.into());
        let said = class.attribute("redundancy").map(|attribute| attribute.kind);
        assert_eq!(said, (!fixed).then_some(Kind::Redundancy), "{}", class.name);
    }
}

#[test]
fn keys_are_as_files_name_them() {
    let catalogue = catalogue();
    let of = |name: &str| catalogue.by_name(name).unwrap().key().join(" ");
    for (class, key) in [
        ("Server", "name organization"),
        ("DatabaseSchema", "name organization"),
        ("DBServer", "name organization runs_on"),
        ("Person", "name first_name organization"),
        ("Team", "name organization"),
        ("Organization", "name"),
        ("ServiceSubcategory", "name service"),
        ("PhysicalInterface", "name interface_of"),
        ("LogicalVolume", "name"),
        ("Brand", "name"),
    ] {
        assert_eq!(of(class), key, "{class}");
    }
    for class in catalogue.classes().filter(|class| !class.is_abstract) {
        let whose = class.attribute("organization").is_some();
        assert!(!whose || class.key().iter().any(|part| part == "organization"), "{}", class.name);
    }
}

#[test]
fn what_is_out_of_service_neither_falls_nor_fells() {
    let catalogue = catalogue();
    for class in catalogue.classes() {
        let Some(status) = class.attribute("status") else { continue };
        let over = |word: &&String| ["obsolete", "inactive"].contains(&word.as_str());
        let over: Vec<String> = status.choices.iter().filter(over).cloned().collect();
        assert_eq!(class.out_of_service, over, "{}", class.name);
    }
}

#[test]
fn what_tells_of_a_person_is_sealed() {
    let catalogue = catalogue();
    let person = catalogue.by_name("Person").unwrap();
    for name in ["name", "first_name", "email", "phone", "mobile_phone", "employee_number"] {
        assert!(person.attribute(name).unwrap().personal, "{name}");
    }
    assert!(!catalogue.by_name("Team").unwrap().attribute("name").unwrap().personal);
}

#[test]
fn only_what_is_missing_is_defined_and_for_good() {
    let all = catalogue();
    assert_eq!(missing(&all), []);
    let own = CiClassId(uuid::Uuid::from_u128(7));
    let there = all.classes().filter_map(|class| {
        let mut said = definition(class.id)?;
        let id = match said.name.as_str() {
            "Hypervisor" | "Brand" => return None,
            "Server" => own,
            "Tablet" => {
                said.name = "Slate".to_owned();
                class.id
            }
            _ => class.id,
        };
        Some((id, 1, said))
    });
    let wanted = missing(&Catalogue::of(there));
    let names: Vec<&str> = wanted.iter().map(|(_, class)| class.name.as_str()).collect();
    assert_eq!(names, ["Hypervisor", "Brand"], "neither what is elsewhere nor what is renamed");
    assert_eq!(wanted[0].1.relations[0].to, own, "a class that was there under another identity");
}

/// As it is shipped, as a whole.
fn definition(id: CiClassId) -> Option<Definition> {
    let all = missing(&Catalogue::default());
    all.into_iter().rfind(|(other, _)| *other == id).map(|(_, definition)| definition)
}

#[test]
fn a_class_said_with_names_is_the_class_again() {
    let catalogue = catalogue();
    for (id, definition) in missing(&Catalogue::default()) {
        let said = NamedDefinition::of(&definition, &catalogue);
        let id_of = |name: &str| catalogue.by_name(name).map(|class| class.id);
        assert_eq!(said.clone().resolved(id_of), Ok(definition), "{id}");
        let text = serde_json::to_string(&said).unwrap();
        assert_eq!(serde_json::from_str::<NamedDefinition>(&text).unwrap(), said);
    }
    let unknown = standard_classes()[1].clone().resolved(|_| None).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "attributes[1].of names the class Organization, which does not exist"
    );
}
