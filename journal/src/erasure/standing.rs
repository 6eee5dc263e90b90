//! What a decision on a person's erasure must not miss: asked of the journal itself, which is never
//! behind. Which of it counts is for the caller to say.

use domain::kernel::{ErasureId, EvidenceHoldId, PersonId};
use sqlx::Row;
use uuid::Uuid;

use crate::error::JournalError;
use crate::journal::Journal;

/// All at one instant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// How often premise `evidence` had moved.
    pub moved: i64,
    /// The erasure of the person that was neither refused nor withdrawn.
    pub erasure: Option<ErasureId>,
    /// Every hold that was not lifted, whatever it is on, and also when its end has come.
    pub holds: Vec<EvidenceHoldId>,
}

impl Standing {
    /// As it is now.
    pub async fn of(journal: &Journal, person: PersonId) -> Result<Self, JournalError> {
        let row = sqlx::query(include_str!("sql/standing.sql"))
            .bind(person.to_string())
            .fetch_one(journal.pool())
            .await?;
        let id = |text: &str| text.parse::<Uuid>().map_err(sqlx::Error::decode);
        let erasure: Option<&str> = row.try_get("erasure")?;
        let holds: Vec<String> = row.try_get("holds")?;
        let holds = holds.into_iter().map(|hold| Ok(EvidenceHoldId(id(&hold)?)));
        Ok(Self {
            moved: row.try_get("moved")?,
            erasure: erasure.map(id).transpose()?.map(ErasureId),
            holds: holds.collect::<Result<_, sqlx::Error>>()?,
        })
    }
}
