//! Documents that were read before: a client sends the same few again and again.
//!
//! Knows a document by its exact text. Remembered is what was admitted for somebody who is signed
//! in, so that strangers fill nothing, and only what is short; the guard weighs a remembered one
//! like any other, because its variables differ. Called by the admission function alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::parser::types::ExecutableDocument;
use async_graphql::parser::{Error, parse_query};

/// Documents kept; whoever needs more reads them again.
const KEPT: usize = 128;
/// Bytes of the longest text that is kept.
const LONGEST: usize = 4_096;

/// The documents read so far.
#[derive(Debug, Default)]
pub(super) struct Documents(Mutex<HashMap<String, Arc<ExecutableDocument>>>);

impl Documents {
    /// The document of this text.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn read(&self, text: &str) -> Result<Arc<ExecutableDocument>, Error> {
        let known = self.all().get(text).cloned();
        known.map_or_else(|| parse_query(text).map(Arc::new), Ok)
    }

    /// Keeps a document that was admitted.
    pub(super) fn keep(&self, text: String, document: Arc<ExecutableDocument>) {
        if text.len() > LONGEST {
            return;
        }
        let mut all = self.all();
        if all.contains_key(&text) {
            return;
        }
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(text, document);
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Arc<ExecutableDocument>>> {
        // Each change is a whole one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_not_read_again_and_the_number_is_bounded() {
        let documents = Documents::default();
        let first = documents.read("{ a }").unwrap();
        assert!(!Arc::ptr_eq(&first, &documents.read("{ a }").unwrap()), "not kept yet");
        documents.keep("{ a }".to_owned(), Arc::clone(&first));
        assert!(Arc::ptr_eq(&first, &documents.read("{ a }").unwrap()));
        for number in 0..KEPT {
            documents.keep(format!("{{ a{number} }}"), Arc::clone(&first));
        }
        assert!(documents.all().len() <= KEPT);
        documents.keep(" ".repeat(LONGEST + 1), Arc::clone(&first));
        assert!(!documents.all().contains_key(&" ".repeat(LONGEST + 1)));
    }
}
