//! A receipt: whether the event that was acknowledged stands in the signed log.

use std::path::{Path, PathBuf};

use chrono::{TimeDelta, Utc};
use journal::bundle::{self, Anchor};
use journal::receipts::{self, EventReceipt, ReceiptError};
use journal::tlog::proof::LogProof;
use serde_json::json;
use sqlx::Row;

use super::offline::sound;
use super::signed::{policy, read};
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// A log may take so long to sign what it has acknowledged.
const DELAY_MAX: TimeDelta = TimeDelta::seconds(60);

/// Against the database and what was signed of it.
pub(super) async fn in_the_log(
    opened: &Opened,
    output: &mut Output,
    (path, trusted): (&Path, Option<&Path>),
) -> Result<(), Failure> {
    let own = opened.signed.policy();
    let trusted = trusted.unwrap_or(&own);
    let promised = receipts::check(&read(path)?, &policy(trusted)?)?;
    let anchor = Anchor::open(trusted, &opened.signed.checkpoints(), opened.signed.log())?;
    let mut conn = opened.snapshot().await?;
    let row = sqlx::query(include_str!("sql/place.sql"))
        .bind(&promised.aggregate_type)
        .bind(&promised.aggregate_id)
        .bind(promised.sequence)
        .fetch_optional(&mut conn)
        .await?;
    let number = row.map(|row| row.try_get::<i64, _>("global_seq")).transpose()?;
    let Some(number) = number.filter(|number| *number <= anchor.size()) else {
        return Err(missed(&promised));
    };
    let proven = bundle::prove(&mut conn, &anchor, number).await?;
    if proven.leaf != promised.entry.leaf() {
        let stream = promised.stream();
        let found = format!("event {number} ({stream}) is not the one that was acknowledged");
        return Err(Failure::Tampered(found));
    }
    tell(output, &promised, (number, anchor.size()))
}

/// Offline, by the proof of its event.
pub(super) fn by_proof(
    output: &mut Output,
    [proof, receipt, trusted]: [&PathBuf; 3],
) -> Result<(), Failure> {
    let policy = policy(trusted)?;
    let promised = receipts::check(&read(receipt)?, &policy)?;
    let malformed = |_| Failure::BadInput("the file of the proof is not a tlog-proof".to_owned());
    let proof = LogProof::parse(&read(proof)?).map_err(malformed)?;
    let checkpoint = proof.check(&promised.entry.leaf(), &policy).map_err(|fault| {
        Failure::Tampered(format!("the proof is not of what was acknowledged: {fault}"))
    })?;
    if checkpoint.origin != promised.origin {
        return Err(Failure::BadInput("the proof is of another log".to_owned()));
    }
    let [number, size] = [proof.index.saturating_add(1), checkpoint.size]
        .map(|it| i64::try_from(it).unwrap_or(i64::MAX));
    tell(output, &promised, (number, size))
}

/// An event that has not had its minute may yet come.
fn missed(promised: &EventReceipt) -> Failure {
    #[expect(clippy::disallowed_methods, reason = "how old a receipt is no history knows")]
    let age = Utc::now() - promised.recorded_at;
    let stream = promised.stream();
    if age > DELAY_MAX {
        Failure::Tampered(format!("{stream} was acknowledged and is not in the signed log"))
    } else {
        Failure::Incomplete(format!("{stream} is not signed yet, and need not be"))
    }
}

fn tell(
    output: &mut Output,
    promised: &EventReceipt,
    (number, size): (i64, i64),
) -> Result<(), Failure> {
    let stream = promised.stream();
    let kept =
        json!({"event": stream, "position": number, "size": size, "origin": promised.origin});
    output.record(&json!({ "receipt": kept }))?;
    output
        .say(&format!("{stream} stands in the signed log of {size} events, as event {number}"))?;
    sound(output)
}

impl From<ReceiptError> for Failure {
    /// What nobody who is trusted has signed promises nothing.
    fn from(error: ReceiptError) -> Self {
        Self::BadInput(error.to_string())
    }
}
