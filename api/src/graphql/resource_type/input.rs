//! The verbs' inputs, each ending in a command.

use std::collections::BTreeMap;

use async_graphql::{ID, InputObject};
use domain::kernel::ResourceTypeId;
use domain::resource_type::ResourceTypeCommand;
use domain::resource_type::command::{Define, Redefine, Retire};
use domain::resource_type::event::Verb;

use super::mutation::ResourceTypePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::permission::unfit;
use crate::graphql::permission::words::ActionClass;
use crate::graphql::refusal::UserError;

type Wished = Result<Wish<ResourceTypeCommand>, UserError>;

/// What can be done with resources of a type.
#[derive(Debug, Clone, InputObject)]
struct ResourceVerbInput {
    /// A word of lower-case letters, digits and underscores, at most 32, a letter first.
    verb: String,
    /// Whether it reads, does something, or approves; for ever.
    class: ActionClass,
    /// Whether each decision about it is kept.
    #[graphql(default)]
    high_risk: bool,
}

/// A new type.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineResourceTypeInput {
    /// Whose the resources are, for ever, such as erp: a word like a verb.
    system: String,
    /// What they are called there, for ever, such as invoice: a word like a verb.
    name: String,
    /// What people call them, at most 200 characters.
    label: String,
    /// What can be done with them, 1 to 200 verbs.
    verbs: Vec<ResourceVerbInput>,
    #[graphql(flatten)]
    common: Common,
}

/// What a type is from now on: verbs are added, none is taken away.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineResourceTypeInput {
    /// Which one.
    resource_type_id: ID,
    /// What people call them, at most 200 characters.
    label: String,
    /// What can be done with them, all of it, 1 to 200 verbs.
    verbs: Vec<ResourceVerbInput>,
    #[graphql(flatten)]
    common: Common,
}

/// The type that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireResourceTypeInput {
    /// Which one.
    resource_type_id: ID,
    #[graphql(flatten)]
    common: Common,
}

fn verbs(inputs: Vec<ResourceVerbInput>) -> Result<BTreeMap<String, Verb>, UserError> {
    let mut verbs = BTreeMap::new();
    for (index, input) in inputs.into_iter().enumerate() {
        let verb = Verb { class: input.class.into(), high_risk: input.high_risk };
        if verbs.insert(input.verb, verb).is_some() {
            return Err(unfit(&format!("verbs[{index}].verb"), "is there twice"));
        }
    }
    Ok(verbs)
}

impl NounInput for DefineResourceTypeInput {
    type Command = ResourceTypeCommand;
    type Payload = ResourceTypePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let verbs = verbs(self.verbs)?;
        let define = Define { system: self.system, name: self.name, label: self.label, verbs };
        Ok(Wish::New(ResourceTypeCommand::Define(define)))
    }
}

impl NounInput for RedefineResourceTypeInput {
    type Command = ResourceTypeCommand;
    type Payload = ResourceTypePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: ResourceTypeId = single("resourceTypeId", &self.resource_type_id)?;
        let redefine = Redefine { label: self.label, verbs: verbs(self.verbs)? };
        Ok(Wish::On(id.0, ResourceTypeCommand::Redefine(redefine)))
    }
}

impl NounInput for RetireResourceTypeInput {
    type Command = ResourceTypeCommand;
    type Payload = ResourceTypePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: ResourceTypeId = single("resourceTypeId", &self.resource_type_id)?;
        Ok(Wish::On(id.0, ResourceTypeCommand::Retire(Retire {})))
    }
}
