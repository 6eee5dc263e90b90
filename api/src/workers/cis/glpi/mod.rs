//! The inventory that a GLPI agent sends: one machine, its programs, its interfaces.
//!
//! What becomes of which section is written down here and in the how-to. A partial inventory speaks of
//! the sections it has and of nothing else; a full one speaks of all of them, and what it does not
//! have is not there.

mod computer;
mod document;
mod interfaces;
mod network;
mod software;
#[cfg(test)]
mod tests;

use domain::import::exact;
use serde_json::Value;

use super::mapping::Mapping;
use super::row::{Body, Item, Named, Only, Otherwise, Row, Said};
use document::Document;

/// Bytes an inventory may have.
pub(super) const SIZE_MAX: usize = 32 << 20;
/// Entries a section may have.
const ENTRIES_MAX: usize = 20_000;

/// Its rows, the machine first.
///
/// # Errors
/// It is no inventory, in one sentence.
pub(super) fn rows(text: &[u8], mapping: &Mapping) -> Result<Vec<Row>, String> {
    if text.len() > SIZE_MAX {
        return Err(format!("it has more than {SIZE_MAX} bytes"));
    }
    let text = std::str::from_utf8(text).map_err(|_| "it is not UTF-8".to_owned())?;
    let value = exact::value(text.trim_start_matches('\u{feff}').as_bytes());
    let value = value.map_err(|fault| fault.to_string())?;
    let document = Document::new(&value)?;
    let mut rows = Rows::new(&document, mapping);
    if document.is_network_device() {
        network::rows(&document, &mut rows)?;
    } else {
        computer::rows(&document, &mut rows)?;
    }
    Ok(rows.rows)
}

/// Rows as they come, numbered.
struct Rows {
    /// Whose all of it is.
    organization: Option<String>,
    rows: Vec<Row>,
}

impl Rows {
    fn new(document: &Document<'_>, mapping: &Mapping) -> Self {
        let of_tag = document.tag().and_then(|tag| mapping.tags.get(tag));
        let organization = mapping.organization.as_ref().or(of_tag).cloned();
        let mut rows = Self { organization, rows: Vec::new() };
        if let Some(name) = rows.organization.clone().filter(|_| mapping.create_organizations) {
            rows.item(Named::plain("Organization", &name), Vec::new(), Vec::new());
        }
        rows
    }

    fn push(&mut self, body: Body) {
        let line = self.rows.len() as u64 + 1;
        self.rows.push(Row { line, body: Ok(body), columns: None });
    }

    fn item(
        &mut self,
        named: Named,
        attributes: Vec<(String, Said)>,
        relations: Vec<(String, Said)>,
    ) {
        self.item_or((named, None), attributes, relations);
    }

    /// An item whose class may depend on its host's.
    fn item_or(
        &mut self,
        (named, otherwise): (Named, Option<Otherwise>),
        attributes: Vec<(String, Said)>,
        relations: Vec<(String, Said)>,
    ) {
        self.push(Body::Item(Box::new(Item { named, attributes, relations, otherwise })));
    }

    /// Of the items of these classes that the host has by this relation, these are all.
    fn only(&mut self, host: &Named, relation: &str, classes: &[&'static str], kept: Vec<Named>) {
        self.push(Body::Only(Box::new(Only {
            host: host.clone(),
            relation: relation.to_owned(),
            classes: classes.to_vec(),
            kept,
        })));
    }

    /// An item of this class and name, of the organisation of all.
    fn named(&self, class: &str, name: &str) -> Named {
        let named = Named::plain(class, name);
        match &self.organization {
            Some(organization) => named.with("organization", Said::text(organization.as_str())),
            None => named,
        }
    }
}

/// A text that says something.
fn text<'v>(fields: &'v Value, name: &str) -> Option<&'v str> {
    fields[name].as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// An attribute that is said: its value, or that it has none.
fn said(name: &str, value: Option<impl Into<String>>) -> (String, Said) {
    (name.to_owned(), value.map_or(Said::Nothing, Said::text))
}

/// The entries of a section.
fn entries<'v>(section: &'v Value, name: &str) -> Result<&'v [Value], String> {
    match section {
        Value::Null => Ok(&[]),
        Value::Array(entries) if entries.len() <= ENTRIES_MAX => Ok(entries),
        Value::Array(_) => Err(format!("{name} has more than {ENTRIES_MAX} entries")),
        _ => Err(format!("{name} is no list")),
    }
}
