//! Items as rows: a column for each attribute that any of them has, and for the relations of keys.

use std::collections::BTreeSet;

use domain::cmdb::cell::cell_of;
use domain::cmdb::{Attribute, Catalogue, Datum, Kind, NAME, ORGANIZATION, STATUS};
use domain::kernel::{CiClassId, CiId};
use projections::exports;
use projections::exports::items::Item;
use serde_json::json;

use super::super::formats::Heading;
use super::CLASS;
use super::keys::{self, Keys};

/// What stands where.
pub(super) struct Sheet {
    columns: Vec<Heading>,
}

impl Sheet {
    /// For items of these classes that have attributes of these names.
    pub(super) fn new(
        catalogue: &Catalogue,
        keys: &Keys,
        names: Vec<String>,
        classes: &[CiClassId],
    ) -> Self {
        let mut rest: BTreeSet<String> = names.into_iter().collect();
        let classes: Vec<_> = classes.iter().filter_map(|id| catalogue.by_id(*id)).collect();
        let having = classes.iter().filter(|class| !class.is_abstract);
        let related = having.flat_map(|class| class.key());
        rest.extend(related.filter(|part| keys.relations().contains(part)).cloned());
        let first = [NAME, ORGANIZATION, STATUS];
        rest.retain(|name| !first.contains(&name.as_str()) && name != CLASS);
        let names = first.into_iter().map(str::to_owned).chain(rest);
        let mut columns = vec![Heading { name: CLASS.to_owned(), kind: exports::Kind::Text }];
        columns.extend(names.map(|name| {
            let mut all = classes.iter().filter_map(|class| class.attribute(&name));
            let kind = all.next().map_or(exports::Kind::Text, kind);
            // Where classes differ a text can say all of it.
            let same = all.all(|other| self::kind(other) == kind);
            Heading { name, kind: if same { kind } else { exports::Kind::Text } }
        }));
        Self { columns }
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        self.columns.clone()
    }

    /// The cells of an item; none: nobody could tell which one it is.
    pub(super) fn row(
        &self,
        item: &Item,
        catalogue: &Catalogue,
        keys: &Keys,
    ) -> Option<Vec<Option<String>>> {
        let class = catalogue.by_id(item.class)?;
        keys.of(item)?;
        let organization = item.attributes.get(ORGANIZATION).and_then(Datum::as_reference);
        let organization = organization.map(CiId);
        let cell = |heading: &Heading| match class.attribute(&heading.name) {
            _ if heading.name == CLASS => Some(class.name.clone()),
            Some(attribute) => {
                let value = keys::value(item, attribute)?;
                if attribute.kind == Kind::Reference {
                    let cells: Vec<String> = keys::references(item, attribute)
                        .filter_map(|id| keys.cell(id, organization))
                        .collect();
                    return (!cells.is_empty()).then(|| cell_of(&cells));
                }
                Some(told(value))
            }
            None => keys.cell(*item.related.get(&heading.name)?, organization),
        };
        Some(self.columns.iter().map(cell).collect())
    }
}

/// As an import reads a cell.
fn told(value: &Datum) -> String {
    match value {
        Datum::Truth(truth) => truth.to_string(),
        Datum::Integer(number) => number.to_string(),
        Datum::Text(text) => text.clone(),
        Datum::List(values) => cell_of(&values.iter().map(told).collect::<Vec<_>>()),
        Datum::Redundancy(redundancy) => json!(redundancy).to_string(),
    }
}

fn kind(attribute: &Attribute) -> exports::Kind {
    match attribute.kind {
        _ if attribute.list => exports::Kind::Text,
        Kind::Integer => exports::Kind::Integer,
        Kind::Decimal => exports::Kind::Decimal,
        Kind::Boolean => exports::Kind::Boolean,
        Kind::Text
        | Kind::Date
        | Kind::Enum
        | Kind::Ip
        | Kind::Mac
        | Kind::Reference
        | Kind::Redundancy => exports::Kind::Text,
    }
}
