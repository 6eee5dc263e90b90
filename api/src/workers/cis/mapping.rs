//! The mapping file: what a table's columns mean, and whose the items of an inventory are.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::error::CisError;

/// Bytes a mapping file may have.
const SIZE_MAX: u64 = 1 << 20;

/// A mapping, as its file says it; all of it may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Mapping {
    /// The class of all rows; else a column `class` says each one's.
    pub(super) class: Option<String>,
    /// What parts the columns, if not a comma.
    pub(super) delimiter: Option<char>,
    /// What an empty cell means.
    pub(super) empty: Empty,
    /// Columns that mean nothing.
    pub(super) ignore: Vec<String>,
    /// Columns, and the attribute that each stands for; any other column is called like its own.
    pub(super) columns: BTreeMap<String, String>,
    /// Attributes that are the same in all rows.
    pub(super) constants: BTreeMap<String, String>,
    /// What the cells of an attribute stand for.
    pub(super) values: BTreeMap<String, BTreeMap<String, String>>,
    /// Attributes that name an item whose key stands in columns.
    pub(super) references: BTreeMap<String, Other>,
    /// Relations to an item whose key stands in columns.
    pub(super) relations: BTreeMap<String, Other>,
    /// Of an inventory: whose the items are, whatever its tag.
    pub(super) organization: Option<String>,
    /// Of an inventory: whose the items of a tag are.
    pub(super) tags: BTreeMap<String, String>,
    /// Of an inventory: whether organisations are registered that are not there.
    pub(super) create_organizations: bool,
}

/// What an empty cell means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Empty {
    /// Nothing is said.
    #[default]
    Skip,
    /// There is no value (any more).
    Clear,
}

/// Another item: its class, and for each part of its key the column it stands in, or, behind an
/// equals sign, the part itself.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Other {
    pub(super) class: String,
    #[serde(flatten)]
    pub(super) key: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self, CisError> {
        let unreadable = |kind| CisError::Unreadable { file: path.to_owned(), kind };
        let found = std::fs::metadata(path).map_err(|error| unreadable(error.kind()))?;
        if found.len() > SIZE_MAX {
            return Err(unreadable(std::io::ErrorKind::FileTooLarge));
        }
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.kind()))?;
        toml::from_str(&text).map_err(|error| CisError::Mapping {
            file: path.to_owned(),
            fault: error.to_string().trim_end().replace('\n', " "),
        })
    }
}
