//! Files come in beside a running server, each by `annals import cis`.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::{PgConnection, Row};

use super::files;
use crate::Fault;
use crate::ground::Database;
use crate::report::{Line, Section};
use crate::server::annals;
use crate::watched::watched;

/// The bar, in rows a second.
const ROWS: f64 = 10_000.0;
/// The most that is waited until views have it.
const PATIENCE: Duration = Duration::from_secs(1_800);

/// The fan, the items, the relations.
pub(super) async fn all(
    (database, conn): (&Database, &mut PgConnection),
    (count, seed): (u64, u64),
    section: &mut Section,
) -> Result<(), Fault> {
    let folder = &database.folder;
    let began = Instant::now();
    one(database, (&files::fan(folder)?, "ndjson")).await?;
    let (path, rows) = (files::items(folder, count)?, count);
    let (seconds, peak) = one(database, (&path, "csv")).await?;
    let rate = rows as f64 / seconds;
    let line = Line::new(format!("{rows} new items from CSV")).rate(rate).at_least(ROWS, rate);
    section.push(line.remark(format!("{peak:.0} MB at most, {seconds:.0} s")));
    let (seconds, peak) = one(database, (&path, "csv")).await?;
    let rate = rows as f64 / seconds;
    let line = Line::new(format!("the same {rows} again, unchanged")).rate(rate);
    section.push(line.remark(format!("{peak:.0} MB at most, {seconds:.0} s")));
    let (path, rows) = files::relations(folder, (count, seed))?;
    let (seconds, peak) = one(database, (&path, "ndjson")).await?;
    let rate = rows as f64 / seconds;
    let line = Line::new(format!("{rows} relations from NDJSON")).rate(rate);
    section.push(line.remark(format!("{peak:.0} MB at most, {seconds:.0} s")));
    seen(conn).await?;
    section.note(format!(
        "All of it was shown by every view {:.0} s after the first command began.",
        began.elapsed().as_secs_f64()
    ));
    Ok(())
}

/// Seconds from the start of the command to its end, and its memory in megabytes.
async fn one(database: &Database, (path, format): (&Path, &str)) -> Result<(f64, f64), Fault> {
    let path = path.to_str().ok_or("the file's path is no text")?;
    let took = watched(&mut annals(database, &["import", "cis", path, "--format", format])).await?;
    Ok((took.seconds, took.peak))
}

/// Waits until every view has the end of the log.
async fn seen(conn: &mut PgConnection) -> Result<(), Fault> {
    let began = Instant::now();
    loop {
        let row = sqlx::query(
            "select (select count(*) from journal.events) \
                  - (select min(applied_through) from view_cis.progress) as left",
        )
        .fetch_one(&mut *conn)
        .await?;
        if row.try_get::<i64, _>(0)? <= 0 {
            return Ok(());
        }
        if began.elapsed() > PATIENCE {
            return Err("views do not catch up".into());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
