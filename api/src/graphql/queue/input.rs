//! Saving a list that is worth keeping, and removing it.

use async_graphql::{ID, InputObject};
use chrono::DateTime;
use domain::kernel::UnitId;
use domain::queue::command::{Rearrange, Remove, Save};
use domain::queue::{Arrangement, QueueCommand};
use serde_json::json;

use super::mutation::QueuePayload;
use super::saved::stored;
use super::words::{QueueSharing, TicketColumn};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::id::{decode, decode_queue};
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::ticket::{TicketOrder, TicketWhere};

/// A list that is worth keeping, completely; named by its id it is arranged anew.
#[derive(Debug, Clone, InputObject)]
pub(super) struct QueueSaveInput {
    /// The one to arrange anew; a new one is saved when none is named.
    queue_id: Option<ID>,
    /// For people, at most 200 characters.
    name: String,
    /// Who sees it.
    #[graphql(default_with = "QueueSharing::Private")]
    sharing: QueueSharing,
    /// The unit it is shared with, when it is shared with one.
    unit_id: Option<ID>,
    /// Which tickets: the list's own filter.
    #[graphql(name = "where")]
    filter: Option<TicketWhere>,
    /// In which order: at most 5 keys of the list's own.
    order_by: Option<Vec<TicketOrder>>,
    /// What is shown of each ticket, in order: 1 to 30.
    columns: Vec<TicketColumn>,
    #[graphql(flatten)]
    common: Common,
}

/// A saved queue that nobody needs any more.
#[derive(Debug, Clone, InputObject)]
pub(super) struct QueueRemoveInput {
    /// Which one.
    queue_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl NounInput for QueueSaveInput {
    type Command = QueueCommand;
    type Payload = QueuePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<QueueCommand>, UserError> {
        let bad_id = |field: &'static str| move |fault| UserError::bad_id(field, fault);
        let unit = self.unit_id.as_ref().map(decode::<UnitId>).transpose();
        let filter = self.filter.as_ref().map_or(serde_json::Value::Null, stored);
        must_be_usable(self.filter)?;
        let arrangement = Arrangement {
            name: self.name,
            sharing: self.sharing.into(),
            unit: unit.map_err(bad_id("unitId"))?,
            filter,
            order: self.order_by.as_ref().map_or_else(|| json!([]), stored),
            columns: self.columns.iter().map(ToString::to_string).collect(),
        };
        Ok(match &self.queue_id {
            None => Wish::New(QueueCommand::Save(Box::new(Save { arrangement }))),
            Some(id) => {
                let id = decode_queue(id).map_err(bad_id("queueId"))?;
                Wish::On(id.0, QueueCommand::Rearrange(Box::new(Rearrange { arrangement })))
            }
        })
    }
}

/// What the list would refuse is not saved.
fn must_be_usable(filter: Option<TicketWhere>) -> Result<(), UserError> {
    let unfit = |fault: String| UserError::new(ErrorCode::InvalidInput, fault).at("where");
    // Whether it is usable does not depend on the time.
    let filter = filter.unwrap_or_default().into_filter(DateTime::UNIX_EPOCH);
    let filter = filter.map_err(|fault| unfit(fault.to_string()));
    match filter?.map(|filter| filter.check()) {
        Some(Err(fault)) => Err(unfit(fault.to_string())),
        Some(Ok(())) | None => Ok(()),
    }
}

impl NounInput for QueueRemoveInput {
    type Command = QueueCommand;
    type Payload = QueuePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<QueueCommand>, UserError> {
        let id = decode_queue(&self.queue_id);
        let id = id.map_err(|fault| UserError::bad_id("queueId", fault))?;
        Ok(Wish::On(id.0, QueueCommand::Remove(Remove {})))
    }
}
