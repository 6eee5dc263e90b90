//! A network device: itself and its ports.

use std::net::IpAddr;

use serde_json::Value;

use super::document::Document;
use super::{Rows, interfaces, said, text};

/// The rows of its inventory.
pub(super) fn rows(document: &Document<'_>, rows: &mut Rows) -> Result<(), String> {
    let device = document.section("network_device");
    let name = text(device, "name").unwrap_or(document.device());
    let host = rows.named("NetworkDevice", name);
    let mut attributes = Vec::new();
    if document.speaks_of("network_device") {
        let memory = device["ram"].as_i64().or_else(|| device["memory"].as_i64());
        attributes.extend([
            said("serial", text(device, "serial")),
            said("brand", text(device, "manufacturer")),
            said("model", text(device, "model")),
            said("asset_number", text(device, "assettag")),
            said("type", text(device, "type")),
            said("ios_version", text(device, "firmware")),
            said("ram", memory.map(|memory| format!("{memory} MB"))),
            said("management_ip", management_ip(device)),
        ]);
    }
    rows.item(host.clone(), attributes, Vec::new());
    if document.speaks_of("network_ports") {
        interfaces::of_device(document, &host, rows)?;
    }
    Ok(())
}

/// The first address that is not the device's own to itself.
fn management_ip(device: &Value) -> Option<&str> {
    let ips = device["ips"].as_array()?.iter().filter_map(Value::as_str);
    let outer = |ip: &&str| ip.parse::<IpAddr>().is_ok_and(|ip| !ip.is_loopback());
    ips.into_iter().find(outer)
}
