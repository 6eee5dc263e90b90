//! The document around the sections.

use chrono::NaiveDateTime;
use serde_json::Value;

/// Letters of the instant at the end of a device's id: `-2018-07-09-09-07-13`.
const STAMP: usize = 20;

/// See the module.
pub(super) struct Document<'v> {
    whole: &'v Value,
    content: &'v Value,
}

impl<'v> Document<'v> {
    pub(super) fn new(whole: &'v Value) -> Result<Self, String> {
        let content = &whole["content"];
        if !content.is_object() {
            return Err("it is no inventory: content is missing".to_owned());
        }
        if super::text(whole, "deviceid").is_none() {
            return Err("it is no inventory: deviceid is missing".to_owned());
        }
        let known = [None, Some("Computer"), Some("NetworkEquipment")];
        let item_type = super::text(whole, "itemtype");
        if !known.contains(&item_type) {
            let item_type = item_type.unwrap_or_default();
            return Err(format!("inventories of {item_type} are not imported"));
        }
        if !(whole["partial"].is_null() || whole["partial"].is_boolean()) {
            return Err("partial is neither true nor false".to_owned());
        }
        Ok(Self { whole, content })
    }

    pub(super) fn is_network_device(&self) -> bool {
        super::text(self.whole, "itemtype") == Some("NetworkEquipment")
    }

    /// Whether it speaks of the sections alone that it has.
    pub(super) fn is_partial(&self) -> bool {
        self.whole["partial"].as_bool().unwrap_or_default()
    }

    pub(super) fn tag(&self) -> Option<&'v str> {
        super::text(self.whole, "tag")
    }

    pub(super) fn section(&self, name: &str) -> &'v Value {
        &self.content[name]
    }

    /// Whether it speaks of this section.
    pub(super) fn speaks_of(&self, name: &str) -> bool {
        !self.is_partial() || !self.content[name].is_null()
    }

    /// What the machine is called by its id: without the instant at its end.
    pub(super) fn device(&self) -> &'v str {
        let id = super::text(self.whole, "deviceid").unwrap_or_default();
        let Some(at) = id.len().checked_sub(STAMP).filter(|at| id.is_char_boundary(*at)) else {
            return id;
        };
        let (name, stamp) = id.split_at(at);
        match NaiveDateTime::parse_from_str(stamp, "-%Y-%m-%d-%H-%M-%S") {
            Ok(_) if !name.is_empty() => name,
            _ => id,
        }
    }
}
