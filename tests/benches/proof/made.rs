//! A bundle of all, as large as one likes: the events of another one over and over, each time of other
//! streams, under a key of its own. No database has ever had them, but a check cannot tell.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use journal::bundle::{EVENTS, Line, Manifest};
use journal::leaf::{Entry, Hash, LeafInput};
use journal::merkle::Frontier;
use journal::tlog::bundle::Bundle;
use journal::tlog::checkpoint::Checkpoint;
use journal::tlog::key::{Kind, SignerKey};
use journal::tlog::note::Note;
use journal::tlog::tile::{Tile, WIDTH};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Fault;

/// So many events of the other one are taken, if it has them.
const TAKEN: usize = 50_000;
/// Whoever knows it can sign such bundles, which are of nothing.
const SEED: [u8; 32] = [7; 32];

/// Writes it into a new folder.
pub(super) fn bundle(of: &Path, folder: &Path, events: i64) -> Result<(), Fault> {
    fs::create_dir(folder)?;
    let mut manifest: Manifest = serde_json::from_slice(&fs::read(of.join("manifest.json"))?)?;
    let lines = BufReader::new(File::open(of.join(EVENTS))?).lines().take(TAKEN);
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    let mut making = Making {
        folder,
        origin: manifest.origin.clone(),
        events: Writing::create(folder, EVENTS)?,
        claims: Writing::create(folder, "claims.ndjson")?,
        leaves: Vec::new(),
        entries: Vec::new(),
        kinds: BTreeMap::new(),
    };
    for (number, index) in (1..=events).zip((0..lines.len()).cycle()) {
        let copy = (number - 1) / i64::try_from(lines.len())?;
        making.add(&lines[index], number, copy)?;
    }
    making.entries()?;
    let Making { events: written, claims, leaves, kinds, .. } = making;
    let mut tree = Frontier::default();
    leaves.iter().for_each(|leaf| tree.push(*leaf));
    tiles(folder, leaves)?;
    manifest.size = events;
    manifest.events = events;
    manifest.kinds = kinds;
    manifest.root = hex(&tree.root());
    let mut sums = BTreeMap::from([written.finish()?, claims.finish()?]);
    let checkpoint = Checkpoint::new(&manifest.origin, tree.size(), tree.root());
    let key = SignerKey::new(manifest.origin.parse()?, Kind::Note, &SEED);
    let mut note = Note::new(&checkpoint.to_string())?;
    note.sign(&key, 0);
    for (name, text) in [
        ("checkpoints", format!("{note}\n")),
        ("manifest.json", format!("{}\n", serde_json::to_string_pretty(&manifest)?)),
        ("policy", format!("log {}\nquorum none\n", key.public())),
    ] {
        let mut file = Writing::create(folder, name)?;
        file.write(text.as_bytes())?;
        sums.extend([file.finish()?]);
    }
    let lines = sums.iter().map(|(name, digest)| format!("{}  {name}\n", hex(digest)));
    Ok(fs::write(folder.join("SHA256SUMS"), lines.collect::<String>())?)
}

/// What grows with each event.
struct Making<'m> {
    folder: &'m Path,
    origin: String,
    events: Writing,
    claims: Writing,
    leaves: Vec<Hash>,
    /// Of the last file of entries.
    entries: Vec<Entry>,
    kinds: BTreeMap<String, i64>,
}

impl Making<'_> {
    /// The event of this line under another number, in another stream for each copy.
    fn add(&mut self, line: &str, number: i64, copy: i64) -> Result<(), Fault> {
        let mut text = Vec::with_capacity(line.len());
        let mut line = Line::parse(line.as_bytes(), &mut text).ok_or("a line is none")?;
        let id: Uuid = line.aggregate_id.parse()?;
        let id = Uuid::from_u128(id.as_u128() ^ (u128::from(copy.unsigned_abs()) << 96));
        line.aggregate_id = id.to_string().into();
        line.global_seq = number;
        let entry = Entry::of(
            &self.origin,
            &LeafInput {
                aggregate_type: &line.aggregate_type,
                aggregate_id: &line.aggregate_id,
                sequence: line.sequence,
                event_type: &line.event_type,
                event_version: &line.event_version,
                recorded_at: DateTime::from_timestamp_micros(line.recorded_at).ok_or("no time")?,
                salt: &STANDARD.decode(&*line.salt)?,
                payload: &line.payload,
                metadata: &line.metadata,
            },
        );
        line.write(&mut text);
        text.push(b'\n');
        self.events.write(&text)?;
        if line.sequence == 1 {
            self.claims.write(claim(&line).as_bytes())?;
        }
        *self.kinds.entry(format!("{}/{}", line.event_type, line.event_version)).or_default() += 1;
        self.leaves.push(entry.leaf());
        self.entries.push(entry);
        if self.entries.len() == usize::from(WIDTH) { self.entries() } else { Ok(()) }
    }

    /// Writes the last file of entries.
    fn entries(&mut self) -> Result<(), Fault> {
        let width = u16::try_from(self.entries.len())?;
        if width > 0 {
            let index = (self.leaves.len() as u64 - 1) / u64::from(WIDTH);
            let file = Bundle { index, width };
            let bytes = file.file(self.entries.iter().map(Entry::as_bytes))?;
            put(self.folder, &file.to_string(), &bytes)?;
            self.entries.clear();
        }
        Ok(())
    }
}

/// Its number for people, which no other stream has.
fn claim(line: &Line<'_>) -> String {
    let key = json!(line.aggregate_id);
    let of = json!(line.aggregate_type);
    format!(
        "{{\"scope\":\"ticket.number\",\"key\":{key},\"aggregate_type\":{of},\"aggregate_id\":{key}}}\n"
    )
}

/// The tree's hashes: a tile is a row of them, and its root a hash of the level above.
fn tiles(folder: &Path, leaves: Vec<Hash>) -> Result<(), Fault> {
    let (mut level, mut hashes) = (0, leaves);
    while !hashes.is_empty() {
        for (row, index) in hashes.chunks(usize::from(WIDTH)).zip(0..) {
            let tile = Tile { level, index, width: u16::try_from(row.len())? };
            put(folder, &tile.to_string(), &row.concat())?;
        }
        let root = |row: &[Hash]| {
            let mut tree = Frontier::default();
            row.iter().for_each(|hash| tree.push(*hash));
            tree.root()
        };
        hashes = hashes.chunks_exact(usize::from(WIDTH)).map(root).collect();
        level += 1;
    }
    Ok(())
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap_or(folder))?;
    Ok(fs::write(path, bytes)?)
}

/// A file that is hashed while it is written.
struct Writing {
    name: &'static str,
    file: BufWriter<File>,
    digest: Sha256,
}

impl Writing {
    fn create(folder: &Path, name: &'static str) -> Result<Self, Fault> {
        let file = BufWriter::new(File::create_new(folder.join(name))?);
        Ok(Self { name, file, digest: Sha256::new() })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.digest.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }

    /// Its name and its digest.
    fn finish(mut self) -> Result<(&'static str, Hash), Fault> {
        self.file.flush()?;
        Ok((self.name, self.digest.finalize().into()))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
