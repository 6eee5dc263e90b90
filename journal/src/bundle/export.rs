//! Out of the journal into a folder. What is exported is verified on the way: nobody takes a history
//! along as evidence that is not the one that was sealed and signed.

use std::fs;
use std::path::Path;

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{PgConnection, Postgres, Row};

use super::anchor::Anchor;
use super::choice::{Chosen, actor};
use super::error::BundleError;
use super::files::{Writing, new_folder, write};
use super::line::Line;
use super::manifest::Manifest;
use super::streams::{Key, Streams};
use super::sums::Sums;
use super::tree::{Tree, TreeFile};
use super::{CHECKPOINTS, EVENTS, LEAVES, PAGE, POLICY, SUMS, claims, proving};
use crate::leaf::{Entry, LeafInput};
use crate::merkle::Frontier;
use crate::read::whole;
use crate::signer::{Checkpoints, SignError, Signed};
use crate::verify::{Marks, Tampering, sealed};

/// Tiles that are kept at once: some 8 MiB.
const TILES: usize = 1_000;

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// What the bundle is.
    pub manifest: Manifest,
    /// Events that have a number and were not signed yet: they are not in it.
    pub unsigned: i64,
}

/// Writes a bundle into a new folder; `progress` hears how far in the log it is, of how much. The
/// connection's transaction has to be one snapshot, begun after the anchor was opened.
///
/// # Errors
/// What was to be exported is not what was sealed and signed; there is nothing of it; the folder is
/// not empty; the database does not answer.
pub async fn export(
    conn: &mut PgConnection,
    anchor: &Anchor,
    chosen: &Chosen,
    folder: &Path,
    progress: impl FnMut(i64, i64),
) -> Result<Exported, BundleError> {
    let unsigned = unsigned(conn, anchor).await?;
    if let Chosen::Events(numbers) = chosen
        && !chosen.fits(anchor.size(), i64::try_from(numbers.len()).unwrap_or(i64::MAX))
    {
        return Err(BundleError::Refused("not every event that was chosen was signed"));
    }
    let after = if let Chosen::Epoch(epoch) = chosen { epoch.after } else { 0 };
    let mut pages = Pages { chosen, types: Vec::new(), size: anchor.size(), after };
    if chosen.is_streams() {
        pages.types = whole::types(conn).await?;
    }
    let first = pages.next(conn).await?;
    if first.is_empty() && *chosen != Chosen::All {
        return Err(BundleError::Refused("nothing of what was chosen was signed"));
    }
    new_folder(folder)?;
    let mut sums = Sums::default();
    write(folder, POLICY, &anchor.policy_text, &mut sums)?;
    let checkpoint = &anchor.signed.checkpoint;
    let mut making = Making {
        anchor,
        folder,
        manifest: Manifest::new(checkpoint, chosen.clone()),
        events: Writing::create(folder, EVENTS)?,
        line: Vec::new(),
    };
    if chosen.is_dense() {
        copy_checkpoints(anchor, after, folder, &mut sums)?;
        let mut tree = Growing::from(chosen, folder)?;
        making.dense(conn, (&mut pages, first), &mut tree, progress).await?;
        making.put(&tree.finish(&mut sums)?)?;
        claims::write(conn, anchor.size(), folder, &mut sums).await?;
        let row = sqlx::query(include_str!("sql/ticket_number.sql")).fetch_one(conn).await?;
        making.manifest.ticket_number = row.try_get("last_value")?;
    } else {
        write(folder, CHECKPOINTS, format!("{}\n", anchor.signed.note).as_bytes(), &mut sums)?;
        making.part(conn, &mut pages, first, progress).await?;
    }
    let Making { events, manifest, .. } = making;
    events.finish(&mut sums)?;
    manifest.write(folder, &mut sums)?;
    let text = sums.to_string();
    write(folder, SUMS, text.as_bytes(), &mut sums)?;
    Ok(Exported { manifest, unsigned })
}

