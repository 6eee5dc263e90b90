//! One event by itself: that it stands in the signed tree, shown by a few hashes.

use sqlx::PgConnection;

use super::anchor::Anchor;
use super::error::BundleError;
use super::export::unsigned;
use super::line::Line;
use crate::leaf::{Entry, Hash, LeafInput};
use crate::signer::SignError;
use crate::tlog::check;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::policy::Policy;
use crate::tlog::proof::{LogProof, ProofFileError};
use crate::tlog::tile::ReadError;
use crate::tlog::tree::{self, Node, TreeError};
use crate::verify::{Tampering, sealed};

/// What shows that its proof is not one.
pub(super) const NO_PROOF: &str = "its proof does not lead to the signed root";

/// An event and what shows that it stands in the signed log.
#[derive(Debug)]
pub struct Proven {
    /// The proof file.
    pub proof: LogProof,
    /// Its line, as a bundle has it.
    pub event: Vec<u8>,
    /// Its leaf's hash.
    pub leaf: Hash,
}

/// Proves the event with this number.
///
/// # Errors
/// There is no such event, it is not signed yet, or it is not the one that was sealed and signed.
pub async fn prove(
    conn: &mut PgConnection,
    anchor: &Anchor,
    number: i64,
) -> Result<Proven, BundleError> {
    unsigned(conn, anchor).await?;
    if !(1..=anchor.size()).contains(&number) {
        return Err(BundleError::Refused("no event with this number was signed"));
    }
    let page = sqlx::query(include_str!("../verify/sql/page.sql"));
    let rows = page.bind(number - 1).bind(1i64).fetch_all(conn).await?;
    let row = rows.first().ok_or(Tampering::Missing { number })?;
    let origin = &anchor.signed.checkpoint.origin;
    sealed(origin, number, row)??;
    let (line, entry) = (Line::of(row)?, Entry::of(origin, &LeafInput::of(row)?));
    let mut tiles = anchor.tiles();
    let hashes = inclusion(&line, &entry, anchor, |node| tiles.node(node))?;
    let proof = LogProof {
        extra: None,
        index: (number - 1).unsigned_abs(),
        hashes,
        checkpoint: anchor.signed.note.clone(),
    };
    let mut event = Vec::new();
    line.write(&mut event);
    event.push(b'\n');
    Ok(Proven { proof, event, leaf: entry.leaf() })
}

/// The hashes that lead from an event to the anchor's root.
pub(super) fn inclusion(
    line: &Line<'_>,
    entry: &Entry,
    anchor: &Anchor,
    source: impl FnMut(Node) -> Result<Hash, ReadError<BundleError>>,
) -> Result<Vec<Hash>, BundleError> {
    let (index, checkpoint) = ((line.global_seq - 1).unsigned_abs(), &anchor.signed.checkpoint);
    let hashes = tree::inclusion(index, checkpoint.size, source).map_err(|fault| match fault {
        TreeError::Source(ReadError::Source(fault)) => fault,
        TreeError::Source(ReadError::Tile(tile, _)) => BundleError::changed(
            tile.to_string(),
            "it does not have as many hashes as its name says",
        ),
        TreeError::Outside | TreeError::Source(ReadError::Outside) => no_proof(line),
    })?;
    check::inclusion(&entry.leaf(), index, (checkpoint.size, &checkpoint.root), &hashes)
        .map_err(|_| no_proof(line))?;
    Ok(hashes)
}

fn no_proof(line: &Line<'_>) -> BundleError {
    changed(line, NO_PROOF)
}

fn changed(line: &Line<'_>, what: &'static str) -> BundleError {
    let (number, stream) = (line.global_seq, line.stream());
    BundleError::Tampered(Tampering::Changed { number, stream, what })
}

/// Checks a proof file for the event of this line; what it leads to, and the event's number. Needs
/// nothing but these and a policy.
///
/// # Errors
/// One of them is malformed, nobody who is trusted has signed, or it is the proof of something else.
pub fn check_proof(
    proof: &[u8],
    event: &[u8],
    policy: &Policy,
) -> Result<(i64, Checkpoint), BundleError> {
    let malformed = BundleError::Refused("the file of the proof is not a tlog-proof");
    let proof = LogProof::parse(proof).map_err(|_| malformed)?;
    let checkpoint = policy
        .accept(&proof.checkpoint)
        .map_err(|fault| BundleError::Untrusted(SignError::NotOurs(fault)))?;
    let malformed = || BundleError::Refused("the file of the event is not a line of an export");
    let event = event.strip_suffix(b"\n").unwrap_or(event);
    let line = Line::parse(event, &mut Vec::new()).ok_or_else(malformed)?;
    let salt = line.salt().ok_or_else(malformed)?;
    let entry = Entry::of(&checkpoint.origin, &line.event(&salt).ok_or_else(malformed)?);
    if line.global_seq < 1 || (line.global_seq - 1).unsigned_abs() != proof.index {
        return Err(changed(&line, "the proof is of another number"));
    }
    match proof.check(&entry.leaf(), policy) {
        Ok(checkpoint) => Ok((line.global_seq, checkpoint)),
        Err(ProofFileError::Refused(fault)) => {
            Err(BundleError::Untrusted(SignError::NotOurs(fault)))
        }
        Err(_) => Err(no_proof(&line)),
    }
}
