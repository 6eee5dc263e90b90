//! A computer: a PC, a server or a virtual machine, with what is in it and around it.

use serde_json::Value;

use super::document::Document;
use super::{Rows, entries, interfaces, said, software, text};
use crate::workers::cis::row::{Named, Said};

/// Chassis of servers.
const SERVERS: [&str; 8] = [
    "Blade",
    "Blade Enclosing",
    "Blade Enclosure",
    "Main Server Chassis",
    "Main System Chassis",
    "Multi-system",
    "Rack Mount Chassis",
    "Server",
];
/// Chassis that are carried about.
const LAPTOPS: [&str; 8] = [
    "Convertible",
    "Detachable",
    "Hand Held",
    "Laptop",
    "Notebook",
    "Portable",
    "Sub Notebook",
    "Tablet",
];
/// Which section tells which attributes.
const TOLD_BY: [(&str, &[&str]); 4] = [
    ("bios", &["serial", "brand", "model", "asset_number"]),
    ("operatingsystem", &["os_family", "os_version"]),
    ("cpus", &["cpu"]),
    ("hardware", &["ram", "type"]),
];

/// The rows of its inventory.
pub(super) fn rows(document: &Document<'_>, rows: &mut Rows) -> Result<(), String> {
    let hardware = document.section("hardware");
    let name = text(hardware, "name").unwrap_or(document.device());
    let class = class(document);
    let host = rows.named(class.unwrap_or(ANY), name);
    rows.item(host.clone(), attributes(document, class)?, Vec::new());
    software::rows(document, (&host, class), rows)?;
    if document.speaks_of("networks") {
        interfaces::of_computer(document, &host, rows)?;
    }
    if class == Some("Server") {
        guests(document, (&host, name), rows)?;
    }
    around(document, name, rows)
}

/// What a partial inventory is of when it does not say so: whatever the machine is registered as.
const ANY: &str = "FunctionalCI";

/// A machine within another is a virtual machine; one in a server's chassis a server; any other a PC.
fn class(document: &Document<'_>) -> Option<&'static str> {
    let hardware = document.section("hardware");
    let system = text(hardware, "vmsystem");
    let chassis = text(hardware, "chassis_type").or_else(|| text(hardware, "type"));
    if system.is_some_and(|system| !system.eq_ignore_ascii_case("physical")) {
        return Some("VirtualMachine");
    }
    match chassis {
        Some(chassis) if SERVERS.contains(&chassis) => Some("Server"),
        Some(_) => Some("PC"),
        None if document.is_partial() => None,
        None => Some("PC"),
    }
}

fn attributes(document: &Document<'_>, class: Option<&str>) -> Result<Vec<(String, Said)>, String> {
    let has = |attribute: &str| match attribute {
        "type" => class == Some("PC"),
        "serial" | "brand" | "model" | "asset_number" => class != Some("VirtualMachine"),
        _ => true,
    };
    let mut attributes = Vec::new();
    for (section, told) in TOLD_BY {
        if !document.speaks_of(section) {
            continue;
        }
        for attribute in told.iter().filter(|attribute| has(attribute)) {
            attributes.push(said(attribute, value(document, attribute)?));
        }
    }
    Ok(attributes)
}

fn value(document: &Document<'_>, attribute: &str) -> Result<Option<String>, String> {
    let (bios, system) = (document.section("bios"), document.section("operatingsystem"));
    let hardware = document.section("hardware");
    let own = |found: Option<&str>| found.map(str::to_owned);
    Ok(match attribute {
        "serial" => own(text(bios, "ssn").or_else(|| text(bios, "msn"))),
        "brand" => own(text(bios, "smanufacturer").or_else(|| text(bios, "mmanufacturer"))),
        "model" => own(text(bios, "smodel").or_else(|| text(bios, "mmodel"))),
        "asset_number" => own(text(bios, "assettag")),
        "os_family" => own(text(system, "name").or_else(|| text(system, "kernel_name"))),
        "os_version" => own(text(system, "version").or_else(|| text(system, "kernel_version"))),
        "cpu" => processors(entries(document.section("cpus"), "cpus")?),
        "ram" => hardware["memory"].as_i64().map(|memory| format!("{memory} MB")),
        _ => own(Some(kind(text(hardware, "chassis_type")))),
    })
}

fn kind(chassis: Option<&str>) -> &'static str {
    match chassis {
        Some(chassis) if LAPTOPS.contains(&chassis) => "laptop",
        _ => "desktop",
    }
}

/// All of them, like ones together: `2 x Intel(R) Xeon(R)`.
fn processors(cpus: &[Value]) -> Option<String> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for name in cpus.iter().filter_map(|cpu| text(cpu, "name").or_else(|| text(cpu, "description")))
    {
        match counted.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counted.push((name, 1)),
        }
    }
    let told = counted.iter().map(|(name, count)| match count {
        1 => (*name).to_owned(),
        count => format!("{count} x {name}"),
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The virtual machines of a server, through its hypervisor. One that is told of no more is not gone:
/// another server may have it.
fn guests(
    document: &Document<'_>,
    (host, name): (&Named, &str),
    rows: &mut Rows,
) -> Result<(), String> {
    let guests = entries(document.section("virtualmachines"), "virtualmachines")?;
    if guests.is_empty() {
        return Ok(());
    }
    let hypervisor = rows.named("Hypervisor", name);
    let on = ("hypervisor_on".to_owned(), Said::Item(Box::new(host.clone())));
    rows.item(hypervisor.clone(), Vec::new(), vec![on]);
    for guest in guests {
        let Some(name) = text(guest, "name") else { continue };
        let memory = guest["memory"].as_i64().map(|memory| format!("{memory} MB"));
        let cpus = guest["vcpu"].as_i64().map(|count| format!("{count} vCPU"));
        let by = ("virtualized_by".to_owned(), Said::Item(Box::new(hypervisor.clone())));
        let told = [("ram", memory), ("cpu", cpus)];
        let told = told.into_iter().filter(|(_, value)| value.is_some());
        let attributes = told.map(|(name, value)| said(name, value)).collect();
        rows.item(rows.named("VirtualMachine", name), attributes, vec![by]);
    }
    Ok(())
}

/// Screens and printers. The classes relate them to no computer, so that none is told to be gone.
fn around(document: &Document<'_>, host: &str, rows: &mut Rows) -> Result<(), String> {
    for screen in entries(document.section("monitors"), "monitors")? {
        let Some(model) = text(screen, "name").or_else(|| text(screen, "caption")) else {
            continue;
        };
        let serial = text(screen, "serial");
        let name = format!("{model} {}", serial.unwrap_or(host));
        let attributes = vec![
            said("serial", serial),
            said("brand", text(screen, "manufacturer")),
            said("model", Some(model)),
            said("description", Some("Monitor")),
        ];
        rows.item(rows.named("Peripheral", &name), attributes, Vec::new());
    }
    for printer in entries(document.section("printers"), "printers")? {
        let Some(name) = text(printer, "name") else { continue };
        let attributes =
            vec![said("serial", text(printer, "serial")), said("model", text(printer, "driver"))];
        rows.item(rows.named("Printer", name), attributes, Vec::new());
    }
    Ok(())
}
