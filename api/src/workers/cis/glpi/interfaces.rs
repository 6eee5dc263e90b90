//! Network interfaces: those of a computer, and the ports of a network device.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde_json::Value;

use super::document::Document;
use super::{Rows, entries, said, text};
use crate::workers::cis::row::{Named, Said};

/// Through which relation an interface is its host's.
pub(super) const INTERFACE_OF: &str = "interface_of";
/// What all interfaces are.
pub(super) const CLASSES: [&str; 1] = ["NetworkInterface"];
/// Letters of a description.
const DESCRIPTION_MAX: usize = 500;
/// Types of ports that are no plugs, by IANA's numbers: virtual, loopback, tunnels, VLANs, groups.
const LOGICAL: [i64; 8] = [1, 24, 53, 131, 135, 136, 150, 161];
/// Bits of a megabit.
const MEGABIT: i64 = 1_000_000;

/// The section tells an interface once for each of its addresses: they are put together.
pub(super) fn of_computer(
    document: &Document<'_>,
    host: &Named,
    rows: &mut Rows,
) -> Result<(), String> {
    let mut names: Vec<(String, &str)> = Vec::new();
    let mut parts: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for entry in entries(document.section("networks"), "networks")? {
        let Some(name) = text(entry, "description").or_else(|| text(entry, "mac")) else {
            continue;
        };
        let key = name.to_lowercase();
        let known = parts.entry(key.clone()).or_default();
        if known.is_empty() {
            names.push((key, name));
        }
        known.push(entry);
    }
    let mut kept = Vec::new();
    for (key, name) in names {
        let all = &parts[&key];
        let any = |field: &str| all.iter().find_map(|entry| text(entry, field));
        let is_virtual = all.iter().any(|entry| entry["virtualdev"].as_bool() == Some(true));
        let class = if is_virtual { "LogicalInterface" } else { "PhysicalInterface" };
        let speed = any("speed").and_then(|speed| speed.parse::<i64>().ok());
        let attributes = vec![
            said("ip", any("ipaddress").or_else(|| any("ipaddress6")).filter(|ip| is_ip(ip))),
            said("mac", any("mac")),
            said("gateway", any("ipgateway").filter(|ip| is_ip(ip))),
            said("mask", any("ipmask").filter(|ip| is_ip(ip))),
            said("speed", speed.filter(|speed| *speed > 0).map(|speed| speed.to_string())),
        ];
        let named = of(class, name, host);
        rows.item(named.clone(), attributes, Vec::new());
        kept.push(named);
    }
    rows.only(host, INTERFACE_OF, &CLASSES, kept);
    Ok(())
}

/// The ports of a network device. What a port is plugged into stands in its description: which of two
/// devices depends on the other, neighbours do not tell.
pub(super) fn of_device(
    document: &Document<'_>,
    host: &Named,
    rows: &mut Rows,
) -> Result<(), String> {
    let mut names = BTreeSet::new();
    let mut kept = Vec::new();
    for port in entries(document.section("network_ports"), "network_ports")? {
        let number = port["ifnumber"].as_i64().map(|number| number.to_string());
        let name = text(port, "ifname").or_else(|| text(port, "ifdescr")).map(str::to_owned);
        let Some(name) = name.or_else(|| number.clone()) else { continue };
        let is_logical = port["iftype"].as_i64().is_some_and(|kind| LOGICAL.contains(&kind));
        let class = if is_logical { "LogicalInterface" } else { "PhysicalInterface" };
        let longer = number.map(|number| format!("{name} {number}"));
        let mut names_of = [Some(name), longer].into_iter().flatten();
        let Some(name) = names_of.find(|name| names.insert(name.to_lowercase())) else { continue };
        let named = of(class, &name, host);
        let speed = port["ifspeed"].as_i64().filter(|speed| *speed > 0);
        let ips = port["ips"].as_array();
        let ip = ips.and_then(|ips| ips.iter().filter_map(Value::as_str).find(|ip| is_ip(ip)));
        let attributes = vec![
            said("ip", ip),
            said("mac", text(port, "mac")),
            said("speed", speed.map(megabits)),
            said("description", description(port)),
        ];
        rows.item(named.clone(), attributes, Vec::new());
        kept.push(named);
    }
    rows.only(host, INTERFACE_OF, &CLASSES, kept);
    Ok(())
}

/// An interface by its name and its host.
fn of(class: &str, name: &str, host: &Named) -> Named {
    Named::plain(class, name).with(INTERFACE_OF, Said::Item(Box::new(host.clone())))
}

/// `U: Uplink; to n9k-1-pa3 Ethernet1/5`.
fn description(port: &Value) -> Option<String> {
    let mut told: Vec<String> = text(port, "ifalias").map(str::to_owned).into_iter().collect();
    let neighbours = port["connections"].as_array().map_or(&[][..], Vec::as_slice);
    for neighbour in neighbours {
        let device = text(neighbour, "sysname").or_else(|| text(neighbour, "ip"));
        let place = text(neighbour, "ifdescr").unwrap_or_default();
        told.extend(device.map(|device| format!("to {device} {place}").trim_end().to_owned()));
    }
    let told: String = told.join("; ").chars().take(DESCRIPTION_MAX).collect();
    (!told.is_empty()).then_some(told)
}

/// Bits a second as megabits.
fn megabits(speed: i64) -> String {
    match speed % MEGABIT {
        0 => (speed / MEGABIT).to_string(),
        rest => format!("{}.{rest:06}", speed / MEGABIT),
    }
}

pub(super) fn is_ip(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}
