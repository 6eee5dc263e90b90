//! A definition on the way into a command: what is said anew of a class laid over what was said.

use async_graphql::{ID, InputObject, Json};
use domain::cmdb::{Datum, NamedAttribute, NamedDefinition, NamedRelation, RedundancyRule};

use super::words::{ImpactFlow, RedundancyMeasure};
use crate::graphql::ci::CiAttributeKind;
use crate::graphql::input::one_way;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// Something that is said of items.
#[derive(Debug, Clone, InputObject)]
struct CiClassAttributeInput {
    /// In snake case, at most 63 characters; nothing the class inherits is called so.
    name: String,
    /// For people, at most 200 characters; absent: the name.
    label: Option<String>,
    /// What its value is, for ever.
    kind: CiAttributeKind,
    /// What can be chosen, 1 to 200; of an enum alone. Choices are added, never taken away.
    choices: Option<Vec<String>>,
    /// The name of the class of the items it can name; of a reference alone.
    of: Option<String>,
    /// Whether it has several values, at most 200.
    #[graphql(default)]
    list: bool,
    /// Whether no item is registered without.
    #[graphql(default)]
    required: bool,
    /// Whether an item without counts as incomplete.
    #[graphql(default)]
    recommended: bool,
    /// What is registered when nothing is said.
    default: Option<Json<Datum>>,
    /// Whether it tells of a person: sealed in storage.
    #[graphql(default)]
    personal: bool,
}

/// How items can be related to others.
#[derive(Debug, Clone, InputObject)]
struct CiClassRelationInput {
    /// In snake case, at most 63 characters; no other class has one called so.
    name: String,
    /// For people, at most 200 characters; absent: the name.
    label: Option<String>,
    /// The name of the class of the items it goes to.
    to: String,
    /// Which way a failure goes.
    flow: ImpactFlow,
    /// Whether it goes to one item at most.
    #[graphql(default)]
    single: bool,
    /// Whether it is followed from what fails to what falls alone, never back.
    #[graphql(default)]
    downwards: bool,
}

/// How many of those that items lean on may fail.
#[derive(Debug, Clone, InputObject)]
struct CiClassRedundancyInput {
    /// The relations that count together, 1 to 10, whichever class defines them.
    relations: Vec<String>,
    /// Whether it holds; if not, any one that fails is enough.
    enabled: bool,
    /// How many must be up, 0 to 1,000,000, or what share, 0 to 100: a number, as text.
    min_up: String,
    /// What `minUp` counts in.
    measure: RedundancyMeasure,
    /// Whether no item may say otherwise.
    #[graphql(default)]
    fixed: bool,
}

/// What a class is from now on. Of a class that is there, what is absent stays: attributes and
/// relations that are not named too.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiClassDefineInput {
    /// Of which class this is the next version; absent: a new one.
    pub(super) ci_class_id: Option<ID>,
    /// At most 200 characters, unique whatever its case; a new class needs one.
    name: Option<String>,
    /// For people, at most 200 characters; of a new class absent: the name.
    label: Option<String>,
    /// The name of the class it inherits from, for ever.
    parent: Option<String>,
    /// Whether it has no items of its own.
    is_abstract: Option<bool>,
    /// What is said of its items; at most 200, inherited ones among them.
    attributes: Option<Vec<CiClassAttributeInput>>,
    /// How its items can be related to others; at most 100, inherited ones among them.
    relations: Option<Vec<CiClassRelationInput>>,
    /// What tells its items apart, for ever: 1 to 10 sets of attributes and relations to one item, the
    /// first of which is the key by which files name items. Empty: as inherited.
    identity: Option<Vec<Vec<String>>>,
    /// When its items fall, at most 10, one of them not fixed.
    redundancy: Option<Vec<CiClassRedundancyInput>>,
    /// Values of `status` by which an item neither passes impact on nor counts. Empty: as inherited.
    out_of_service: Option<Vec<String>>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

impl CiClassDefineInput {
    /// The whole definition; `before` is what was said until now.
    ///
    /// # Errors
    /// A new class without a name, or a number that is none.
    pub(super) fn over(
        self,
        before: Option<NamedDefinition>,
    ) -> Result<NamedDefinition, UserError> {
        let mut said = match (before, self.name.clone()) {
            (Some(before), _) => before,
            (None, Some(name)) => nothing(name),
            (None, None) => return Err(one_way("name", "a new class needs a name")),
        };
        replace(&mut said.name, self.name);
        replace(&mut said.label, self.label);
        replace(&mut said.is_abstract, self.is_abstract);
        replace(&mut said.identity, self.identity);
        replace(&mut said.out_of_service, self.out_of_service);
        said.parent = self.parent.or(said.parent);
        for input in self.attributes.unwrap_or_default() {
            lay(&mut said.attributes, input.into(), |attribute| &attribute.name);
        }
        for input in self.relations.unwrap_or_default() {
            lay(&mut said.relations, input.into(), |relation| &relation.name);
        }
        if let Some(rules) = self.redundancy {
            let rules = rules.into_iter().enumerate().map(|(index, rule)| rule.into_rule(index));
            said.redundancy = rules.collect::<Result<_, _>>()?;
        }
        Ok(said)
    }
}

fn nothing(name: String) -> NamedDefinition {
    NamedDefinition {
        name,
        label: String::new(),
        parent: None,
        is_abstract: false,
        attributes: Vec::new(),
        relations: Vec::new(),
        identity: Vec::new(),
        redundancy: Vec::new(),
        out_of_service: Vec::new(),
    }
}

fn replace<T>(said: &mut T, anew: Option<T>) {
    if let Some(anew) = anew {
        *said = anew;
    }
}

/// In the place of the one of the same name, else after all others.
fn lay<T>(said: &mut Vec<T>, anew: T, name: impl Fn(&T) -> &String) {
    match said.iter_mut().find(|one| name(one) == name(&anew)) {
        Some(one) => *one = anew,
        None => said.push(anew),
    }
}

impl From<CiClassAttributeInput> for NamedAttribute {
    fn from(input: CiClassAttributeInput) -> Self {
        Self {
            name: input.name,
            label: input.label.unwrap_or_default(),
            kind: input.kind.into(),
            choices: input.choices.unwrap_or_default(),
            of: input.of,
            list: input.list,
            required: input.required,
            recommended: input.recommended,
            default: input.default.map(|Json(default)| default),
            personal: input.personal,
        }
    }
}

impl From<CiClassRelationInput> for NamedRelation {
    fn from(input: CiClassRelationInput) -> Self {
        Self {
            name: input.name,
            label: input.label.unwrap_or_default(),
            to: input.to,
            flow: input.flow.into(),
            single: input.single,
            downwards: input.downwards,
        }
    }
}

impl CiClassRedundancyInput {
    fn into_rule(self, index: usize) -> Result<RedundancyRule, UserError> {
        let min_up = self.min_up.trim().parse().map_err(|_| {
            let place = format!("redundancy[{index}].minUp");
            one_way("redundancy", "minUp is a number").with("place", place.into())
        })?;
        Ok(RedundancyRule {
            relations: self.relations,
            enabled: self.enabled,
            min_up,
            measure: self.measure.into(),
            fixed: self.fixed,
        })
    }
}
