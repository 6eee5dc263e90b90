//! Items and relations as lines of NDJSON.

use std::collections::BTreeSet;

use domain::cmdb::{Attribute, Class, Datum, Kind};
use domain::kernel::{CiClassId, CiId};
use projections::exports::items::{Bond, Item};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::super::formats::Writer;
use super::super::{ExportError, Outlet};
use super::Items;
use super::classes::{definitions, is_needed};
use super::keys::{self, Named};

/// A line that says something of an item.
#[derive(Serialize)]
struct ItemLine<'l> {
    #[serde(flatten)]
    named: &'l Named<'l>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map<String, Value>,
}

/// A line that relates two items.
#[derive(Serialize)]
struct BondLine<'l> {
    relation: &'l str,
    from: Named<'l>,
    to: Named<'l>,
}

/// Lines that names do not put in an order, until all of them are there: they come in their own.
pub(super) struct Ties<T> {
    place: String,
    tied: Vec<T>,
}

impl<T> Default for Ties<T> {
    fn default() -> Self {
        Self { place: String::new(), tied: Vec::new() }
    }
}

impl<T: Ord> Ties<T> {
    /// Adds one; those of another place that are complete with it.
    pub(super) fn put(&mut self, place: &str, one: T) -> Option<Vec<T>> {
        let before = (self.place != place).then(|| self.rest());
        if before.is_some() {
            place.clone_into(&mut self.place);
        }
        self.tied.push(one);
        before
    }

    /// The last.
    pub(super) fn rest(&mut self) -> Vec<T> {
        self.tied.sort();
        std::mem::take(&mut self.tied)
    }
}

/// Which of an item's attributes a line says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All that name nothing, or what stands before.
    First,
    /// What names items that come later.
    Later,
}

impl Items {
    pub(super) async fn write_lines(
        &mut self,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        if self.defines {
            for line in definitions(&self.catalogue) {
                writer.line(&line);
                outlet.row(writer).await?;
            }
        }
        for class in self.classes.clone() {
            self.write_class(class, Part::First, (writer, outlet)).await?;
        }
        for class in self.classes.clone() {
            if self.names_later(class) {
                self.write_class(class, Part::Later, (writer, outlet)).await?;
            }
        }
        self.write_bonds(writer, outlet).await
    }

    async fn write_class(
        &mut self,
        class: CiClassId,
        part: Part,
        (writer, outlet): (&mut Writer, &Outlet),
    ) -> Result<(), ExportError> {
        self.begin(class).await?;
        let mut ties = Ties::default();
        loop {
            let items = self.next().await?;
            let (last, mut lines) = (items.is_empty(), Vec::new());
            for item in &items {
                let line = self.item(item, part);
                lines.extend(line.and_then(|line| ties.put(&item.place, line)).unwrap_or_default());
            }
            if last {
                lines.extend(ties.rest());
            }
            for line in lines {
                writer.line(&line);
                outlet.row(writer).await?;
            }
            if last {
                return Ok(());
            }
        }
    }

    async fn write_bonds(
        &mut self,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        self.reader.begin_bonds(&self.classes, &self.conditions).await?;
        let mut ties = Ties::default();
        loop {
            let bonds = self.reader.next_bonds().await?;
            let (last, mut lines) = (bonds.is_empty(), Vec::new());
            let ends: BTreeSet<CiId> = bonds.iter().flat_map(|it| [it.from, it.to]).collect();
            self.keys.learn(&mut self.reader, ends).await?;
            for bond in &bonds {
                let line = self.bond(bond);
                lines.extend(line.and_then(|line| ties.put(&bond.place, line)).unwrap_or_default());
            }
            if last {
                lines.extend(ties.rest());
            }
            for line in lines {
                writer.line(&line);
                outlet.row(writer).await?;
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Whether items of a class name some that come later, by what they can be without.
    fn names_later(&self, class: CiClassId) -> bool {
        let mut links = self.links.iter().filter(|link| link.from == class);
        links.any(|link| self.is_later(class, link.to) && !is_needed(&self.catalogue, link))
    }

    /// Whether items of a class may come behind those of another.
    fn is_later(&self, class: CiClassId, to: CiClassId) -> bool {
        let place = |id| self.classes.iter().position(|class| *class == id);
        place(to) >= place(class)
    }

    /// A line of an item; none: nothing is to be said, or nobody could tell of which item.
    fn item(&self, item: &Item, part: Part) -> Option<String> {
        let class = self.catalogue.by_id(item.class)?;
        let named = self.keys.of(item)?;
        let (mut attributes, mut denied) = (Map::new(), Map::new());
        for attribute in class.attributes.iter().filter(|it| !class.key().contains(&it.name)) {
            if self.part(item, class, attribute) != part {
                continue;
            }
            let value = keys::value(item, attribute);
            match value.and_then(|value| self.said(value, attribute)) {
                Some(said) => {
                    attributes.insert(attribute.name.clone(), said);
                }
                None if attribute.default.is_some() => {
                    denied.insert(attribute.name.clone(), Value::Null);
                }
                None => {}
            }
        }
        let says = part == Part::First || !attributes.is_empty();
        let line = says.then(|| json_of(&ItemLine { named: &named, attributes }))?;
        if denied.is_empty() {
            return Some(line);
        }
        // What is registered when nothing is said has to be taken back.
        Some(format!("{line}\n{}", json_of(&ItemLine { named: &named, attributes: denied })))
    }

    /// In which line an attribute stands.
    fn part(&self, item: &Item, class: &Class, attribute: &Attribute) -> Part {
        let later =
            |id: CiId| self.keys.class_of(id).is_some_and(|target| self.is_later(class.id, target));
        let waits = !attribute.required && keys::references(item, attribute).any(later);
        if waits { Part::Later } else { Part::First }
    }

    /// A value as a file says it; none: it names nothing that is there.
    fn said(&self, value: &Datum, attribute: &Attribute) -> Option<Value> {
        if attribute.kind != Kind::Reference {
            return Some(json!(value));
        }
        match value {
            Datum::List(values) => {
                let mut all: Vec<Value> =
                    values.iter().filter_map(|value| self.said(value, attribute)).collect();
                all.sort_by_key(Value::to_string);
                (!all.is_empty()).then_some(Value::Array(all))
            }
            one => self.keys.reference(CiId(one.as_reference()?), attribute),
        }
    }

    /// A line of a relation; none: a key says it, or nobody could tell between what.
    fn bond(&self, bond: &Bond) -> Option<String> {
        let class = self.catalogue.by_id(bond.from_class)?;
        if class.key().contains(&bond.relation) {
            return None;
        }
        let (from, to) = (self.keys.of_id(bond.from)?, self.keys.of_id(bond.to)?);
        Some(json_of(&BondLine { relation: &bond.relation, from, to }))
    }
}

fn json_of(line: &impl Serialize) -> String {
    serde_json::to_string(line).expect("names and values are always JSON")
}