/// How many events were not signed; refuses a log that is not the signed one.
pub(super) async fn unsigned(conn: &mut PgConnection, anchor: &Anchor) -> Result<i64, BundleError> {
    let checkpoint = &anchor.signed.checkpoint;
    let row = sqlx::query(include_str!("../verify/sql/sequencer.sql")).fetch_one(conn).await?;
    let (database, size): (String, i64) = (row.try_get("origin")?, row.try_get("tree_size")?);
    if database != checkpoint.origin {
        let file = checkpoint.origin.clone();
        return Err(BundleError::Input(SignError::OtherLog { file, database }));
    }
    if size < anchor.size() {
        return Err(Tampering::Rollback { from: anchor.size(), to: size }.into());
    }
    Ok(size - anchor.size())
}

/// The rows of what was chosen, a page at a time.
struct Pages<'p> {
    chosen: &'p Chosen,
    /// Of all streams: with their types an identity is found by an index.
    types: Vec<String>,
    size: i64,
    after: i64,
}

impl Pages<'_> {
    async fn next(&mut self, conn: &mut PgConnection) -> Result<Vec<PgRow>, BundleError> {
        let query = match self.chosen {
            Chosen::All | Chosen::Epoch(_) => sqlx::query(include_str!("../verify/sql/page.sql"))
                .bind(self.after)
                .bind(PAGE.min(self.size - self.after)),
            Chosen::Ticket(id) | Chosen::Ci(id) => {
                let query = self.part(include_str!("sql/of_streams.sql"));
                query.bind(&self.types).bind(id.to_string())
            }
            Chosen::Person(id) => {
                let query = self.part(include_str!("sql/of_person.sql"));
                query.bind(id.to_string()).bind(actor(*id))
            }
            Chosen::Period { from, to } => {
                self.part(include_str!("sql/of_period.sql")).bind(from).bind(to)
            }
            Chosen::Events(numbers) => {
                self.part(include_str!("sql/of_numbers.sql")).bind(numbers.as_slice())
            }
        };
        let rows = query.fetch_all(conn).await?;
        if let Some(last) = rows.last() {
            self.after = last.try_get("global_seq")?;
        }
        Ok(rows)
    }

    fn part(&self, sql: &'static str) -> Query<'_, Postgres, PgArguments> {
        sqlx::query(sql).bind(self.after).bind(self.size).bind(PAGE)
    }
}

/// The tree that grows with the events.
enum Growing {
    /// Of all: in tiles.
    Tiles(Tree),
    /// Of an epoch: by its leaves.
    Leaves(Frontier, Writing),
}

impl Growing {
    fn from(chosen: &Chosen, folder: &Path) -> Result<Self, BundleError> {
        let Chosen::Epoch(epoch) = chosen else { return Ok(Self::Tiles(Tree::default())) };
        let tree = epoch.tree().ok_or(BundleError::Refused("the epoch goes on with no tree"))?;
        Ok(Self::Leaves(tree, Writing::create(folder, LEAVES)?))
    }

    fn frontier(&self) -> &Frontier {
        match self {
            Self::Tiles(tree) => tree.frontier(),
            Self::Leaves(tree, _) => tree,
        }
    }

    /// Adds an event's entry; files that became whole.
    fn push(&mut self, entry: Entry) -> Result<Vec<TreeFile>, BundleError> {
        match self {
            Self::Tiles(tree) => Ok(tree.push(entry)),
            Self::Leaves(tree, leaves) => {
                let leaf = entry.leaf();
                tree.push(leaf);
                leaves.write(&leaf)?;
                Ok(Vec::new())
            }
        }
    }

    /// The files that are not whole.
    fn finish(self, sums: &mut Sums) -> Result<Vec<TreeFile>, BundleError> {
        match self {
            Self::Tiles(tree) => Ok(tree.rest()),
            Self::Leaves(_, leaves) => leaves.finish(sums).map(|()| Vec::new()),
        }
    }
}

/// A bundle in the making.
struct Making<'m> {
    anchor: &'m Anchor,
    folder: &'m Path,
    manifest: Manifest,
    events: Writing,
    line: Vec<u8>,
}

