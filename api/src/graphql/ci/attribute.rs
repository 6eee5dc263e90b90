//! What is said of an item: what counts, and what each source says.

use std::sync::Arc;

use async_graphql::{Context, Json, Object, Result, SimpleObject};
use domain::cmdb::{Attribute, Datum, Kind, Stored};
use domain::kernel::CiId;
use projections::cis::{At, CiRow};
use uuid::Uuid;

use super::Ci;
use super::load::cis;
use super::words::CiAttributeKind;

/// An attribute that an item has a value of.
pub(in crate::graphql) struct CiAttribute {
    name: String,
    /// As the class of that moment says; none: it says nothing of it any more.
    attribute: Option<Attribute>,
    value: Option<Datum>,
    row: Arc<CiRow>,
    at: At,
}

/// What one source says of an attribute.
#[derive(SimpleObject)]
pub(in crate::graphql) struct CiGivenValue {
    /// Which source: `manual`, `import`, or a name of its own.
    source: String,
    /// How much that counts: the lowest does, and 0 are people.
    rank: i32,
    /// What it says; null when it was erased.
    value: Option<Json<Datum>>,
}

impl CiAttribute {
    /// All that an item has, in the order of its class.
    pub(super) fn all(ci: &Ci) -> Vec<Self> {
        let class = ci.catalogue.by_id(ci.row.class_id);
        let row = Arc::new(ci.row.clone());
        let place = |name: &str| {
            let known =
                class.and_then(|class| class.attributes.iter().position(|it| it.name == name));
            known.unwrap_or(usize::MAX)
        };
        let mut names: Vec<&String> = ci.row.given.keys().collect();
        names.sort_by_key(|name| place(name));
        let one = |name: &String| Self {
            name: name.clone(),
            attribute: class.and_then(|class| class.attribute(name)).cloned(),
            value: ci.row.attributes.get(name).cloned(),
            row: Arc::clone(&row),
            at: ci.at,
        };
        names.into_iter().map(one).collect()
    }
}

/// An attribute that an item has a value of.
#[Object]
impl CiAttribute {
    /// In snake case, as files say it.
    async fn name(&self) -> &str {
        &self.name
    }

    /// For people; the name when the class does not know it any more.
    async fn label(&self) -> &str {
        self.attribute.as_ref().map_or(&self.name, |attribute| &attribute.label)
    }

    /// What its value is; null when the class does not know it any more.
    async fn kind(&self) -> Option<CiAttributeKind> {
        self.attribute.as_ref().map(|attribute| attribute.kind.into())
    }

    /// What counts: true or false, a number, a text, a list of them, or an object of a redundancy.
    /// References are the identities of files; `references` has the items.
    async fn value(&self) -> Option<Json<&Datum>> {
        self.value.as_ref().map(Json)
    }

    /// The same as people read it, in one line.
    async fn text(&self) -> Option<String> {
        self.value.as_ref().map(Datum::plain)
    }

    /// Whether it tells of a person.
    async fn personal(&self) -> bool {
        self.attribute.as_ref().is_some_and(|attribute| attribute.personal)
    }

    /// The items that it names.
    async fn references(&self, cx: &Context<'_>) -> Result<Vec<Ci>> {
        let is_reference = |it: &Attribute| it.kind == Kind::Reference;
        if !self.attribute.as_ref().is_some_and(is_reference) {
            return Ok(Vec::new());
        }
        let ids: Vec<CiId> = self.value.iter().flat_map(references).map(CiId).collect();
        cis(cx, &ids, self.at).await
    }

    /// What each source says, what counts first.
    async fn given(&self) -> Vec<CiGivenValue> {
        let mut given: Vec<CiGivenValue> = Vec::new();
        for (source, said) in self.row.given.get(&self.name).into_iter().flatten() {
            given.push(CiGivenValue {
                source: source.clone(),
                rank: said.rank.into(),
                value: Stored::value(&said.value).cloned().map(Json),
            });
        }
        given.sort_by_key(|said| said.rank);
        given
    }
}

/// The identities a value names.
fn references(value: &Datum) -> Vec<Uuid> {
    match value {
        Datum::List(values) => values.iter().filter_map(Datum::as_reference).collect(),
        value => value.as_reference().into_iter().collect(),
    }
}
