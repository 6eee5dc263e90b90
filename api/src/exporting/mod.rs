//! Exports: whole read models as files, for the command line and for HTTP.
//!
//! A file is written while its rows are read, all of one instant, in the order of their keys: its length
//! costs no memory, and there is no cap on it. Whoever takes it sets the pace; whoever stops taking it
//! ends it. Who may have what is asked by the caller, from [`Noun::rights`]. What files look like stands
//! in `formats`, what is written in them in `catalogue`.

pub mod catalogue;
mod error;
pub mod filter;
pub mod formats;
mod items;
mod source;
mod table;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::io::AsyncReadExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

pub use catalogue::Noun;
pub use error::ExportError;
pub use filter::{FilterError, FilterFault};
pub use formats::Format;

use formats::{Ending, Writer};
use source::Source;

/// Exports at a time: each keeps a connection.
const PLACES: usize = 2;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pieces that wait to be taken.
const WAITING: usize = 4;
/// Who takes nothing for so long gets nothing more: its instant must not be kept for ever.
const STALLED: Duration = Duration::from_secs(60);
/// Bytes of a finished file that are handed out at a time.
const PIECE: usize = 64 * 1024;

/// Exports; cheap to clone, clones share their places.
#[derive(Debug, Clone)]
pub struct Exporting {
    login: PgConnectOptions,
    places: Arc<Semaphore>,
}

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What of.
    pub noun: &'static Noun,
    /// As what.
    pub format: Format,
    /// Which rows; none: all.
    pub filter: Option<String>,
}

/// A file in the making.
#[derive(Debug)]
pub struct Export {
    pieces: mpsc::Receiver<Result<Vec<u8>, ExportError>>,
    rows: Arc<AtomicU64>,
}

impl Export {
    /// The next piece; none: the file is whole. After an error there is nothing.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, ExportError>> {
        self.pieces.recv().await
    }

    /// Rows that were written so far, for whoever shows it.
    #[must_use]
    pub fn rows(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.rows)
    }
}

impl Exporting {
    /// Reads by this login.
    #[must_use]
    pub fn new(login: PgConnectOptions) -> Self {
        Self { login, places: Arc::new(Semaphore::new(PLACES)) }
    }

    /// Begins a file. What is wrong with the wish is said here, before there is a byte of it.
    ///
    /// # Errors
    /// The filter cannot be taken, too many are exported at once, or the database failed.
    pub async fn begin(&self, wish: &Wish) -> Result<Export, ExportError> {
        let place = self.place().await?;
        let source = Source::open(&self.login, wish).await?;
        let writer = Writer::begin(wish.format, wish.noun.name, source.headings())?;
        let (pieces, taken) = mpsc::channel(WAITING);
        let rows = Arc::new(AtomicU64::new(0));
        let outlet = Outlet { pieces, rows: Arc::clone(&rows) };
        tokio::spawn(outlet.run(source, writer, place));
        Ok(Export { pieces: taken, rows })
    }

    async fn place(&self) -> Result<OwnedSemaphorePermit, ExportError> {
        let place = Arc::clone(&self.places).acquire_owned();
        match tokio::time::timeout(PATIENCE, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(ExportError::Busy),
        }
    }
}

/// Where the pieces go.
struct Outlet {
    pieces: mpsc::Sender<Result<Vec<u8>, ExportError>>,
    rows: Arc<AtomicU64>,
}

impl Outlet {
    async fn run(self, source: Source, writer: Writer, _place: OwnedSemaphorePermit) {
        if let Err(error) = self.write(source, writer).await {
            // Whoever has gone, or does not listen, does not hear of it either.
            let said = tokio::time::timeout(PATIENCE, self.pieces.send(Err(error))).await;
            tracing::debug!(heard = said.is_ok(), "an export breaks off");
        }
    }

    async fn write(&self, mut source: Source, mut writer: Writer) -> Result<(), ExportError> {
        source.write(&mut writer, self).await?;
        source.close().await;
        let ended = tokio::task::spawn_blocking(move || writer.finish()).await;
        match ended.map_err(|_| ExportError::Interrupted)?? {
            Ending::Bytes(bytes) => self.send(bytes).await,
            Ending::File(file) => self.send_file(file).await,
        }
    }

    /// A row was written: what is full is handed on.
    async fn row(&self, writer: &mut Writer) -> Result<(), ExportError> {
        self.rows.fetch_add(1, Ordering::Relaxed);
        match writer.filled()? {
            Some(bytes) => self.send(bytes).await,
            None => Ok(()),
        }
    }

    async fn send(&self, bytes: Vec<u8>) -> Result<(), ExportError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let sent = self.pieces.send(Ok(bytes));
        match tokio::time::timeout(STALLED, sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(ExportError::NobodyTakesIt),
        }
    }

    async fn send_file(&self, file: std::fs::File) -> Result<(), ExportError> {
        let mut file = tokio::fs::File::from_std(file);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece).await;
            if read.map_err(formats::FormatError::File)? == 0 {
                return Ok(());
            }
            self.send(piece).await?;
        }
    }
}
