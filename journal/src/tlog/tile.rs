//! The tree as static files: rows of up to 256 hashes, of every eighth level.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::text;
use super::tree::Node;
use crate::leaf::Hash;
use crate::merkle::Frontier;

/// Hashes of a whole tile.
pub const WIDTH: u16 = 256;
/// Levels of the tree between two levels of tiles.
const HEIGHT: u8 = 8;
/// No path of a tile is longer.
const PATH_MAX: usize = 64;

/// A tile: which hashes it holds, and so where it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// Its level; each hash is of a subtree with `256^level` leaves.
    pub level: u8,
    /// Its place on the level, from 0.
    pub index: u64,
    /// How many hashes, 1 to 256.
    pub width: u16,
}

/// A tile's path, or its content, is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Not `tile/<level>/<index>` with an optional `.p/<width>`.
    #[error("this is not the path of a tile")]
    Path,
    /// Not as many hashes as its width says.
    #[error("the tile does not have the size of its width")]
    Content,
}

impl Tile {
    /// The tile that a tree of this size has at this place, if any.
    pub fn at(level: u8, index: u64, size: u64) -> Option<Self> {
        let before = index.checked_mul(u64::from(WIDTH))?;
        let hashes = size.checked_shr(u32::from(level) * u32::from(HEIGHT))?.checked_sub(before)?;
        let width = u16::try_from(hashes.min(u64::from(WIDTH))).ok().filter(|&width| width > 0)?;
        Some(Self { level, index, width })
    }

    /// The tiles that a tree of this size has and one of the size before has not, level by level.
    pub fn new_between(before: u64, size: u64) -> impl Iterator<Item = Self> {
        (0..HEIGHT).flat_map(move |level| {
            let hashes = |size: u64| size >> (level * HEIGHT);
            let grown = hashes(before) < hashes(size);
            let first = hashes(before) / u64::from(WIDTH);
            let end = if grown { hashes(size).div_ceil(u64::from(WIDTH)) } else { first };
            (first..end).filter_map(move |index| Self::at(level, index, size))
        })
    }

    /// Whether no larger tree has more in its place.
    pub fn is_whole(&self) -> bool {
        self.width == WIDTH
    }

    /// The hashes of its file.
    ///
    /// # Errors
    /// They are not as many as its width says.
    pub fn hashes(&self, bytes: &[u8]) -> Result<Vec<Hash>, TileError> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() != usize::from(self.width) {
            return Err(TileError::Content);
        }
        Ok(hashes.to_vec())
    }

    /// The tile of a tree of this size that a node's hash can be computed from, and the hashes in it.
    fn of(node: Node, size: u64) -> Option<(Self, std::ops::Range<usize>)> {
        let (level, inner) = (node.level / HEIGHT, node.level % HEIGHT);
        let first = node.index.checked_mul(1 << inner)?;
        let tile = Self::at(level, first / u64::from(WIDTH), size)?;
        let start = usize::try_from(first % u64::from(WIDTH)).ok()?;
        let end = start + (1 << inner);
        (end <= usize::from(tile.width)).then_some((tile, start..end))
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/{}", self.level, Place { index: self.index, width: self.width })
    }
}

impl FromStr for Tile {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let parsed = || {
            let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
            let level = text::decimal(level).filter(|&level| level < 64)?;
            let Place { index, width } = Place::parse(place)?;
            Some(Self { level: u8::try_from(level).ok()?, index, width })
        };
        (path.len() <= PATH_MAX).then(parsed).flatten().ok_or(TileError::Path)
    }
}

/// Where a tile or a bundle lies on its level: `x001/x234/067`, with `.p/<width>` unless it is whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) index: u64,
    pub(super) width: u16,
}

impl Place {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (index, width) = match text.split_once(".p/") {
            Some((index, width)) => {
                let width = text::decimal(width)?;
                (index, u16::try_from(width).ok().filter(|width| (1..WIDTH).contains(width))?)
            }
            None => (text, WIDTH),
        };
        let mut number: u64 = 0;
        let mut parts = index.split('/').peekable();
        let mut first = true;
        while let Some(part) = parts.next() {
            let digits = if parts.peek().is_some() { part.strip_prefix('x')? } else { part };
            let plain = digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit());
            // One spelling a number: what could be shorter is refused.
            let shorter = first && parts.peek().is_some() && digits == "000";
            let thousand = digits.parse().ok().filter(|_: &u64| plain && !shorter)?;
            number = number.checked_mul(1_000)?.checked_add(thousand)?;
            first = false;
        }
        Some(Self { index: number, width })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups = vec![self.index % 1_000];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            groups.push(rest % 1_000);
            rest /= 1_000;
        }
        for group in groups.iter().skip(1).rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.width < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// Why a node's hash cannot be had from tiles.
#[derive(Debug, thiserror::Error)]
pub enum ReadError<E> {
    /// The tree is not that large.
    #[error("the tree is not that large")]
    Outside,
    /// The tile is malformed.
    #[error("{0}: {1}")]
    Tile(Tile, TileError),
    /// The tile cannot be read.
    #[error(transparent)]
    Source(E),
}

/// The hashes of a tree out of its tiles; each tile is fetched once, unless it was to be forgotten.
#[derive(Debug)]
pub struct Tiles<F> {
    size: u64,
    fetch: F,
    known: BTreeMap<Tile, Vec<Hash>>,
}

impl<E, F: FnMut(Tile) -> Result<Vec<u8>, E>> Tiles<F> {
    /// Of the tree of this size, whose tiles `fetch` brings.
    pub fn new(size: u64, fetch: F) -> Self {
        Self { size, fetch, known: BTreeMap::new() }
    }

    /// The hash of a perfect subtree: a source for [`super::tree`].
    ///
    /// # Errors
    /// The tree does not have it, or the tile is not to be had.
    pub fn node(&mut self, node: Node) -> Result<Hash, ReadError<E>> {
        let (tile, hashes) = Tile::of(node, self.size).ok_or(ReadError::Outside)?;
        if !self.known.contains_key(&tile) {
            let bytes = (self.fetch)(tile).map_err(ReadError::Source)?;
            let row = tile.hashes(&bytes).map_err(|error| ReadError::Tile(tile, error))?;
            self.known.insert(tile, row);
        }
        let row = self.known.get(&tile).and_then(|row| row.get(hashes));
        Ok(subtree(row.ok_or(ReadError::Outside)?))
    }

    /// Forgets what was fetched when it is more than so many tiles: it can be fetched again.
    pub(crate) fn keep(&mut self, most: usize) {
        if self.known.len() > most {
            self.known.clear();
        }
    }
}

/// The root over a row of hashes, of which there are a power of two.
pub(crate) fn subtree(row: &[Hash]) -> Hash {
    let mut tree = Frontier::default();
    row.iter().for_each(|&hash| tree.push(hash));
    tree.root()
}
