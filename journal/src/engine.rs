//! What works for a journal as long as it is open: the lanes that write, the loaders that read.
//!
//! Started by the first append or load, in the runtime that asks for it; nothing is connected before
//! it is needed. Ends when the journal's last handle is dropped, when it is closed, or when its pool is.

use std::sync::Arc;

use sqlx::PgPool;
use tokio::sync::{Mutex, Notify};
use tokio::task::{AbortHandle, JoinHandle};

use crate::append::{Answers, Writer};
use crate::error::JournalError;
use crate::inline::InlineView;
use crate::postgres::hot::Connections;
use crate::read::{Holders, Numbers, Streams};
use crate::sharing::{NobodyAnswers, Sharing};

/// Connections that read.
const READING: usize = 3;
/// Loads of streams on their way at once; everything else has one.
const LOADING: usize = 2;

/// See the module.
#[derive(Debug)]
pub(crate) struct Engine {
    pub(crate) writer: Arc<Writer>,
    pub(crate) streams: Sharing<Streams>,
    pub(crate) holders: Sharing<Holders>,
    pub(crate) numbers: Sharing<Numbers>,
    pub(crate) answers: Sharing<Answers>,
    reading: Arc<Connections>,
    writing: Mutex<Option<JoinHandle<()>>>,
    ends_with_pool: AbortHandle,
}

impl Engine {
    /// Has to be called within a runtime. `appended` is told after each append.
    pub(crate) fn start(
        pool: &PgPool,
        views: &[Arc<dyn InlineView>],
        appended: Arc<Notify>,
    ) -> Self {
        let writer = Arc::new(Writer::new(pool, views, appended));
        let reading = Arc::new(Connections::new(pool, READING));
        let ends_with_pool = {
            let (closed, writer, reading) =
                (pool.close_event(), Arc::clone(&writer), Arc::clone(&reading));
            tokio::spawn(async move {
                closed.await;
                writer.close();
                reading.close().await;
            })
        };
        Self {
            streams: Sharing::new(Streams(Arc::clone(&reading)), LOADING),
            holders: Sharing::new(Holders(Arc::clone(&reading)), 1),
            numbers: Sharing::new(Numbers(Arc::clone(&reading)), 1),
            answers: Sharing::new(Answers(Arc::clone(&reading)), 1),
            writing: Mutex::new(Some(tokio::spawn(Arc::clone(&writer).run()))),
            ends_with_pool: ends_with_pool.abort_handle(),
            writer,
            reading,
        }
    }

    /// Writes what waits, then ends everything.
    pub(crate) async fn close(&self) {
        self.writer.close();
        if let Some(writing) = self.writing.lock().await.take() {
            // If it was aborted, it has ended as well.
            let _ = writing.await;
        }
        self.reading.close().await;
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // What still waits is written all the same.
        self.writer.close();
        self.ends_with_pool.abort();
    }
}

impl From<NobodyAnswers> for JournalError {
    fn from(_: NobodyAnswers) -> Self {
        Self::Database(sqlx::Error::PoolClosed)
    }
}
