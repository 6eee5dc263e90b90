//! What a row says, whatever file it stood in; nothing of it has been looked up yet.

use std::sync::Arc;

use domain::cmdb::named::NamedDefinition;
use serde_json::Value;

use super::fault::Fault;

/// Parts a key has at most.
pub(super) const PARTS_MAX: usize = 10;
/// Attributes a row has at most.
pub(super) const ATTRIBUTES_MAX: usize = 200;
/// How deep keys may stand in keys.
pub(super) const NESTED_MAX: usize = 4;

/// A row of a file.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Line of the file, from 1; of an inventory the number of its part.
    pub(super) line: u64,
    /// What it says, or why nobody can tell.
    pub(super) body: Result<Body, Fault>,
    /// Of a table: in which column each field stood.
    pub(super) columns: Option<Arc<Columns>>,
}

/// The columns of a table, by what stands in them.
pub(super) type Columns = std::collections::HashMap<String, String>;

/// What a row is about.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// An item, to be registered or corrected.
    Item(Box<Item>),
    /// A relation between two items.
    Bond(Box<Bond>),
    /// A class, to be defined.
    Define(Box<NamedDefinition>),
    /// What a host has besides is gone.
    Only(Box<Only>),
}

/// An item.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Which one.
    pub(super) named: Named,
    /// What is said of it besides its key.
    pub(super) attributes: Vec<(String, Said)>,
    /// To what it is related besides its key.
    pub(super) relations: Vec<(String, Said)>,
    /// Of which class it is when its own has no items and nobody holds the key.
    pub(super) otherwise: Option<Otherwise>,
}

/// The class of an item that depends on what another one is.
#[derive(Debug, Clone)]
pub(super) struct Otherwise {
    /// The other one, if it is of its class.
    pub(super) host: Named,
    /// Then this.
    pub(super) there: &'static str,
    /// Else this.
    pub(super) elsewhere: &'static str,
}

/// A relation.
#[derive(Debug, Clone)]
pub(super) struct Bond {
    pub(super) relation: String,
    pub(super) from: Named,
    pub(super) to: Named,
}

/// An item by its class and key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    pub(super) class: String,
    pub(super) key: Vec<(String, Said)>,
}

/// A value as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    /// Nothing any more.
    Nothing,
    /// A cell of a table: what it is depends on its attribute.
    Cell(String),
    /// Of JSON; neither null nor an array.
    Json(Value),
    /// Another item.
    Item(Box<Named>),
    /// Several.
    Several(Vec<Said>),
}

/// Of all items of these classes that are related to a host, this source knows none but the ones
/// that are kept.
#[derive(Debug, Clone)]
pub(super) struct Only {
    pub(super) host: Named,
    /// Through which relation of theirs.
    pub(super) relation: String,
    /// Of which classes, those that inherit them among them.
    pub(super) classes: Vec<&'static str>,
    /// Which ones are there.
    pub(super) kept: Vec<Named>,
}

impl Named {
    /// An item of this class by its name alone.
    pub(super) fn plain(class: &str, name: &str) -> Self {
        let name = Said::Json(Value::String(name.to_owned()));
        Self { class: class.to_owned(), key: vec![("name".to_owned(), name)] }
    }

    /// The same with another part of its key.
    #[must_use]
    pub(super) fn with(mut self, part: &str, said: Said) -> Self {
        self.key.push((part.to_owned(), said));
        self
    }

    /// As people read it: `Server srv1, Demo`.
    pub(super) fn shown(&self) -> String {
        let parts: Vec<String> = self.key.iter().map(|(_, said)| said.shown()).collect();
        format!("{} {}", self.class, parts.join(", "))
    }
}

impl Said {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Json(Value::String(text.into()))
    }

    /// As people read it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Cell(text) | Self::Json(Value::String(text)) => text.clone(),
            Self::Json(value) => value.to_string(),
            Self::Item(named) => named.shown(),
            Self::Several(all) => all.iter().map(Self::shown).collect::<Vec<_>>().join("; "),
        }
    }
}
