//! A model that the append keeps: what has settled is filled while appends go on; for the rest they
//! wait, which is as long as a few hundred events take.

use journal::Journal;
use sqlx::{Connection, PgConnection};

use super::{BATCH, Live, RebuildReport, swap};
use crate::error::ProjectionError;
use crate::history::{History, Place, settled};
use crate::model::ReadModel;
use crate::rows;
use crate::schema::{self, live};

/// Beyond every event.
const END: Place = (i64::MAX, i64::MAX);

pub(super) async fn rebuild(
    journal: &Journal,
    [control, filler]: [&mut PgConnection; 2],
    model: &dyn ReadModel,
    replaced: Live,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<RebuildReport, ProjectionError> {
    let boundary = settled(control).await?;
    let total = journal::read::head_of(control).await?;
    let mut fill = Fill { journal, model, conn: filler, events: 0 };
    fill.between((0, 0), boundary, &mut |done| progress(done, total)).await?;
    let mut transaction = control.begin().await?;
    if replaced == Live::SameVersion {
        let sql = lock_tables(model);
        schema::run(&mut transaction, &sql).await?;
    }
    fill.between(boundary, END, &mut |done| progress(done, total.max(done))).await?;
    let (digest_before, after) = swap(&mut transaction, model, replaced).await?;
    transaction.commit().await?;
    Ok(RebuildReport {
        name: model.name(),
        events: fill.events,
        rows: after.rows,
        digest_before,
        digest_after: after.text,
    })
}

/// In the order the append takes them, or each could wait for the other.
fn lock_tables(model: &dyn ReadModel) -> String {
    let schema = live(model.name());
    let tables: Vec<String> =
        model.tables().iter().map(|table| format!("{schema}.{}", table.name)).collect();
    include_str!("sql/hold_tables.sql").replace("{tables}", &tables.join(", "))
}

struct Fill<'a> {
    journal: &'a Journal,
    model: &'a dyn ReadModel,
    conn: &'a mut PgConnection,
    events: i64,
}

impl Fill<'_> {
    async fn between(
        &mut self,
        after: Place,
        up_to: Place,
        progress: &mut (dyn FnMut(i64) + Send),
    ) -> Result<(), ProjectionError> {
        let views = self.model.inline_views();
        let mut history = History::after(self.journal.upcasters(), after);
        loop {
            let facts = history.page(self.conn, up_to, BATCH).await?;
            if facts.is_empty() {
                return Ok(());
            }
            rows::write_inline(self.conn, &views, &facts).await?;
            self.events += i64::try_from(facts.len()).unwrap_or(i64::MAX);
            progress(self.events);
        }
    }
}
