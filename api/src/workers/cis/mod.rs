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
mod reading;
mod report;
mod row;
mod source;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::access::Permission;
use domain::ci::Origin;
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
use report::Report;
use row::Row;
use source::Source;

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
    let source = Source::named(&app.gateway, source).await?;
    let engine = Engine::new(&source, options.strict, views);
    if options.format == Format::Glpi {
        engine.ready().await?;
    }
    let report = Report::begin(options.report.as_deref(), &options.file)?;
    let reading = Reading { file: options.file.clone(), format: options.format, mapping };
    let (chunks, waiting) = mpsc::channel(WAITING);
    let reader = {
        let progress = Arc::clone(&progress);
        tokio::task::spawn_blocking(move || reading.run(&progress, chunks))
    };
    let read = async { reader.await.unwrap_or(Err(CisError::Interrupted)) };
    let mut bulk = app.gateway.bulk(Caller::import(), app.gateway.new_id()).await?;
    let mut importing = Importing { engine, report, progress };
    let keeps = !options.dry_run;
    if options.mode == Mode::ByRow && keeps {
        importing.by_row(&mut bulk, waiting).await?;
        read.await?;
        let summary = importing.report.end()?;
        source.ran(&app.gateway, summary.tally).await?;
        return Ok(Ended { summary, stored: true });
    }
    let mut work = bulk.begin().await?;
    importing.together(&mut work, waiting).await?;
    read.await?;
    let summary = importing.report.end()?;
    let stored = keeps && summary.tally.faulty() == 0;
    match stored {
        true => {
            work.commit().await?;
            source.ran(&app.gateway, summary.tally).await?;
        }
        false => work.roll_back().await?,
    }
    Ok(Ended { summary, stored })
}

/// One inventory, as its bytes, in a person's name. Its rows go by themselves.
pub async fn inventory(
    gateway: &Gateway,
    views: Views,
    caller: Caller,
    (text, dry_run): (&[u8], bool),
) -> Result<Ended, CisError> {
    let unfit = |fault| CisError::Unfit { file: PathBuf::from("the inventory"), fault };
    let rows = glpi::rows(text, &Mapping::default()).map_err(unfit)?;
    let source = Source::named(gateway, GLPI).await?;
    let engine = Engine::new(&source, false, views);
    let mut bulk = gateway.bulk(caller, gateway.new_id()).await?;
    bulk.may(Permission::CiRegister)?;
    bulk.may(Permission::CiCorrect)?;
    engine.ready().await?;
    let report = Report::begin(None, Path::new(""))?;
    let mut importing = Importing { engine, report, progress: Arc::default() };
    let mut work = bulk.begin().await?;
    for rows in reading::chunks(rows) {
        importing.chunk(&mut work, &rows).await?;
    }
    let summary = importing.report.end()?;
    match dry_run {
        true => work.roll_back().await?,
        false => {
            work.commit().await?;
            source.ran(gateway, summary.tally).await?;
        }
    }
    Ok(Ended { summary, stored: !dry_run })
}

/// Bytes an inventory may have.
pub const INVENTORY_MAX: usize = glpi::SIZE_MAX;

/// Who says what inventories say, unless somebody is named.
const GLPI: &str = "glpi";

/// An import under way.
struct Importing {
    engine: Engine,
    report: Report,
    progress: Arc<Progress>,
}

impl Importing {
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
            self.progress.row();
        }
        Ok(())
    }
}
