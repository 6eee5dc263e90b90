//! First answers to commands, asked for many at once.

use std::sync::Arc;

use super::diagnose::{self, Answered};
use super::types::CommandRecord;
use crate::error::JournalError;
use crate::postgres::hot::Connections;
use crate::sharing::Question;

/// Which commands were answered, and how.
#[derive(Debug)]
pub(crate) struct Answers(pub(crate) Arc<Connections>);

impl Question for Answers {
    type Key = CommandRecord;
    type Answer = Option<Answered>;
    type Error = JournalError;

    async fn ask(&self, keys: Vec<CommandRecord>) -> Result<Vec<Option<Answered>>, JournalError> {
        let mut conn = self.0.lease().await?;
        let answers = diagnose::answered(&mut conn, &keys).await?;
        conn.keep();
        Ok(answers)
    }
}
