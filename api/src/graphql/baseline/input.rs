//! The verbs' inputs.

use async_graphql::{ID, InputObject};
use domain::baseline::BaselineCommand;
use domain::baseline::command::{Rename, Withdraw};
use domain::kernel::BaselineId;

use super::mutation::BaselinePayload;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::single;
use crate::graphql::moment::Moment;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// A new name for a moment.
#[derive(Debug, Clone, InputObject)]
pub(super) struct BaselineNameInput {
    /// At most 100 characters, unique whatever its case among those that are not withdrawn.
    pub(super) name: String,
    /// Which moment; it has been. Absent: the one at which it is named.
    pub(super) moment: Option<Moment>,
    /// What it is for, at most 2,000 characters.
    pub(super) note: Option<String>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// Another name for a baseline.
#[derive(Debug, Clone, InputObject)]
pub(super) struct BaselineRenameInput {
    /// Which baseline.
    baseline_id: ID,
    /// At most 100 characters, unique whatever its case among those that are not withdrawn.
    name: String,
    #[graphql(flatten)]
    common: Common,
}

/// A baseline that is not to count any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct BaselineWithdrawInput {
    /// Which baseline.
    baseline_id: ID,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! verbs {
    ($($input:ident, |$it:ident| $command:expr;)+) => {$(
        impl NounInput for $input {
            type Command = BaselineCommand;
            type Payload = BaselinePayload;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_wish(self) -> Result<Wish<BaselineCommand>, UserError> {
                let id: BaselineId = single("baselineId", &self.baseline_id)?;
                let $it = self;
                Ok(Wish::On(id.0, $command))
            }
        }
    )+};
}

verbs! {
    BaselineRenameInput, |it| BaselineCommand::Rename(Rename { name: it.name });
    BaselineWithdrawInput, |_it| BaselineCommand::Withdraw(Withdraw {});
}
