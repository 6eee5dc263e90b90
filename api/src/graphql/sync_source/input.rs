//! The verb's input.

use async_graphql::{ID, InputObject};
use domain::kernel::SyncSourceId;
use domain::sync_source::command::Define;
use domain::sync_source::{Definition, SyncSourceCommand};

use super::mutation::SyncSourcePayload;
use super::words::{SyncSourceOnMany, SyncSourceOnMissing, SyncSourceOnNone, SyncSourceOnOne};
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::optional;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

/// What a source may say of items of a class and of those that inherit from it.
#[derive(Debug, Clone, InputObject)]
struct SyncSourceOwnedInput {
    /// The class's name, such as `Server`.
    class: String,
    /// The attributes' names; none: nothing at all.
    attributes: Vec<String>,
}

/// What a source is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct SyncSourceDefineInput {
    /// Which source is redefined; absent: a new one.
    sync_source_id: Option<ID>,
    /// At most 100 characters, unique whatever its case, not `manual` or `import`; it stays.
    name: String,
    /// Whose word counts: 1 to 999, the lowest of all who say something.
    rank: u16,
    /// What becomes of a row that no item matches.
    on_none: SyncSourceOnNone,
    /// What becomes of a row that one item matches.
    on_one: SyncSourceOnOne,
    /// What becomes of a row that several items match.
    on_many: SyncSourceOnMany,
    /// What becomes of an item that a complete run did not send.
    on_missing: SyncSourceOnMissing,
    /// How many days later it is retired, 0 to 3,650; if it is retired at all.
    retire_after_days: Option<u16>,
    /// What it may say, by class, of at most 200; of classes that are not named it may say everything.
    #[graphql(default)]
    owned: Vec<SyncSourceOwnedInput>,
    #[graphql(flatten)]
    common: Common,
}

impl SyncSourceDefineInput {
    /// The source that has to be there.
    pub(super) fn earlier(&self) -> Result<Option<SyncSourceId>, UserError> {
        optional("syncSourceId", self.sync_source_id.as_ref())
    }
}

impl NounInput for SyncSourceDefineInput {
    type Command = SyncSourceCommand;
    type Payload = SyncSourcePayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<SyncSourceCommand>, UserError> {
        let earlier = self.earlier()?;
        let owned = self.owned.into_iter();
        let definition = Definition {
            name: self.name,
            rank: self.rank,
            on_none: self.on_none.into(),
            on_one: self.on_one.into(),
            on_many: self.on_many.into(),
            on_missing: self.on_missing.into(),
            retire_after_days: self.retire_after_days,
            owned: owned.map(|it| (it.class, it.attributes.into_iter().collect())).collect(),
        };
        let command = SyncSourceCommand::Define(Box::new(Define { definition }));
        Ok(match earlier {
            Some(id) => Wish::On(id.0, command),
            None => Wish::New(command),
        })
    }
}
