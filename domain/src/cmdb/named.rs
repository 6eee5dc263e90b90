//! A class as people write it: other classes are called by their names.
//!
//! Not here: whether it is any good (`ci_class`). Read from the file of the standard classes, from
//! imports and from the API; [`NamedDefinition::resolved`] makes it what a command takes, and
//! [`NamedDefinition::of`] says a class in this way.

use serde::{Deserialize, Serialize};

use super::catalogue::Catalogue;
use super::class::{Attribute, Definition, Flow, Kind, RedundancyRule, Relation};
use super::value::Datum;
use crate::kernel::CiClassId;

/// A class, as it is defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDefinition {
    /// Unique, whatever its case: `Server`.
    pub name: String,
    /// For people; empty: the name.
    #[serde(default)]
    pub label: String,
    /// The name of the class whose attributes and relations it inherits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Whether it has no items of its own.
    #[serde(default)]
    pub is_abstract: bool,
    /// What it adds to what it inherits.
    #[serde(default)]
    pub attributes: Vec<NamedAttribute>,
    /// Likewise.
    #[serde(default)]
    pub relations: Vec<NamedRelation>,
    /// What tells its items apart; empty: as inherited.
    #[serde(default)]
    pub identity: Vec<Vec<String>>,
    /// When its items fall, besides what is inherited.
    #[serde(default)]
    pub redundancy: Vec<RedundancyRule>,
    /// Values of `status` by which an item is out of service; empty: as inherited.
    #[serde(default)]
    pub out_of_service: Vec<String>,
}

/// Something that is said of an item; as [`Attribute`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the field of the same name of Attribute")]
pub struct NamedAttribute {
    pub name: String,
    #[serde(default)]
    pub label: String,
    pub kind: Kind,
    #[serde(default)]
    pub choices: Vec<String>,
    /// The name of a class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    #[serde(default)]
    pub list: bool,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub recommended: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Datum>,
    #[serde(default)]
    pub personal: bool,
}

/// How items can be related to others; as [`Relation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each is the field of the same name of Relation")]
pub struct NamedRelation {
    pub name: String,
    #[serde(default)]
    pub label: String,
    /// The name of a class.
    pub to: String,
    pub flow: Flow,
    #[serde(default)]
    pub single: bool,
    #[serde(default)]
    pub downwards: bool,
}

/// A class is named that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place} names the class {name}, which does not exist")]
pub struct UnknownClass {
    /// Where: `parent`, `attributes[2].of`, `relations[0].to`.
    pub place: String,
    /// What it is called there.
    pub name: String,
}

impl NamedDefinition {
    /// The same with the identities of the classes it names.
    ///
    /// # Errors
    /// The first class it names that `id_of` does not know.
    pub fn resolved(
        self,
        id_of: impl Fn(&str) -> Option<CiClassId>,
    ) -> Result<Definition, UnknownClass> {
        let find = |place: String, name: String| match id_of(&name) {
            Some(id) => Ok(id),
            None => Err(UnknownClass { place, name }),
        };
        let parent = self.parent.map(|name| find("parent".to_owned(), name)).transpose()?;
        let attributes = self.attributes.into_iter().enumerate().map(|(index, attribute)| {
            let place = format!("attributes[{index}].of");
            let of = attribute.of.clone().map(|name| find(place, name)).transpose()?;
            Ok(attribute.resolved(of))
        });
        let attributes = attributes.collect::<Result<_, _>>()?;
        let relations = self.relations.into_iter().enumerate().map(|(index, relation)| {
            let to = find(format!("relations[{index}].to"), relation.to.clone())?;
            Ok(relation.resolved(to))
        });
        let relations = relations.collect::<Result<_, _>>()?;
        Ok(Definition {
            name: self.name,
            label: self.label,
            parent,
            is_abstract: self.is_abstract,
            attributes,
            relations,
            identity: self.identity,
            redundancy: self.redundancy,
            out_of_service: self.out_of_service,
        })
    }

    /// A definition with the names of the classes it names. What the catalogue does not know is
    /// called by its identity.
    pub fn of(definition: &Definition, catalogue: &Catalogue) -> Self {
        let name = |id: CiClassId| match catalogue.by_id(id) {
            Some(class) => class.name.clone(),
            None => id.to_string(),
        };
        let attributes = definition.attributes.iter();
        let relations = definition.relations.iter();
        Self {
            name: definition.name.clone(),
            label: definition.label.clone(),
            parent: definition.parent.map(name),
            is_abstract: definition.is_abstract,
            attributes: attributes.map(|it| NamedAttribute::of(it, it.of.map(name))).collect(),
            relations: relations.map(|it| NamedRelation::of(it, name(it.to))).collect(),
            identity: definition.identity.clone(),
            redundancy: definition.redundancy.clone(),
            out_of_service: definition.out_of_service.clone(),
        }
    }
}

impl NamedAttribute {
    fn resolved(self, of: Option<CiClassId>) -> Attribute {
        Attribute {
            name: self.name,
            label: self.label,
            kind: self.kind,
            choices: self.choices,
            of,
            list: self.list,
            required: self.required,
            recommended: self.recommended,
            default: self.default,
            personal: self.personal,
        }
    }

    fn of(attribute: &Attribute, of: Option<String>) -> Self {
        Self {
            name: attribute.name.clone(),
            label: attribute.label.clone(),
            kind: attribute.kind,
            choices: attribute.choices.clone(),
            of,
            list: attribute.list,
            required: attribute.required,
            recommended: attribute.recommended,
            default: attribute.default.clone(),
            personal: attribute.personal,
        }
    }
}

impl NamedRelation {
    fn resolved(self, to: CiClassId) -> Relation {
        Relation {
            name: self.name,
            label: self.label,
            to,
            flow: self.flow,
            single: self.single,
            downwards: self.downwards,
        }
    }

    fn of(relation: &Relation, to: String) -> Self {
        Self {
            name: relation.name.clone(),
            label: relation.label.clone(),
            to,
            flow: relation.flow,
            single: relation.single,
            downwards: relation.downwards,
        }
    }
}
