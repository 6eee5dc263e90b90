//! A model that a runner keeps: filled from the log up to where the live tables are, so that both
//! can be compared, event for event.

use journal::Journal;
use journal::read::{LogReader, head_of};
use sqlx::{Connection, PgConnection};

use super::{BATCH, Live, RebuildReport, swap};
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};
use crate::schema::{self, live, within};

pub(super) async fn rebuild(
    journal: &Journal,
    [control, filler]: [&mut PgConnection; 2],
    model: &dyn ReadModel,
    replaced: Live,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<RebuildReport, ProjectionError> {
    let mut fill = Fill { journal, model, conn: filler, through: 0 };
    loop {
        let goal = goal(control, model, replaced).await?;
        let before = fill.through;
        fill.up_to(goal, progress).await?;
        // The live tables go on; what they gained meanwhile gets less each time.
        if fill.through - before <= BATCH {
            break;
        }
    }
    let mut transaction = control.begin().await?;
    if replaced != Live::Nothing {
        let sql = within(&live(model.name()), include_str!("sql/hold.sql"));
        schema::run(&mut transaction, &sql).await?;
    }
    let goal = goal(&mut transaction, model, replaced).await?;
    fill.up_to(goal, progress).await?;
    let (digest_before, after) = swap(&mut transaction, model, replaced).await?;
    transaction.commit().await?;
    Ok(RebuildReport {
        name: model.name(),
        events: fill.through,
        rows: after.rows,
        digest_before,
        digest_after: after.text,
    })
}

/// Where the live tables are; the head of the log when they cannot be compared.
async fn goal(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    replaced: Live,
) -> Result<i64, ProjectionError> {
    Ok(match replaced {
        Live::SameVersion => schema::applied_through(conn, &live(model.name())).await?,
        Live::OtherVersion | Live::Nothing => head_of(conn).await?,
    })
}

struct Fill<'a> {
    journal: &'a Journal,
    model: &'a dyn ReadModel,
    conn: &'a mut PgConnection,
    through: i64,
}

impl Fill<'_> {
    async fn up_to(
        &mut self,
        goal: i64,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<(), ProjectionError> {
        let mut log =
            LogReader::after(self.journal.keyring(), self.journal.upcasters(), self.through);
        loop {
            progress(self.through, goal);
            let batch = log.page(self.conn, goal, BATCH).await?;
            if batch.is_empty() {
                return Ok(());
            }
            let step = Step { from: self.through, to: log.position(), epoch: 0, fresh: false };
            if !self.model.apply(self.conn, &batch, step).await? {
                return Err(ProjectionError::Fenced(self.model.name()));
            }
            self.through = step.to;
        }
    }
}
