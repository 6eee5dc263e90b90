//! A model that a runner keeps: filled up to where the live tables were at one instant, so that both
//! can be compared, event for event; then brought up to the end of the log.

use sqlx::{Connection, PgConnection};

use super::fill::Crew;
use super::follow::{BATCH, Follower, Takes};
use super::goal::goal;
use super::live::{Before, Picture, Replaced};
use super::marks::Marks;
use super::{Job, RebuildReport, Site, fill, swap};
use crate::digest::{digest_of, rows_of};
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel};
use crate::schema::{self, live, next, old, within};
use crate::session;

/// New tables, as good as up to date.
#[derive(Debug)]
pub(super) struct Made {
    follower: Follower,
    replaced: Replaced,
    /// Before, and after.
    digests: (String, String),
    note: Option<String>,
    rows: i64,
}

/// What the tables are compared by, and up to where.
#[derive(Debug)]
struct Found {
    marks: Marks,
    before: Before,
    after: Option<String>,
    note: Option<String>,
}

pub(super) async fn make(site: &Site, job: &Job) -> Result<Made, ProjectionError> {
    // What the last rebuild kept goes meanwhile: its many files take their time.
    let (made, ()) = tokio::try_join!(tables(site, job), forget(site))?;
    Ok(made)
}

async fn tables(site: &Site, job: &Job) -> Result<Made, ProjectionError> {
    let model = site.model.as_ref();
    let schema = next(model.name());
    // Each connection takes as long as some hundred events: they are opened side by side.
    let crew = Crew::open(site, job);
    let (mut reader, writer) = tokio::try_join!(
        session::open(&site.options, "read"),
        session::keeping(&site.options, &schema)
    )?;
    let replaced = Replaced::find(&mut reader, model).await?;
    let Found { marks, before, after, note } = match left_off(&mut reader, model, job).await? {
        Left::There(found) => found,
        Left::Gone(why) => begin(&mut reader, site, job, (replaced, why)).await?,
    };
    let sql = within(&schema, include_str!("sql/fence.sql"));
    sqlx::query(&sql).bind(job.epoch(0)).execute(&mut reader).await?;
    let through = schema::applied_through(&mut reader, &schema).await?;
    // Streams are filled up to the marks, the log up to where it stopped.
    let takes = Takes::Lacking(match model.grain() {
        Grain::Stream => marks.clone(),
        Grain::Log => Marks::even(0),
    });
    let mut follower = Follower { reader, writer, epoch: job.epoch(0), through, takes };
    let digests = match after {
        Some(after) => (before.digest(model, job).await?, after),
        None => filled(&mut follower, site, job, (marks, before, crew)).await?,
    };
    catch_up(&mut follower, site).await?;
    let rows = rows_of(&mut follower.reader, &schema, model).await?;
    Ok(Made { follower, replaced, digests, note, rows })
}

/// Fills the tables; the digests of the live ones and of these.
async fn filled(
    follower: &mut Follower,
    site: &Site,
    job: &Job,
    (marks, before, crew): (Marks, Before, Crew),
) -> Result<(String, String), ProjectionError> {
    let model = site.model.as_ref();
    let (before, ()) =
        tokio::try_join!(before.digest(model, job), by_grain(follower, site, job, (marks, crew)))?;
    let after = digest_of(&mut follower.reader, &next(model.name()), model).await?.text;
    sqlx::query(include_str!("sql/jot_after.sql"))
        .bind(job.id)
        .bind(&after)
        .execute(&mut follower.reader)
        .await?;
    Ok((before, after))
}

/// What an interrupted job left.
enum Left {
    There(Found),
    /// Why it begins anew, if it ever began.
    Gone(Option<String>),
}

async fn left_off(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    job: &Job,
) -> Result<Left, ProjectionError> {
    let Some(marks) = job.marks.clone() else { return Ok(Left::Gone(None)) };
    if job.version != model.version() {
        let why = format!("begun anew: it was of version {}", job.version);
        return Ok(Left::Gone(Some(why)));
    }
    if schema::comment(conn, &next(model.name())).await? != Some(job.id.to_string()) {
        let why = "begun anew: its tables were not as it had left them".to_owned();
        return Ok(Left::Gone(Some(why)));
    }
    let Some(before) = job.digest_before.clone() else {
        let why = "begun anew: the live tables had not been looked at".to_owned();
        return Ok(Left::Gone(Some(why)));
    };
    Ok(Left::There(Found {
        marks,
        before: Before::Known(before),
        after: job.digest_after.clone(),
        note: job.note.clone(),
    }))
}

