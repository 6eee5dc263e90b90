//! Configuration items in the form that imports take: into an empty installation such a file brings
//! the same items, and exported from there it is the same file.
//!
//! NDJSON has the classes that are not shipped, then each item behind those it needs, then what could
//! not be said before, then the relations; items are called by their keys, in the order of their names,
//! never of their identities. What counts is exported, not which source says it; retired, merged and
//! erased items are not, nor what names them. CSV and XLSX have a row an item and no relations but
//! those in keys. Called by the exporting.

mod classes;
mod keys;
mod lines;
mod sheet;

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::cmdb::{Catalogue, Kind};
use domain::kernel::CiClassId;
use projections::ReadError;
use projections::exports::items::{Item, Link, Wanted};
use projections::exports::{Column, Condition, Reader};
use sqlx::postgres::PgConnectOptions;

use super::formats::{Format, Heading, Writer};
use super::{ExportError, Outlet, Wish, filter};
use keys::Keys;
use lines::Ties;
use sheet::Sheet;

/// A column that conditions can name besides those of the table: the name of the class.
const CLASS: &str = "class";
/// Likewise: the name of whose it is.
const ORGANIZATION: &str = "organization";

/// Items of an instant.
pub(super) struct Items {
    reader: Reader,
    catalogue: Arc<Catalogue>,
    keys: Keys,
    /// Which classes, in the order in which their items can be registered.
    classes: Vec<CiClassId>,
    /// The same in groups, and whether the items of a group may need each other.
    groups: Vec<(Vec<CiClassId>, bool)>,
    links: Vec<Link>,
    conditions: Vec<Condition>,
    /// Whether classes are defined as well: not where a part of the items was asked for.
    defines: bool,
    /// None: lines of NDJSON.
    sheet: Option<Sheet>,
}

impl Items {
    pub(super) async fn open(login: &PgConnectOptions, wish: &Wish) -> Result<Self, ExportError> {
        let (model, table) = wish.noun.place().ok_or(ReadError::Row(wish.noun.table))?;
        let mut reader = Reader::open(login).await?;
        let mut columns = vec![text(CLASS), text(ORGANIZATION)];
        columns.extend(reader.shape(model, table).await?.columns);
        let conditions = match &wish.filter {
            Some(text) => filter::parse(text, &columns)?,
            None => Vec::new(),
        };
        let catalogue = Arc::new(reader.catalogue().await?);
        let keys = Keys::new(Arc::clone(&catalogue));
        let links = reader.links(&references(&catalogue), keys.relations()).await?;
        let (of_class, conditions): (Vec<_>, Vec<_>) =
            conditions.into_iter().partition(|condition| condition.column() == CLASS);
        let mut classes = classes::in_turn(&catalogue, &links);
        classes.retain(|id| {
            let name = catalogue.by_id(*id).map(|class| class.name.as_str());
            name.is_some_and(|name| of_class.iter().all(|condition| condition.is_met_by(name)))
        });
        let mut items = Self {
            groups: classes::knots(&catalogue, &classes, &links),
            reader,
            catalogue,
            keys,
            classes,
            links,
            conditions,
            defines: wish.filter.is_none(),
            sheet: None,
        };
        if wish.format != Format::Ndjson {
            items.sheet = Some(items.sheet().await?);
        }
        Ok(items)
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        self.sheet.as_ref().map(Sheet::headings).unwrap_or_default()
    }

    pub(super) async fn write(
        &mut self,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        match self.sheet.take() {
            Some(sheet) => self.write_sheet(&sheet, writer, outlet).await,
            None => self.write_lines(writer, outlet).await,
        }
    }

    pub(super) async fn close(self) {
        self.reader.close().await;
    }

    /// Begins with the items of a class.
    async fn begin(&mut self, class: CiClassId) -> Result<(), ReadError> {
        let wanted = Wanted {
            class,
            relations: self.keys.relations(),
            tie: self.catalogue.by_id(class).and_then(|class| self.keys.tie(class)),
            conditions: &self.conditions,
        };
        self.reader.begin_items(wanted).await
    }

    /// The next of them, with all that they name learnt; empty at the end.
    async fn next(&mut self) -> Result<Vec<Item>, ReadError> {
        let items = self.reader.next_items().await?;
        let mut named = BTreeSet::new();
        for item in &items {
            named.extend(item.related.values().copied());
            let class = self.catalogue.by_id(item.class);
            for attribute in class.iter().flat_map(|class| &class.attributes) {
                named.extend(keys::references(item, attribute));
            }
        }
        self.keys.learn(&mut self.reader, named).await?;
        Ok(items)
    }

    async fn sheet(&mut self) -> Result<Sheet, ExportError> {
        let names = self.reader.attribute_names(&self.classes, &self.conditions).await?;
        Ok(Sheet::new(&self.catalogue, &self.keys, names, &self.classes))
    }

    async fn write_sheet(
        &mut self,
        sheet: &Sheet,
        writer: &mut Writer,
        outlet: &Outlet,
    ) -> Result<(), ExportError> {
        for class in self.classes.clone() {
            self.begin(class).await?;
            let mut ties = Ties::default();
            loop {
                let items = self.next().await?;
                let (last, mut rows) = (items.is_empty(), Vec::new());
                for item in &items {
                    let row = sheet.row(item, &self.catalogue, &self.keys);
                    rows.extend(row.and_then(|row| ties.put(&item.place, row)).unwrap_or_default());
                }
                if last {
                    rows.extend(ties.rest());
                }
                for row in rows {
                    let cells: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
                    writer.row(&cells)?;
                    outlet.row(writer).await?;
                }
                if last {
                    break;
                }
            }
        }
        Ok(())
    }
}

fn text(name: &str) -> Column {
    Column::of(name.to_owned(), "text".to_owned())
}

/// The names of all attributes that name items.
fn references(catalogue: &Catalogue) -> Vec<String> {
    let attributes = catalogue.classes().flat_map(|class| &class.attributes);
    let names = attributes.filter(|attribute| attribute.kind == Kind::Reference);
    let names: BTreeSet<String> = names.map(|attribute| attribute.name.clone()).collect();
    names.into_iter().collect()
}
