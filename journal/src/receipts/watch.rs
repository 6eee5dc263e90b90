//! Looks after what was promised: each event has to stand in the signed log within a minute.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::{PgConnection, PgPool, Row};
use tokio::sync::watch;
use tokio::time::sleep;

use super::tree::SignedTree;
use super::{EventReceipt, Receipts, check};
use crate::signer::{SignError, policy};

/// How often is looked.
const EVERY: Duration = Duration::from_secs(5);
/// The longest that a log may take to sign what it has acknowledged, in seconds.
const DELAY_MAX: f64 = 60.0;

/// A receipt whose event should stand in the signed log and does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// What was promised.
    pub receipt: EventReceipt,
    /// The note: the evidence.
    pub note: String,
}

/// Runs until `stop` turns true. How many receipts are overdue is told to whoever watches over us.
pub async fn run(
    receipts: Receipts,
    pool: PgPool,
    missing: watch::Sender<usize>,
    mut stop: watch::Receiver<bool>,
) {
    let look = async {
        let (mut known, mut tree) = (BTreeSet::new(), SignedTree::default());
        loop {
            match receipts.round(&pool, &mut tree).await {
                Ok(overdue) => tell(&overdue, &mut known, &missing),
                Err(error) => tracing::warn!(%error, "receipts cannot be looked after"),
            }
            sleep(EVERY).await;
        }
    };
    tokio::select! {
        // An error means that whoever could stop us is gone.
        _ = stop.wait_for(|stop| *stop) => {}
        () = look => {}
    }
}

/// Each is told once.
fn tell(overdue: &[Overdue], known: &mut BTreeSet<String>, missing: &watch::Sender<usize>) {
    for Overdue { receipt, note } in overdue {
        if known.insert(note.clone()) {
            let event = receipt.stream();
            tracing::error!(
                %event,
                receipt = note,
                "AN ACKNOWLEDGED EVENT IS NOT IN THE SIGNED LOG: see docs/how-to/sign-the-log.md"
            );
        }
    }
    known.retain(|note| overdue.iter().any(|it| it.note == *note));
    missing.send_replace(overdue.len());
    #[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
    metrics::gauge!("journal_receipts_missing").set(overdue.len() as f64);
}

impl Receipts {
    /// What should stand in the signed log by now and does not.
    pub(super) async fn round(
        &self,
        pool: &PgPool,
        tree: &mut SignedTree,
    ) -> Result<Vec<Overdue>, SignError> {
        let pending = self.pending.all().await?;
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        self.look(pending, tree, &mut *pool.acquire().await?).await
    }

    /// Forgets those of these that are kept; which of the others are overdue.
    async fn look(
        &self,
        pending: Vec<Vec<u8>>,
        tree: &mut SignedTree,
        conn: &mut PgConnection,
    ) -> Result<Vec<Overdue>, SignError> {
        let Some(policy) = policy(&self.folder)? else { return Ok(Vec::new()) };
        tree.follow(&self.folder, &policy, conn).await?;
        // Nobody but us writes there; what is not ours promises nothing.
        let ours = |bytes: Vec<u8>| check(&bytes, &policy).ok().map(|receipt| (bytes, receipt));
        let pending: Vec<_> = pending.into_iter().filter_map(ours).collect();
        let text = |of: fn(&EventReceipt) -> &String| -> Vec<&str> {
            pending.iter().map(|(_, receipt)| of(receipt).as_str()).collect()
        };
        let rows = sqlx::query(include_str!("sql/place.sql"))
            .bind(text(|receipt| &receipt.aggregate_type))
            .bind(text(|receipt| &receipt.aggregate_id))
            .bind(pending.iter().map(|(_, receipt)| receipt.sequence).collect::<Vec<_>>())
            .bind(pending.iter().map(|(_, receipt)| receipt.recorded_at).collect::<Vec<_>>())
            .fetch_all(&mut *conn)
            .await?;
        // The table says where to look, and the tree what stands there.
        let numbers: Vec<Option<i64>> =
            rows.iter().map(|row| row.try_get("global_seq")).collect::<Result<_, _>>()?;
        let leaves = tree.leaves_of(numbers.iter().copied().flatten(), conn).await?;
        let (mut kept, mut overdue) = (BTreeSet::new(), Vec::new());
        for (((bytes, receipt), row), number) in pending.into_iter().zip(&rows).zip(numbers) {
            let leaf = number.and_then(|number| leaves.get(&number));
            if leaf == Some(&receipt.entry.leaf()) {
                kept.insert(bytes);
            } else if row.try_get::<f64, _>("seconds")? > DELAY_MAX {
                let note = String::from_utf8_lossy(&bytes).into_owned();
                overdue.push(Overdue { receipt, note });
            }
        }
        if !kept.is_empty() {
            self.pending.forget(kept).await?;
        }
        Ok(overdue)
    }
}
