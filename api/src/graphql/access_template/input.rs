//! The verbs' inputs, each ending in a command.

use async_graphql::{ID, InputObject, OneofObject};
use domain::access::model::Granted;
use domain::access_template::AccessTemplateCommand;
use domain::access_template::command::{Define, Redefine, Retire};
use domain::access_template::event::{Definition, Item};
use domain::kernel::AccessTemplateId;

use super::mutation::AccessTemplatePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::permission::{AccessEntryInput, AccessScopeInput, placed, scope, unfit};
use crate::graphql::refusal::UserError;

type Wished = Result<Wish<AccessTemplateCommand>, UserError>;

/// What is granted.
#[derive(Debug, Clone, OneofObject)]
pub(in crate::graphql) enum AccessGrantedInput {
    /// All that a role permits.
    RoleId(ID),
    /// This alone.
    Entry(AccessEntryInput),
}

/// One of the grants of a template.
#[derive(Debug, Clone, InputObject)]
struct AccessTemplateItemInput {
    /// What is granted.
    what: AccessGrantedInput,
    /// Where; absent: everywhere.
    scope: Option<AccessScopeInput>,
    /// For how many hours, up to ten years, and no longer than the role is granted at a time; absent:
    /// for good.
    hours: Option<i64>,
}

/// A new template.
#[derive(Debug, Clone, InputObject)]
pub(super) struct DefineAccessTemplateInput {
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What is granted together, 1 to 100 items, none of them twice in one place.
    items: Vec<AccessTemplateItemInput>,
    #[graphql(flatten)]
    common: Common,
}

/// What a template grants from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RedefineAccessTemplateInput {
    /// Which one.
    access_template_id: ID,
    /// At most 200 characters, unique whatever its case.
    name: String,
    /// What is granted together, 1 to 100 items, none of them twice in one place.
    items: Vec<AccessTemplateItemInput>,
    #[graphql(flatten)]
    common: Common,
}

/// The template that is over.
#[derive(Debug, Clone, InputObject)]
pub(super) struct RetireAccessTemplateInput {
    /// Which one.
    access_template_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl AccessTemplateItemInput {
    fn read(self, place: &str) -> Result<Item, UserError> {
        let what = match self.what {
            AccessGrantedInput::RoleId(id) => {
                let place = format!("{place}.what.roleId");
                Granted::Role(placed(single(&place, &id), &place)?)
            }
            AccessGrantedInput::Entry(entry) => {
                Granted::Entry(Box::new(entry.read(&format!("{place}.what.entry"))?))
            }
        };
        let hours = |hours: i64| {
            let fault = |_| unfit(&format!("{place}.hours"), "is no number of hours");
            u32::try_from(hours).map_err(fault)
        };
        Ok(Item {
            what,
            scope: scope(&format!("{place}.scope"), self.scope)?,
            hours: self.hours.map(hours).transpose()?,
        })
    }
}

fn read(name: String, items: Vec<AccessTemplateItemInput>) -> Result<Definition, UserError> {
    let items = items.into_iter().enumerate();
    let items = items.map(|(index, item)| item.read(&format!("items[{index}]")));
    Ok(Definition { name, items: items.collect::<Result<_, _>>()? })
}

impl NounInput for DefineAccessTemplateInput {
    type Command = AccessTemplateCommand;
    type Payload = AccessTemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let definition = read(self.name, self.items)?;
        Ok(Wish::New(AccessTemplateCommand::Define(Box::new(Define { definition }))))
    }
}

impl NounInput for RedefineAccessTemplateInput {
    type Command = AccessTemplateCommand;
    type Payload = AccessTemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: AccessTemplateId = single("accessTemplateId", &self.access_template_id)?;
        let definition = read(self.name, self.items)?;
        Ok(Wish::On(id.0, AccessTemplateCommand::Redefine(Box::new(Redefine { definition }))))
    }
}

impl NounInput for RetireAccessTemplateInput {
    type Command = AccessTemplateCommand;
    type Payload = AccessTemplatePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Wished {
        let id: AccessTemplateId = single("accessTemplateId", &self.access_template_id)?;
        Ok(Wish::On(id.0, AccessTemplateCommand::Retire(Retire {})))
    }
}
