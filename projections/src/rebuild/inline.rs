//! A model that the append keeps: what has settled is filled while appends go on; for the rest they
//! wait, which is as long as a few hundred events take. Interrupted, it begins anew.

use sqlx::{Connection, PgConnection};

use super::follow::BATCH;
use super::live::Replaced;
use super::{Job, NONE, RebuildReport, Site, swap};
use crate::digest::digest_of;
use crate::error::ProjectionError;
use crate::history::{History, Place, settled};
use crate::model::ReadModel;
use crate::schema::{self, live, next, old};
use crate::{rows, session};

/// Beyond every event.
const END: Place = (i64::MAX, i64::MAX);

/// New tables with everything up to a place.
#[derive(Debug)]
pub(super) struct Made {
    conn: PgConnection,
    replaced: Replaced,
    through: Place,
}

pub(super) async fn make(site: &Site, job: &Job) -> Result<Made, ProjectionError> {
    let model = site.model.as_ref();
    let schema = next(model.name());
    let mut control = session::open(&site.options, "read").await?;
    schema::drop(&mut control, &schema).await?;
    schema::drop(&mut control, &old(model.name())).await?;
    schema::create(&mut control, &schema, model).await?;
    let total = journal::read::head_of(&mut control).await?;
    site.tally.begin(total);
    sqlx::query(include_str!("sql/plan.sql"))
        .bind(job.id)
        .bind(model.version())
        .bind([total])
        .bind(total)
        .bind(note(job))
        .execute(&mut control)
        .await?;
    let replaced = Replaced::find(&mut control, model).await?;
    let through = settled(&mut control).await?;
    control.close().await?;
    let conn = session::open(&site.options, &schema).await?;
    let mut made = Made { conn, replaced, through: (0, 0) };
    made.to(site, through).await?;
    Ok(made)
}

/// Holds the appends that change the model, and swaps.
pub(super) async fn swap(
    control: &mut PgConnection,
    site: &Site,
    job: &Job,
    mut made: Made,
) -> Result<RebuildReport, ProjectionError> {
    let model = site.model.as_ref();
    let mut transaction = control.begin().await?;
    if made.replaced == Replaced::SameVersion {
        schema::run(&mut transaction, &lock_tables(model)).await?;
    }
    made.to(site, END).await?;
    let before = match made.replaced {
        Replaced::SameVersion => {
            digest_of(&mut transaction, &live(model.name()), model).await?.text
        }
        Replaced::Nothing | Replaced::OtherVersion => NONE.to_owned(),
    };
    let after = digest_of(&mut transaction, &next(model.name()), model).await?;
    let report = RebuildReport {
        name: model.name(),
        job: job.id,
        events: site.tally.now().done,
        rows: after.rows,
        digest_before: before,
        digest_after: after.text,
        note: note(job),
    };
    // Nothing before this took a transaction id, which would have held up settling.
    swap::swap(&mut transaction, model, (made.replaced, swap::Keep::Nothing)).await?;
    swap::done(&mut transaction, &report).await?;
    transaction.commit().await?;
    made.conn.close().await?;
    // The append keeps the new ones alone: nobody could ever go back to these.
    schema::drop(control, &old(model.name())).await?;
    Ok(report)
}

/// What is odd about one that had begun before.
fn note(job: &Job) -> Option<String> {
    let note = "begun anew: what the append keeps is made at one go";
    job.marks.is_some().then(|| note.to_owned())
}

/// In the order the append takes them, or each could wait for the other.
fn lock_tables(model: &dyn ReadModel) -> String {
    let schema = live(model.name());
    let tables: Vec<String> =
        model.tables().iter().map(|table| format!("{schema}.{}", table.name)).collect();
    include_str!("sql/hold_tables.sql").replace("{tables}", &tables.join(", "))
}

impl Made {
    async fn to(&mut self, site: &Site, up_to: Place) -> Result<(), ProjectionError> {
        let views = site.model.inline_views();
        let mut history = History::after(site.journal.upcasters(), self.through);
        loop {
            let facts = history.page(&mut self.conn, up_to, BATCH).await?;
            if facts.is_empty() {
                self.through = up_to;
                return Ok(());
            }
            rows::write_inline(&mut self.conn, &views, &facts).await?;
            site.tally.add(i64::try_from(facts.len()).unwrap_or(i64::MAX));
        }
    }
}
