//! The rows of two real inventories, and of what is cut out of one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::rows;
use crate::workers::cis::mapping::Mapping;
use crate::workers::cis::row::{Body, Item, Row};

const COMPUTER: &str = include_str!("../../../../../tests/data/glpi-inventory/computer_1.json");
const SWITCH: &str =
    include_str!("../../../../../tests/data/glpi-inventory/networkequipment_1.json");

fn of(text: &str, mapping: &str) -> Vec<Row> {
    rows(text.as_bytes(), &toml::from_str::<Mapping>(mapping).unwrap()).unwrap()
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(COMPUTER).unwrap();
    change(&mut value);
    value.to_string()
}

fn fault(text: &str) -> String {
    rows(text.as_bytes(), &Mapping::default()).map(|rows| rows.len()).unwrap_err()
}

fn items(rows: &[Row]) -> Vec<&Item> {
    rows.iter()
        .filter_map(|row| match row.body.as_ref().unwrap() {
            Body::Item(item) => Some(item.as_ref()),
            _ => None,
        })
        .collect()
}

fn classes(rows: &[Row]) -> BTreeMap<&str, usize> {
    let mut classes = BTreeMap::new();
    for item in items(rows) {
        *classes.entry(item.named.class.as_str()).or_default() += 1;
    }
    classes
}

/// Which relations of which classes are told to be all there is, and how many are kept.
fn only(rows: &[Row]) -> Vec<(&str, &str, usize)> {
    rows.iter()
        .filter_map(|row| match row.body.as_ref().unwrap() {
            Body::Only(only) => Some((only.relation.as_str(), only.classes[0], only.kept.len())),
            _ => None,
        })
        .collect()
}

fn said(item: &Item) -> BTreeMap<&str, String> {
    item.attributes.iter().map(|(name, said)| (name.as_str(), said.shown())).collect()
}

#[test]
fn a_laptop_is_a_pc_with_programs_interfaces_a_screen_and_a_printer() {
    let rows = of(COMPUTER, "[tags]\n\"000005\" = \"Demo\"");
    let expected = BTreeMap::from([
        ("LogicalInterface", 3),
        ("PC", 1),
        ("PCSoftware", 6),
        ("Peripheral", 1),
        ("PhysicalInterface", 2),
        ("Printer", 1),
        ("Software", 6),
    ]);
    assert_eq!(classes(&rows), expected);
    let all = items(&rows);
    assert_eq!(all[0].named.shown(), "PC glpixps, Demo");
    let machine = said(all[0]);
    assert_eq!(machine["serial"], "640HP72");
    assert_eq!(machine["brand"], "Dell Inc.");
    assert_eq!(machine["os_family"], "Fedora");
    assert_eq!(machine["cpu"], "Intel(R) Core(TM) i5-6200U CPU @ 2.30GHz");
    assert_eq!((machine["ram"].as_str(), machine["type"].as_str()), ("7800 MB", "laptop"));
    let expected = [
        ("runs_on", "PCSoftware", 6),
        ("runs_on", "DBServer", 0),
        ("interface_of", "NetworkInterface", 5),
    ];
    assert_eq!(only(&rows), expected);
    let wifi = all.iter().find(|item| item.named.shown().contains("wlp58s0")).unwrap();
    assert_eq!(said(wifi)["ip"], "192.168.1.118");
    assert_eq!(said(wifi)["mac"], "44:85:00:2b:90:bc");
}

#[test]
fn a_switch_is_a_network_device_with_its_ports() {
    let rows = of(SWITCH, "organization = \"Demo\"");
    let expected = BTreeMap::from([
        ("LogicalInterface", 20),
        ("NetworkDevice", 1),
        ("PhysicalInterface", 163),
    ]);
    assert_eq!(classes(&rows), expected);
    let device = said(items(&rows)[0]);
    assert_eq!(device["management_ip"], "10.2.5.10");
    assert_eq!(device["ios_version"], "5.0(3)N2(4.02b)");
    assert_eq!(only(&rows), [("interface_of", "NetworkInterface", 183)]);
    let all = items(&rows);
    let uplink = all.iter().find(|item| item.named.key[0].1.shown() == "Ethernet1/15").unwrap();
    assert_eq!(said(uplink)["description"], "U: Uplink; to n9k-2-pa3 Ethernet1/5");
}

#[test]
fn a_partial_inventory_speaks_of_its_sections_alone() {
    let partial = changed(|all| {
        let softwares = all["content"]["softwares"].take();
        all["content"] = json!({"softwares": softwares});
        all["partial"] = json!(true);
    });
    let rows = of(&partial, "");
    let expected = BTreeMap::from([("FunctionalCI", 1), ("Software", 6), ("SoftwareInstance", 6)]);
    assert_eq!(classes(&rows), expected);
    assert_eq!(items(&rows)[0].named.shown(), "FunctionalCI glpixps", "called as its id begins");
    assert!(items(&rows)[0].attributes.is_empty());
    assert_eq!(only(&rows), [("runs_on", "PCSoftware", 6)]);
}

#[test]
fn the_chassis_says_what_a_machine_is() {
    let class = |field: &str, value: &str| {
        let text = changed(|all| all["content"]["hardware"][field] = json!(value));
        items(&of(&text, ""))[0].named.class.clone()
    };
    assert_eq!(class("chassis_type", "Rack Mount Chassis"), "Server");
    assert_eq!(class("chassis_type", "Desktop"), "PC");
    assert_eq!(class("vmsystem", "KVM"), "VirtualMachine");
}

#[test]
fn two_releases_of_a_program_are_two_items_and_the_same_twice_is_one() {
    let twice = changed(|all| {
        let programs = all["content"]["softwares"].as_array_mut().unwrap();
        let mut newer = programs[0].clone();
        programs.push(newer.clone());
        newer["version"] = json!("4.0");
        programs.push(newer);
    });
    let rows = of(&twice, "");
    assert_eq!(classes(&rows)["PCSoftware"], 7);
    let names: Vec<String> = items(&rows)
        .iter()
        .filter(|item| item.named.class == "PCSoftware")
        .map(|item| item.named.key[0].1.shown())
        .filter(|name| name.starts_with("gitg"))
        .collect();
    assert_eq!(names, ["gitg", "gitg 4.0"]);
}

#[test]
fn what_is_no_inventory_is_refused_in_a_sentence() {
    assert!(fault("{}").contains("content is missing"));
    assert!(fault(r#"{"content": {}}"#).contains("deviceid is missing"));
    assert!(fault(r#"{"content": {}, "deviceid": "x", "itemtype": "Phone"}"#).contains("Phone"));
    assert!(fault(r#"{"content": {}, "deviceid": "x", "deviceid": "y"}"#).contains("twice"));
    assert!(fault(&changed(|all| all["content"]["softwares"] = json!(3))).contains("no list"));
    assert!(fault(&changed(|all| all["partial"] = json!("yes"))).contains("partial"));
    assert_eq!(rows(b"\xff", &Mapping::default()).map(|r| r.len()).unwrap_err(), "it is not UTF-8");
}
