//! A class, out of the catalogue of all classes: what it names is at hand.

use std::sync::Arc;

use async_graphql::{ID, Json, Object, SimpleObject};
use domain::cmdb::{Attribute, Catalogue, Class, Datum, RedundancyRule, Relation};
use domain::kernel::CiClassId;

use super::words::{ImpactFlow, RedundancyMeasure};
use crate::graphql::ci::CiAttributeKind;
use crate::graphql::id::encode;

/// A class of configuration items.
pub(in crate::graphql) struct CiClass {
    catalogue: Arc<Catalogue>,
    class: Class,
}

/// Something that is said of items of a class.
#[derive(SimpleObject)]
struct CiClassAttribute {
    /// As files name it.
    name: String,
    /// For people.
    label: String,
    /// What its value is.
    kind: CiAttributeKind,
    /// What can be chosen; of an enum alone.
    choices: Vec<String>,
    /// Of which class the items are that it can name; of a reference alone.
    of: Option<String>,
    /// Whether it has several values.
    list: bool,
    /// Whether no item is registered without.
    required: bool,
    /// Whether an item without counts as incomplete.
    recommended: bool,
    /// What is registered when nothing is said.
    default: Option<Json<Datum>>,
    /// Whether it tells of a person: sealed in storage.
    personal: bool,
    /// The class it is defined by: this one, or one that this inherits from.
    defined_by: String,
}

/// How items of a class can be related to others.
#[derive(SimpleObject)]
struct CiClassRelation {
    /// As files name it.
    name: String,
    /// For people.
    label: String,
    /// To items of which class.
    to: String,
    /// Which way a failure goes.
    flow: ImpactFlow,
    /// Whether it goes to one item at most.
    single: bool,
    /// Whether it is followed from what fails to what falls alone, never back.
    downwards: bool,
    /// The class it is defined by: this one, or one that this inherits from.
    defined_by: String,
}

/// How many of those that items lean on may fail.
#[derive(SimpleObject)]
struct CiClassRedundancy {
    /// The relations that count together, whichever class defines them.
    relations: Vec<String>,
    /// Whether it holds; if not, any one that fails is enough.
    enabled: bool,
    /// How many must be up, or what share: a number, as text.
    min_up: String,
    /// What `minUp` counts in.
    measure: RedundancyMeasure,
    /// Whether no item may say otherwise.
    fixed: bool,
}

impl CiClass {
    /// One of the catalogue.
    pub(in crate::graphql) fn of(catalogue: &Arc<Catalogue>, id: CiClassId) -> Option<Self> {
        let class = catalogue.by_id(id)?.clone();
        Some(Self { catalogue: Arc::clone(catalogue), class })
    }

    fn called(&self, id: CiClassId) -> String {
        self.catalogue.by_id(id).map_or_else(String::new, |class| class.name.clone())
    }

    /// The class by which it has one of its attributes or relations.
    fn definer(&self, name: &str) -> String {
        let has = |class: &Class| class.attribute(name).is_some() || class.relation(name).is_some();
        let line = self.class.lineage.iter().rev();
        let mut having = line.filter_map(|id| self.catalogue.by_id(*id)).filter(|it| has(it));
        having.next().unwrap_or(&self.class).name.clone()
    }

    fn attribute(&self, attribute: &Attribute) -> CiClassAttribute {
        CiClassAttribute {
            name: attribute.name.clone(),
            label: attribute.label.clone(),
            kind: attribute.kind.into(),
            choices: attribute.choices.clone(),
            of: attribute.of.map(|id| self.called(id)),
            list: attribute.list,
            required: attribute.required,
            recommended: attribute.recommended,
            default: attribute.default.clone().map(Json),
            personal: attribute.personal,
            defined_by: self.definer(&attribute.name),
        }
    }

    fn relation(&self, relation: &Relation) -> CiClassRelation {
        CiClassRelation {
            name: relation.name.clone(),
            label: relation.label.clone(),
            to: self.called(relation.to),
            flow: relation.flow.into(),
            single: relation.single,
            downwards: relation.downwards,
            defined_by: self.definer(&relation.name),
        }
    }
}

impl From<&RedundancyRule> for CiClassRedundancy {
    fn from(rule: &RedundancyRule) -> Self {
        Self {
            relations: rule.relations.clone(),
            enabled: rule.enabled,
            min_up: rule.min_up.to_string(),
            measure: rule.measure.into(),
            fixed: rule.fixed,
        }
    }
}

/// A class of configuration items: what is said of them, how they are related, what tells them apart,
/// when they fall. Each definition is a version of its own; earlier ones stand in the timeline.
#[Object]
impl CiClass {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.class.id)
    }

    /// Unique, whatever its case; as files name it.
    async fn name(&self) -> &str {
        &self.class.name
    }

    /// For people.
    async fn label(&self) -> &str {
        &self.class.label
    }

    /// What it inherits from.
    async fn parent(&self) -> Option<Self> {
        Self::of(&self.catalogue, self.class.parent?)
    }

    /// The names of all classes it inherits from, the nearest first.
    async fn inherits_from(&self) -> Vec<String> {
        self.class.lineage.iter().skip(1).map(|id| self.called(*id)).collect()
    }

    /// The names of the classes that inherit from it and from none between.
    async fn inherited_by(&self) -> Vec<&str> {
        let children = self.catalogue.classes().filter(|it| it.parent == Some(self.class.id));
        let mut children: Vec<&str> = children.map(|class| class.name.as_str()).collect();
        children.sort_unstable();
        children
    }

    /// Whether it has no items of its own.
    async fn is_abstract(&self) -> bool {
        self.class.is_abstract
    }

    /// What is said of its items, inherited attributes first.
    async fn attributes(&self) -> Vec<CiClassAttribute> {
        self.class.attributes.iter().map(|attribute| self.attribute(attribute)).collect()
    }

    /// How its items can be related to others, inherited relations first.
    async fn relations(&self) -> Vec<CiClassRelation> {
        self.class.relations.iter().map(|relation| self.relation(relation)).collect()
    }

    /// What tells its items apart: sets of attributes and relations; the first is the key by which
    /// files name items.
    async fn identity(&self) -> &[Vec<String>] {
        &self.class.identity
    }

    /// When its items fall.
    async fn redundancy(&self) -> Vec<CiClassRedundancy> {
        self.class.redundancy.iter().map(Into::into).collect()
    }

    /// Values of `status` by which an item neither passes impact on nor counts.
    async fn out_of_service(&self) -> &[String] {
        &self.class.out_of_service
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.class.version
    }
}
