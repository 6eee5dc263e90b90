//! A line to PostgreSQL that breaks now and then: on the way there, or on the way back, when
//! nobody can know any more whether the command was done.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use rand::Rng;
use rand::rngs::StdRng;
use testbed::Folder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;

use super::chance::chance;

/// The socket's name, as PostgreSQL's clients know it.
const SOCKET: &str = ".s.PGSQL.5432";

/// A socket in a folder of its own, behind which PostgreSQL answers most of the time.
pub(super) struct Proxy {
    folder: Folder,
    listening: JoinHandle<()>,
    shared: Arc<Shared>,
}

struct Shared {
    cutting: AtomicBool,
    cuts: AtomicU64,
    /// One in so many messages is lost with its line.
    odds: u32,
    dice: Mutex<StdRng>,
    target: PathBuf,
}

impl Proxy {
    /// In front of this socket folder; it does not cut yet.
    pub(super) fn start(target: &Path, odds: u32, seed: u64) -> Self {
        let folder = Folder::new();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let shared = Arc::new(Shared {
            cutting: AtomicBool::new(false),
            cuts: AtomicU64::new(0),
            odds,
            dice: Mutex::new(chance(seed, 0)),
            target: target.join(SOCKET),
        });
        let accept = Arc::clone(&shared);
        let listening = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let line = Arc::clone(&accept);
                // A line that ends is what this is for.
                tokio::spawn(async move { line.carry(client).await.is_ok() });
            }
        });
        Self { folder, listening, shared }
    }

    /// Where clients look for the socket.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Begins or ends cutting.
    pub(super) fn cut(&self, cutting: bool) {
        self.shared.cutting.store(cutting, Ordering::Relaxed);
    }

    /// How many lines were cut.
    pub(super) fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Shared {
    /// Until either side ends, or it is cut.
    async fn carry(&self, mut client: UnixStream) -> io::Result<()> {
        let mut server = UnixStream::connect(&self.target).await?;
        let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            let (length, to, bytes) = tokio::select! {
                read = client.read(&mut asked) => (read?, &mut server, &asked),
                read = server.read(&mut answered) => (read?, &mut client, &answered),
            };
            if length == 0 || self.is_cut() {
                return Ok(());
            }
            to.write_all(&bytes[..length]).await?;
        }
    }

    fn is_cut(&self) -> bool {
        let cut = self.cutting.load(Ordering::Relaxed)
            && self.dice.lock().unwrap().random_ratio(1, self.odds);
        if cut {
            self.cuts.fetch_add(1, Ordering::Relaxed);
        }
        cut
    }
}
