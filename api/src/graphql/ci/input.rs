//! The verbs' inputs.

use async_graphql::{ID, InputObject};
use domain::ci::command::{Relate, Retire, Revert, Unrelate};
use domain::ci::{CiCommand, Origin};
use domain::kernel::CiId;

use super::mutation::CiPayload;
use super::said::Said;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// Where a relation of a new item goes.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiLinkInput {
    /// The relation's name, such as `runs_on`.
    pub(super) relation: String,
    /// The item at its other end.
    pub(super) to_id: ID,
}

/// A new item.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiRegisterInput {
    /// The name of its class, such as `Server`.
    pub(super) class: String,
    /// What is said of it, by the attributes' names; a reference is the id of an item. At most 200.
    pub(super) attributes: Said,
    /// What it is related to.
    #[graphql(default)]
    pub(super) relations: Vec<CiLinkInput>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// What is said anew of an item.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiCorrectInput {
    /// Which item.
    pub(super) ci_id: ID,
    /// What is said, by the attributes' names; null: what people said of it does not count any more.
    pub(super) attributes: Said,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A relation between two items.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiRelateInput {
    /// The item it goes out from.
    ci_id: ID,
    /// Its name, such as `runs_on`.
    relation: String,
    /// The item at its other end.
    to_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// The end of a relation between two items.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiUnrelateInput {
    /// The item it goes out from.
    ci_id: ID,
    /// Its name, such as `runs_on`.
    relation: String,
    /// The item at its other end.
    to_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// An item that is not used any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiRetireInput {
    /// Which item.
    ci_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// What a source said of an item, taken back.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiRevertInput {
    /// Which item.
    ci_id: ID,
    /// The source's name, as its values tell it.
    source: String,
    #[graphql(flatten)]
    common: Common,
}

/// Two items that are the same thing.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CiMergeInput {
    /// The item that ends.
    pub(super) ci_id: ID,
    /// The item that goes on: it takes over what is related to the other, and what is known of that
    /// one alone.
    pub(super) into_id: ID,
    #[graphql(flatten)]
    pub(super) common: Common,
}

macro_rules! verbs {
    ($($input:ident, |$it:ident| $command:expr;)+) => {$(
        impl NounInput for $input {
            type Command = CiCommand;
            type Payload = CiPayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<CiCommand>, UserError> {
                let id: CiId = single("ciId", &self.ci_id)?;
                let $it = self;
                Ok(Wish::On(id.0, $command))
            }
        }
    )+};
}

verbs! {
    CiRelateInput, |it| CiCommand::Relate(Relate {
        to: single("toId", &it.to_id)?,
        relation: it.relation,
        origin: Origin::manual(),
    });
    CiUnrelateInput, |it| CiCommand::Unrelate(Unrelate {
        to: single("toId", &it.to_id)?,
        relation: it.relation,
        origin: Origin::manual(),
    });
    CiRetireInput, |_it| CiCommand::Retire(Retire);
    CiRevertInput, |it| CiCommand::Revert(Revert { source: it.source });
}
