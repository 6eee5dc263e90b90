//! What a decision on a person's erasure must not miss: asked of the journal itself, which is never
//! behind. Which of it counts is for the caller to say.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::evidence_hold::HeldObject;
use domain::kernel::{ErasureId, EvidenceHoldId, PersonId};
use sqlx::Row;
use sqlx::types::Json;
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
    /// The holds in force on the person, and on tickets, whoever wrote in them.
    pub holds: BTreeMap<EvidenceHoldId, HeldObject>,
}

impl Standing {
    /// As it is now, which is `at`.
    pub async fn of(
        journal: &Journal,
        person: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Self, JournalError> {
        let row = sqlx::query(include_str!("sql/standing.sql"))
            .bind(person.to_string())
            .bind(at)
            .fetch_one(journal.pool())
            .await?;
        let id = |text: &str| text.parse::<Uuid>().map_err(sqlx::Error::decode);
        let erasure: Option<&str> = row.try_get("erasure")?;
        let holds: Vec<Json<(Uuid, HeldObject)>> = row.try_get("holds")?;
        Ok(Self {
            moved: row.try_get("moved")?,
            erasure: erasure.map(id).transpose()?.map(ErasureId),
            holds: holds.into_iter().map(|Json((id, on))| (EvidenceHoldId(id), on)).collect(),
        })
    }
}
