//! What items are called in files: their class and key, in which other items' keys may stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::cmdb::{Attribute, Catalogue, Class, Datum, Kind, ORGANIZATION};
use domain::kernel::{CiClassId, CiId};
use projections::ReadError;
use projections::exports::Reader;
use projections::exports::items::Item;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What stands for a personal value whose key was destroyed.
const ERASED: &str = "erased";
/// How deep keys may stand in keys: what imports take.
pub(super) const DEPTH: usize = 4;
/// Items that are kept in mind.
const KNOWN: usize = 20_000;

/// An item by its class and key, as a file says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Named<'c> {
    pub(super) class: &'c str,
    pub(super) key: Map<String, Value>,
}

/// What the keys of items are made from.
pub(super) struct Keys {
    catalogue: Arc<Catalogue>,
    /// The relations that any key names.
    relations: Vec<String>,
    /// None: there is no such item, or no more.
    known: HashMap<CiId, Option<Stub>>,
}

/// Of an item, what its key names.
struct Stub {
    class: CiClassId,
    parts: BTreeMap<String, Part>,
}

enum Part {
    Value(Datum),
    Item(CiId),
}

impl Keys {
    pub(super) fn new(catalogue: Arc<Catalogue>) -> Self {
        let named = catalogue.classes().flat_map(|class| {
            let parts = class.key().iter();
            parts.filter(|part| class.relation(part).is_some()).cloned()
        });
        let relations: BTreeSet<String> = named.collect();
        Self { relations: relations.into_iter().collect(), catalogue, known: HashMap::new() }
    }

    /// The relations that have to be told of an item, so that its key can be.
    pub(super) fn relations(&self) -> &[String] {
        &self.relations
    }

    /// The relation in the key of a class that tells those apart that have one name.
    pub(super) fn tie(&self, class: &Class) -> Option<&str> {
        let part = self.relations.iter().find(|relation| class.key().contains(relation));
        part.map(String::as_str)
    }

    /// Looks up these, and whatever their keys name.
    pub(super) async fn learn(
        &mut self,
        reader: &mut Reader,
        ids: impl IntoIterator<Item = CiId>,
    ) -> Result<(), ReadError> {
        if self.known.len() > KNOWN {
            self.known.clear();
        }
        let mut wanted: BTreeSet<CiId> = ids.into_iter().collect();
        for _ in 0..=DEPTH {
            wanted.retain(|id| !self.known.contains_key(id));
            if wanted.is_empty() {
                break;
            }
            let asked: Vec<CiId> = wanted.iter().copied().collect();
            let found = reader.items(&asked, &self.relations).await?;
            self.known.extend(asked.into_iter().map(|id| (id, None)));
            wanted.clear();
            for item in &found {
                let stub = self.stub(item);
                wanted.extend(stub.iter().flat_map(Stub::items));
                self.known.insert(item.id, stub);
            }
        }
        Ok(())
    }

