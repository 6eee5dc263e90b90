//! Reads the file line by line; memory does not grow with it.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::mpsc::Sender;

use super::error::CommandsError;
use super::fault::Fault;
use crate::workers::incident_log::Progress;
pub(super) use crate::workers::packed::LINE_MAX;
use crate::workers::packed::{self, SWELL};

/// A line as it stands in the file, without its end.
#[derive(Debug)]
pub(super) struct Raw {
    /// From 1.
    pub(super) number: u64,
    pub(super) text: Result<Vec<u8>, Fault>,
}

/// Reads it all; blank lines are none, but count. Ends early when nobody takes lines any more.
pub(super) fn read(
    path: &Path,
    progress: &Arc<Progress>,
    lines: &Sender<Raw>,
) -> Result<(), CommandsError> {
    let swollen = Rc::new(Cell::new(false));
    let failed = |error: std::io::Error| match swollen.get() {
        true => CommandsError::Swells { file: path.to_owned(), most: SWELL },
        false => CommandsError::Unreadable { file: path.to_owned(), kind: error.kind() },
    };
    let mut reader = packed::open(path, progress, &swollen).map_err(failed)?;
    for number in 1.. {
        let Some(line) = packed::next_line(&mut reader).map_err(failed)? else { break };
        let text = match line {
            packed::Line::Whole(text) => Ok(text),
            packed::Line::TooLong => Err(Fault::LineTooLong),
        };
        if text.as_ref().is_ok_and(|text| text.trim_ascii().is_empty()) {
            continue;
        }
        if lines.blocking_send(Raw { number, text }).is_err() {
            break;
        }
    }
    Ok(())
}
