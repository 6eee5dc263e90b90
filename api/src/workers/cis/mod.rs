//! Imports configuration items: lines of JSON, tables, and inventories of agents.
//!
//! Each row goes through the decisions that a person's command goes through, and what it changes is an
//! event with its source. A row is recognised by the identity of its item: what is there as the row
//! says is left alone, so that a file can be imported again, and a killed import begun anew. Rows go by
//! themselves, some hundred in an append, or all of a file go together or not at all; a dry run is the
//! same and takes everything back. Memory does not grow with the file.

mod engine;
mod error;
mod fault;
mod glpi;
mod mapping;
mod missing;
mod reading;
mod report;
mod row;
mod speaker;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::access::Permission;
use domain::ci::Origin;
use domain::kernel::CiId;
use projections::Waiter;
use sqlx::PgPool;
use tokio::sync::mpsc;

use crate::boot::App;
use crate::gateway::bulk::{Bulk, Work};
use crate::gateway::{Caller, Gateway};
use crate::workers::incident_log::Progress;

pub use error::CisError;
pub use report::{Summary, Tally};

use engine::Engine;
use mapping::Mapping;
use reading::Reading;
use report::{Done, Report};
use row::Row;
use speaker::Speaker;

/// Chunks that wait to be decided.
const WAITING: usize = 2;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// One JSON object a line: an item, a relation or a class
    Ndjson,
    /// Comma-separated text with a header: an item a row
    Csv,
    /// The JSON of a GLPI agent: one machine
    Glpi,
}

/// What happens when a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
    /// The others are stored
    ByRow,
    /// Nothing is stored
    AllOrNothing,
}

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The file; `.gz` is unpacked on the way.
    pub file: PathBuf,
    /// What it is.
    pub format: Format,
    /// What its columns mean.
    pub mapping: Option<PathBuf>,
    /// Of an inventory: whose the items are, before what the mapping says.
    pub organization: Option<String>,
    /// Who says all this; else `import`, or `glpi` for an inventory.
    pub source: Option<String>,
    /// What happens when a row is refused.
    pub mode: Mode,
    /// Whether what is odd is refused.
    pub strict: bool,
    /// Whether this is all that the source has: what it knows and did not send is missing.
    pub complete: bool,
    /// Decide everything, store nothing.
    pub dry_run: bool,
    /// Where every row is answered, one JSON object a line.
    pub report: Option<PathBuf>,
}

/// What an import asks besides the gateway.
#[derive(Debug, Clone)]
pub struct Views {
    /// Connections that search the read models.
    pub reads: PgPool,
    /// Whether these have caught up.
    pub waiter: Waiter,
}

/// How an import ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// What became of the rows.
    pub summary: Summary,
    /// Whether anything of it is stored.
    pub stored: bool,
}

/// Imports a file in the import's own name; every row is answered.
pub async fn run(app: &App, options: &Options, progress: Arc<Progress>) -> Result<Ended, CisError> {
    let mapping = options.mapping.as_deref().map(Mapping::read).transpose()?;
    let mut mapping = mapping.unwrap_or_default();
    mapping.organization = options.organization.clone().or(mapping.organization);
    let source = options.source.as_deref().unwrap_or(match options.format {
        Format::Ndjson | Format::Csv => Origin::IMPORT,
        Format::Glpi => GLPI,
    });
    let views = Views { reads: app.reads.clone(), waiter: app.waiter.clone() };
    let engine = engine(&app.gateway, source, (options.strict, views)).await?;
    if options.complete && engine.speaker.source.is_none() {
        return Err(CisError::NotDefined);
    }
    if options.format == Format::Glpi {
        engine.ready().await?;
    }
    let read: Vec<&Path> = [Some(&options.file), options.mapping.as_ref()]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    let report = Report::begin(options.report.as_deref(), &read)?;
    let reading = Reading { file: options.file.clone(), format: options.format, mapping };
    let (chunks, waiting) = mpsc::channel(WAITING);
    let reader = {
        let progress = Arc::clone(&progress);
        tokio::task::spawn_blocking(move || reading.run(&progress, chunks))
    };
    let read = async { reader.await.unwrap_or(Err(CisError::Interrupted)) };
    let mut bulk = app.gateway.bulk(Caller::import(), app.gateway.new_id()).await?;
    let sent = options.complete.then(BTreeSet::new);
    let mut importing = Importing { engine, report, progress, sent };
    let keeps = !options.dry_run;
    if options.mode == Mode::ByRow && keeps {
        importing.by_row(&mut bulk, waiting).await?;
        read.await?;
        return importing.ended(app, &mut bulk, true).await;
    }
    let mut work = bulk.begin().await?;
    importing.together(&mut work, waiting).await?;
    read.await?;
    let stored = keeps && importing.report.tally().faulty() == 0;
    match stored {
        true => work.commit().await?,
        false => work.roll_back().await?,
    }
    importing.ended(app, &mut bulk, stored).await
}