/// Makes empty tables, and looks at those that they will be compared with.
async fn begin(
    conn: &mut PgConnection,
    site: &Site,
    job: &Job,
    (replaced, why): (Replaced, Option<String>),
) -> Result<Found, ProjectionError> {
    let model = site.model.as_ref();
    let schema = next(model.name());
    let ((), picture) = tokio::try_join!(make_anew(conn, model, &schema), look(site, replaced))?;
    let notes: Vec<String> = why.into_iter().chain(picture.note.clone()).collect();
    let note = (!notes.is_empty()).then(|| notes.join("; "));
    // The whole log, until somebody has counted what of it the model is made from.
    let total = picture.marks.most();
    site.tally.begin(total);
    sqlx::query(include_str!("sql/plan.sql"))
        .bind(job.id)
        .bind(model.version())
        .bind(picture.marks.as_slice())
        .bind(total)
        .bind(&note)
        .execute(&mut *conn)
        .await?;
    // Last: without it the next one begins anew.
    schema::set_comment(conn, &schema, job.id).await?;
    let marks = picture.marks.clone();
    Ok(Found { marks, before: Before::Seen(picture), after: None, note })
}

async fn make_anew(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    schema: &str,
) -> Result<(), ProjectionError> {
    schema::drop(conn, schema).await?;
    Ok(schema::create(conn, schema, model).await?)
}

async fn look(site: &Site, replaced: Replaced) -> Result<Picture, ProjectionError> {
    let conn = session::open(&site.options, "read").await?;
    Picture::take(conn, site.model.as_ref(), replaced).await
}

/// Drops what the last rebuild kept: this one's comes in its place.
async fn forget(site: &Site) -> Result<(), ProjectionError> {
    let mut conn = session::open(&site.options, "read").await?;
    schema::drop(&mut conn, &old(site.model.name())).await?;
    Ok(conn.close().await?)
}

async fn by_grain(
    follower: &mut Follower,
    site: &Site,
    job: &Job,
    (marks, crew): (Marks, Crew),
) -> Result<(), ProjectionError> {
    let model = site.model.as_ref();
    if model.grain() == Grain::Log {
        return follower.to(site, marks.most()).await;
    }
    let schema = next(model.name());
    let epochs: Vec<i64> = (1..=job.workers).map(|slot| job.epoch(slot)).collect();
    sqlx::query(&within(&schema, include_str!("sql/slots.sql")))
        .bind(&epochs)
        .execute(&mut follower.reader)
        .await?;
    let least = marks.least();
    fill::fill(&mut follower.reader, site, job, (marks, crew)).await?;
    let filled = sqlx::query(&within(&schema, include_str!("sql/filled.sql")))
        .bind(least)
        .bind(follower.epoch)
        .execute(&mut follower.reader)
        .await?;
    if filled.rows_affected() != 1 {
        return Err(ProjectionError::Fenced(model.name()));
    }
    follower.through = least;
    Ok(())
}

/// The log goes on; what it gained meanwhile gets less each time.
async fn catch_up(follower: &mut Follower, site: &Site) -> Result<(), ProjectionError> {
    loop {
        let head = goal(&mut follower.reader, site.model.as_ref()).await?;
        let before = follower.through;
        site.tally.extend((head - before).max(0));
        follower.to(site, head).await?;
        if follower.through - before <= BATCH {
            return Ok(());
        }
    }
}

/// Holds the live tables' writers for the last few events, and swaps.
pub(super) async fn swap(
    control: &mut PgConnection,
    site: &Site,
    job: &Job,
    made: Made,
) -> Result<RebuildReport, ProjectionError> {
    let Made { mut follower, replaced, digests, note, rows } = made;
    let model = site.model.as_ref();
    let mut transaction = control.begin().await?;
    if replaced != Replaced::Nothing {
        let sql = within(&live(model.name()), include_str!("sql/hold.sql"));
        schema::run(&mut transaction, &sql).await?;
    }
    let head = goal(&mut transaction, model).await?;
    follower.to(site, head).await?;
    let report = RebuildReport {
        name: model.name(),
        job: job.id,
        events: site.tally.now().done,
        rows,
        digest_before: digests.0,
        digest_after: digests.1,
        note,
    };
    // Nothing before this took a transaction id, which would have held up settling.
    let kept = swap::swap(&mut transaction, model, (replaced, swap::Keep::Old)).await?;
    swap::done(&mut transaction, &report).await?;
    transaction.commit().await?;
    follower.reader.close().await?;
    follower.writer.close().await?;
    if !kept {
        schema::drop(control, &old(model.name())).await?;
    }
    Ok(report)
}