    /// The key of an item that is at hand; what it names was learnt. None: nothing can name it.
    pub(super) fn of(&self, item: &Item) -> Option<Named<'_>> {
        self.named(&self.stub(item)?, 1)
    }

    /// The key of an item that was learnt.
    pub(super) fn of_id(&self, id: CiId) -> Option<Named<'_>> {
        self.named(self.known.get(&id)?.as_ref()?, 1)
    }

    /// How many keys stand in each other in that of an item that is at hand: it can be registered when
    /// all with fewer are.
    pub(super) fn depth(&self, item: &Item) -> usize {
        self.stub(item).map_or(0, |stub| self.depth_of(&stub, DEPTH))
    }

    fn depth_of(&self, stub: &Stub, most: usize) -> usize {
        let known = stub.items().filter_map(|id| self.known.get(&id)?.as_ref());
        let deeper =
            known.map(|stub| 1 + most.checked_sub(1).map_or(0, |m| self.depth_of(stub, m)));
        deeper.max().unwrap_or_default()
    }

    /// The class of an item that was learnt.
    pub(super) fn class_of(&self, id: CiId) -> Option<CiClassId> {
        self.known.get(&id)?.as_ref().map(|stub| stub.class)
    }

    /// What stands for an item that an attribute names: its name alone where that says it all.
    pub(super) fn reference(&self, id: CiId, attribute: &Attribute) -> Option<Value> {
        self.told(id, attribute.of, 1)
    }

    /// An item as a cell says it: its name, where that and the organisation say it all.
    pub(super) fn cell(&self, id: CiId, organization: Option<CiId>) -> Option<String> {
        let named = self.of_id(id)?;
        let stub = self.known.get(&id)?.as_ref()?;
        let whose = |class: &Class| class.key().iter().any(|part| part == ORGANIZATION);
        let same = match stub.parts.get(ORGANIZATION) {
            // A name alone is looked for in the organisation of the row.
            None => organization.is_none() || !self.catalogue.by_id(stub.class).is_some_and(whose),
            Some(Part::Item(theirs)) => Some(*theirs) == organization,
            Some(Part::Value(_)) => false,
        };
        let plain = named.key.keys().all(|part| matches!(part.as_str(), "name" | ORGANIZATION));
        match named.key.get("name").and_then(Value::as_str) {
            Some(name) if plain && same => Some(name.to_owned()),
            _ => Some(json!(named).to_string()),
        }
    }

    fn told(&self, id: CiId, of: Option<CiClassId>, depth: usize) -> Option<Value> {
        let stub = self.known.get(&id)?.as_ref().filter(|_| depth <= DEPTH + 1)?;
        let named = self.named(stub, depth)?;
        let alone = self.catalogue.by_id(stub.class).is_some_and(|class| class.key().len() == 1);
        let by_name = alone && of == Some(stub.class);
        match named.key.get("name").filter(|name| by_name && name.is_string()) {
            Some(name) => Some(name.clone()),
            None => (depth <= DEPTH).then(|| json!(named)),
        }
    }

    fn named(&self, stub: &Stub, depth: usize) -> Option<Named<'_>> {
        let class = self.catalogue.by_id(stub.class)?;
        let mut key = Map::new();
        for (nr, part) in class.key().iter().enumerate() {
            let value = match stub.parts.get(part) {
                None => None,
                Some(Part::Value(datum)) => Some(json!(datum)),
                Some(Part::Item(id)) if self.class_of(*id).is_some() => {
                    let of = class.attribute(part).and_then(|attribute| attribute.of);
                    // A key that says less than all of it would be another's.
                    Some(self.told(*id, of, depth + 1)?)
                }
                Some(Part::Item(_)) => None,
            };
            match value {
                Some(value) => {
                    key.insert(part.clone(), value);
                }
                // Without the first part nobody can tell which one is meant.
                None if nr == 0 => return None,
                None => {}
            }
        }
        Some(Named { class: &class.name, key })
    }

    fn stub(&self, item: &Item) -> Option<Stub> {
        let class = self.catalogue.by_id(item.class)?;
        let mut parts = BTreeMap::new();
        for part in class.key() {
            let found = match class.attribute(part) {
                Some(attribute) => value(item, attribute).map(|datum| match datum.as_reference() {
                    Some(id) if attribute.kind == Kind::Reference => Part::Item(CiId(id)),
                    _ => Part::Value(datum.clone()),
                }),
                None => item.related.get(part).map(|to| Part::Item(*to)),
            };
            parts.extend(found.map(|found| (part.clone(), found)));
        }
        Some(Stub { class: item.class, parts })
    }
}

impl Stub {
    fn items(&self) -> impl Iterator<Item = CiId> {
        self.parts.values().filter_map(|part| match part {
            Part::Item(id) => Some(*id),
            Part::Value(_) => None,
        })
    }
}

/// What counts of an attribute, unless it was erased.
pub(super) fn value<'i>(item: &'i Item, attribute: &Attribute) -> Option<&'i Datum> {
    let value = item.attributes.get(&attribute.name);
    value.filter(|datum| !attribute.personal || datum.as_text() != Some(ERASED))
}

/// The items that an attribute names.
pub(super) fn references<'i>(
    item: &'i Item,
    attribute: &Attribute,
) -> impl Iterator<Item = CiId> + use<'i> {
    let datum = value(item, attribute).filter(|_| attribute.kind == Kind::Reference);
    let all = datum.into_iter().flat_map(|datum| match datum {
        Datum::List(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    });
    all.filter_map(|datum| datum.as_reference().map(CiId))
}