/// An inventory that an agent sends.
#[derive(Debug)]
pub struct Sent<'t> {
    /// Its bytes.
    pub text: &'t [u8],
    /// Whose the items are; nobody's if nothing is said.
    pub organization: Option<String>,
    /// Decide everything, store nothing.
    pub dry_run: bool,
}

/// One inventory, in the name of whoever sends it. Its rows go by themselves.
pub async fn inventory(
    gateway: &Gateway,
    views: Views,
    caller: Caller,
    sent: Sent<'_>,
) -> Result<Ended, CisError> {
    let Sent { text, organization, dry_run } = sent;
    let unfit = |fault| CisError::Unfit { file: PathBuf::from("the inventory"), fault };
    let mapping = Mapping { organization, ..Mapping::default() };
    let rows = glpi::rows(text, &mapping).map_err(unfit)?;
    let engine = engine(gateway, GLPI, (false, views)).await?;
    let mut bulk = gateway.bulk(caller, gateway.new_id()).await?;
    bulk.may(Permission::CiRegister)?;
    bulk.may(Permission::CiCorrect)?;
    engine.ready().await?;
    let report = Report::begin(None, &[])?;
    let mut importing = Importing { engine, report, progress: Arc::default(), sent: None };
    let mut work = bulk.begin().await?;
    for rows in reading::chunks(rows) {
        importing.chunk(&mut work, &rows).await?;
    }
    match dry_run {
        true => work.roll_back().await?,
        false => work.commit().await?,
    }
    Ok(Ended { summary: importing.report.end()?, stored: !dry_run })
}

/// Bytes an inventory may have.
pub const INVENTORY_MAX: usize = glpi::SIZE_MAX;

/// Who says what inventories say, unless somebody is named.
const GLPI: &str = "glpi";

async fn engine(
    gateway: &Gateway,
    source: &str,
    (strict, views): (bool, Views),
) -> Result<Engine, CisError> {
    let speaker = Speaker::named(gateway, source).await?;
    Ok(Engine { speaker, strict, reads: views.reads, waiter: views.waiter })
}

/// An import under way.
struct Importing {
    engine: Engine,
    report: Report,
    progress: Arc<Progress>,
    /// The items that were in rows; of a complete run alone, 16 bytes each and what a tree takes.
    sent: Option<BTreeSet<CiId>>,
}

impl Importing {
    /// What the rows came to, when all that is stored is: a complete run tells what it did not send,
    /// and each run of a source is recorded. A run with faulty rows is none that is complete: what was
    /// in them is not known.
    async fn ended(self, app: &App, bulk: &mut Bulk, stored: bool) -> Result<Ended, CisError> {
        let tally = self.report.tally();
        let sent = self.sent.filter(|_| tally.faulty() == 0);
        let missing = match &sent {
            None => None,
            Some(sent) => Some(self.engine.miss(bulk, (sent, stored)).await?),
        };
        if stored {
            let run = (tally, sent.is_some(), missing.unwrap_or_default());
            self.engine.record(&app.gateway, run).await?;
        }
        let summary = Summary { missing, ..self.report.end()? };
        Ok(Ended { summary, stored })
    }

    /// Each chunk is stored before the next is decided.
    async fn by_row(
        &mut self,
        bulk: &mut Bulk,
        mut waiting: mpsc::Receiver<Vec<Row>>,
    ) -> Result<(), CisError> {
        while let Some(rows) = waiting.recv().await {
            let mut work = bulk.begin().await?;
            self.chunk(&mut work, &rows).await?;
            work.commit().await?;
        }
        Ok(())
    }

    /// All chunks go the same way in the end.
    async fn together(
        &mut self,
        work: &mut Work<'_>,
        mut waiting: mpsc::Receiver<Vec<Row>>,
    ) -> Result<(), CisError> {
        while let Some(rows) = waiting.recv().await {
            self.chunk(work, &rows).await?;
        }
        Ok(())
    }

    async fn chunk(&mut self, work: &mut Work<'_>, rows: &[Row]) -> Result<(), CisError> {
        let answers = self.engine.rows(work, rows).await?;
        for (row, answer) in rows.iter().zip(&answers) {
            self.report.add(row, answer)?;
            if let (Some(sent), Ok(Done { item: Some(id), .. })) = (&mut self.sent, answer) {
                sent.insert(*id);
            }
            self.progress.row();
        }
        Ok(())
    }
}