impl Making<'_> {
    /// Every event that there is, the tree over them, and every root that was signed.
    async fn dense(
        &mut self,
        conn: &mut PgConnection,
        (pages, mut rows): (&mut Pages<'_>, Vec<PgRow>),
        tree: &mut Growing,
        mut progress: impl FnMut(i64, i64),
    ) -> Result<(), BundleError> {
        let input = BundleError::Input;
        let file = Checkpoints::open(&self.folder.join(CHECKPOINTS)).map_err(input)?;
        let mut marks = Marks::new(self.anchor.policy.clone(), Some(file), None).map_err(input)?;
        let mut number = i64::try_from(tree.frontier().size()).unwrap_or(i64::MAX);
        let mut differ = marks.differ(number, tree.frontier()).map_err(input)?;
        if number > 0 && differ.is_none() && marks.count() == 0 {
            let what = "the archive ends where this log was not signed; begin a new archive";
            return Err(BundleError::Refused(what));
        }
        while number < pages.size {
            if rows.is_empty() {
                return Err(Tampering::Missing { number: number + 1 }.into());
            }
            for row in &rows {
                if let Some(found) = differ {
                    return Err(found.into());
                }
                number += 1;
                let entry = self.entry(number, row)?;
                self.put(&tree.push(entry)?)?;
                differ = marks.differ(number, tree.frontier()).map_err(input)?;
                self.write(Line::of(row)?)?;
            }
            progress(number, pages.size);
            rows = if number < pages.size { pages.next(conn).await? } else { Vec::new() };
        }
        if tree.frontier().root() != self.anchor.signed.checkpoint.root {
            return Err(Tampering::Root { size: number }.into());
        }
        Ok(())
    }

    /// Some events, each with its proof.
    async fn part(
        &mut self,
        conn: &mut PgConnection,
        pages: &mut Pages<'_>,
        mut rows: Vec<PgRow>,
        mut progress: impl FnMut(i64, i64),
    ) -> Result<(), BundleError> {
        let (mut tiles, mut streams) = (self.anchor.tiles(), Streams::default());
        while !rows.is_empty() {
            for row in &rows {
                let entry = self.entry(row.try_get("global_seq")?, row)?;
                let mut line = Line::of(row)?;
                let proof =
                    proving::inclusion(&line, &entry, self.anchor, |node| tiles.node(node))?;
                line.prove(&proof);
                if self.manifest.chosen.is_streams() {
                    streams.push(Key::of(&line.aggregate_type, &line.aggregate_id), line.sequence);
                }
                self.write(line)?;
            }
            tiles.keep(TILES);
            progress(pages.after, pages.size);
            rows = pages.next(conn).await?;
        }
        progress(pages.size, pages.size);
        streams.check()
    }

    /// The entry of this row, when everything about it is as it was sealed.
    fn entry(&self, number: i64, row: &PgRow) -> Result<Entry, BundleError> {
        let origin = &self.manifest.origin;
        sealed(origin, number, row)??;
        Ok(Entry::of(origin, &LeafInput::of(row)?))
    }

    fn write(&mut self, line: Line<'_>) -> Result<(), BundleError> {
        self.manifest.count(line.kind());
        line.write(&mut self.line);
        self.line.push(b'\n');
        self.events.write(&self.line)
    }

    fn put(&self, files: &[TreeFile]) -> Result<(), BundleError> {
        for (name, bytes) in files {
            let path = self.folder.join(name);
            let parent = path.parent().unwrap_or(self.folder);
            let written = fs::create_dir_all(parent).and_then(|()| fs::write(&path, bytes));
            written.map_err(BundleError::file(&path))?;
        }
        Ok(())
    }
}

/// Those from this size on up to the anchor's, each of them ours.
fn copy_checkpoints(
    anchor: &Anchor,
    after: i64,
    folder: &Path,
    sums: &mut Sums,
) -> Result<(), BundleError> {
    let mut from = Checkpoints::open(&anchor.checkpoints).map_err(BundleError::Input)?;
    let mut to = Writing::create(folder, CHECKPOINTS)?;
    while let Some(note) = from.next_note().map_err(BundleError::Input)? {
        let signed = Signed::of(&note, &anchor.policy).map_err(BundleError::Input)?;
        if signed.checkpoint.size >= anchor.signed.checkpoint.size {
            break;
        }
        if signed.checkpoint.size >= after.unsigned_abs() {
            to.write(&note)?;
            to.write(b"\n")?;
        }
    }
    // With the signatures of its witnesses, which the file does not have.
    to.write(format!("{}\n", anchor.signed.note).as_bytes())?;
    to.finish(sums)
}
