//! All classes of an installation, with what they inherit.

use std::collections::{BTreeMap, BTreeSet};

use super::class::{Attribute, Definition, RedundancyRule, Relation};
use crate::kernel::CiClassId;

/// The classes; made once for each change of any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    definitions: BTreeMap<CiClassId, (i64, Definition)>,
    classes: BTreeMap<CiClassId, Class>,
    names: BTreeMap<String, CiClassId>,
}

/// A class with all that it inherits.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// Its stream.
    pub id: CiClassId,
    /// The number of its latest definition, from 1.
    pub version: i64,
    /// Unique, whatever its case.
    pub name: String,
    /// For people.
    pub label: String,
    /// Whether it has no items of its own.
    pub is_abstract: bool,
    /// What it inherits from.
    pub parent: Option<CiClassId>,
    /// Itself, its parent, and so on to the root.
    pub lineage: Vec<CiClassId>,
    /// What is said of its items: inherited first, each in the order of its definition.
    pub attributes: Vec<Attribute>,
    /// How its items can be related to others; likewise.
    pub relations: Vec<Relation>,
    /// What tells its items apart.
    pub identity: Vec<Vec<String>>,
    /// When its items fall.
    pub redundancy: Vec<RedundancyRule>,
    /// Values of `status` by which an item is out of service.
    pub out_of_service: Vec<String>,
}

impl Catalogue {
    /// From the definitions in force, in any order. A parent that is not among them, or that would
    /// make a circle, is taken for none: `ci_class` lets neither be.
    pub fn of(definitions: impl IntoIterator<Item = (CiClassId, i64, Definition)>) -> Self {
        let all: BTreeMap<CiClassId, (i64, Definition)> =
            definitions.into_iter().map(|(id, version, said)| (id, (version, said))).collect();
        let classes: BTreeMap<CiClassId, Class> =
            all.keys().map(|id| (*id, resolved(*id, &all))).collect();
        let names = classes.values().map(|class| (class.name.to_lowercase(), class.id)).collect();
        Self { definitions: all, classes, names }
    }

    /// The same, with these definitions in force.
    #[must_use]
    pub fn with(
        &self,
        definitions: impl IntoIterator<Item = (CiClassId, i64, Definition)>,
    ) -> Self {
        let all = self.definitions.iter();
        let before = all.map(|(id, (version, said))| (*id, *version, said.clone()));
        Self::of(before.chain(definitions))
    }

    /// The definition of a class that is in force.
    pub fn definition(&self, id: CiClassId) -> Option<&Definition> {
        self.definitions.get(&id).map(|(_, definition)| definition)
    }

    /// A class.
    pub fn by_id(&self, id: CiClassId) -> Option<&Class> {
        self.classes.get(&id)
    }

    /// A class by its name, whatever its case.
    pub fn by_name(&self, name: &str) -> Option<&Class> {
        self.classes.get(self.names.get(&name.to_lowercase())?)
    }

    /// All of them, in the order of their identities.
    pub fn classes(&self) -> impl Iterator<Item = &Class> {
        self.classes.values()
    }

    /// Whether a class is another or inherits from it.
    pub fn is_a(&self, class: CiClassId, ancestor: CiClassId) -> bool {
        self.by_id(class).is_some_and(|class| class.lineage.contains(&ancestor))
    }

    /// A class and all that inherit from it.
    pub fn family(&self, ancestor: CiClassId) -> Vec<CiClassId> {
        let within = self.classes().filter(|class| class.lineage.contains(&ancestor));
        within.map(|class| class.id).collect()
    }

    /// The relation of this name, and the class that defines it.
    pub fn relation(&self, name: &str) -> Option<(CiClassId, &Relation)> {
        // Whoever inherits it has it too: the one with the shortest lineage defines it.
        let having = self.classes().filter_map(|class| Some((class, class.relation(name)?)));
        let (class, relation) = having.min_by_key(|(class, _)| class.lineage.len())?;
        Some((class.id, relation))
    }

    /// All relations, each once, by name.
    pub fn relations(&self) -> BTreeMap<&str, &Relation> {
        let all = self.classes().flat_map(|class| &class.relations);
        all.map(|relation| (relation.name.as_str(), relation)).collect()
    }
}

impl Class {
    /// One of its attributes.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// One of its relations.
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.name == name)
    }

    /// What files call its items by: the first set of what tells them apart.
    pub fn key(&self) -> &[String] {
        self.identity.first().map_or(&[], Vec::as_slice)
    }
}

fn resolved(id: CiClassId, all: &BTreeMap<CiClassId, (i64, Definition)>) -> Class {
    let lineage = lineage(id, all);
    let said = || lineage.iter().rev().filter_map(|id| all.get(id)).map(|(_, said)| said);
    let (version, own) = &all[&id];
    let nearest = |found: Option<&Definition>| found.cloned();
    let identity = nearest(said().rfind(|said| !said.identity.is_empty()));
    let out = nearest(said().rfind(|said| !said.out_of_service.is_empty()));
    Class {
        id,
        version: *version,
        name: own.name.clone(),
        label: own.label.clone(),
        is_abstract: own.is_abstract,
        parent: own.parent,
        attributes: said().flat_map(|said| said.attributes.iter().cloned()).collect(),
        relations: said().flat_map(|said| said.relations.iter().cloned()).collect(),
        identity: identity.map_or_else(Vec::new, |said| said.identity),
        redundancy: said().flat_map(|said| said.redundancy.iter().cloned()).collect(),
        out_of_service: out.map_or_else(Vec::new, |said| said.out_of_service),
        lineage,
    }
}

/// A class, its parent, and so on, as far as they are there.
fn lineage(id: CiClassId, all: &BTreeMap<CiClassId, (i64, Definition)>) -> Vec<CiClassId> {
    let mut seen = BTreeSet::new();
    let mut line = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| all.contains_key(id)) {
        if !seen.insert(id) {
            break;
        }
        line.push(id);
        next = all[&id].1.parent;
    }
    line
}
