//! Every number the guard compares with, and who may spend how much.

use std::{collections::HashSet, sync::Arc};

/// Who asks, as far as spending is concerned. Not a role of the access model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// No valid token.
    #[default]
    Anonymous,
    /// A signed-in person or service.
    Agent,
    /// A reader of whole histories.
    Auditor,
}

/// Points that one operation may cost, by audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostBudgets {
    /// For callers without a token; enough for the standard introspection query.
    pub anonymous: u64,
    /// For signed-in callers.
    pub agent: u64,
    /// For auditors, whose pages are long.
    pub auditor: u64,
}

impl CostBudgets {
    /// The budget of one audience, in points.
    #[must_use]
    pub fn of(&self, audience: Audience) -> u64 {
        match audience {
            Audience::Anonymous => self.anonymous,
            Audience::Agent => self.agent,
            Audience::Auditor => self.auditor,
        }
    }

    /// What nobody may exceed: a document above it is refused before the caller is looked up.
    #[must_use]
    pub fn ceiling(&self) -> u64 {
        self.anonymous.max(self.agent).max(self.auditor)
    }
}

/// The limits of one endpoint. [`Limits::default`] holds the shipped numbers.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of a request body, and of a document that comes in a query string.
    pub body_bytes: usize,
    /// Lexical tokens of a document.
    pub tokens: usize,
    /// Open brackets of any kind at one point of the text; guards the parser's stack.
    pub brackets: usize,
    /// Fields inside fields, leaf included.
    pub depth: u64,
    /// The same for an operation that only introspects; graphql-js asks with a depth of 15.
    pub introspection_depth: u64,
    /// Lists of fields inside lists of fields of an introspection, which multiply each other.
    pub introspection_lists: u64,
    /// Selection sets inside selection sets, fragments counted; above 32 the library refuses too.
    pub nesting: u64,
    /// Aliases written in a document.
    pub aliases: u64,
    /// Fields of one operation's root, fragments expanded.
    pub root_fields: u64,
    /// Directives on any one place.
    pub directives: usize,
    /// Fragment definitions of a document.
    pub fragments: usize,
    /// Fields, spreads and inline fragments of all operations, fragments expanded.
    pub selections: u64,
    /// Objects that one operation may answer with.
    pub nodes: u64,
    /// Points that one operation may cost.
    pub costs: CostBudgets,
    /// Items of any other list in an argument or a variable.
    pub list_items: usize,
    /// Items of the lists of an input that say what days are like, [`LISTS_OF_DAYS`].
    pub list_days: usize,
    /// Lists and objects inside each other in an argument or a variable.
    pub value_nesting: usize,
    /// The size of a page when the document does not say.
    pub page_default: u64,
    /// The size that a larger `first` or `last` is clamped to.
    pub page_max: u64,
    /// Names of the fields that answer with a connection; see
    /// [`connection_fields`](super::connection_fields).
    pub connections: Arc<HashSet<String>>,
}

/// The lists of an input that are as long as a calendar has days of their own.
pub(super) const LISTS_OF_DAYS: [&str; 2] = ["holidays", "extraDays"];

impl Limits {
    /// The shipped limits for a schema with these connection fields.
    #[must_use]
    pub fn with_connections(connections: HashSet<String>) -> Self {
        Self { connections: Arc::new(connections), ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 128 * 1024,
            tokens: 5_000,
            brackets: 64,
            depth: 10,
            introspection_depth: 16,
            introspection_lists: 2,
            nesting: 32,
            aliases: 30,
            root_fields: 20,
            directives: 10,
            fragments: 50,
            selections: 5_000,
            nodes: 10_000,
            costs: CostBudgets { anonymous: 200, agent: 1_000, auditor: 5_000 },
            list_items: 250,
            list_days: 2_000,
            value_nesting: 32,
            page_default: 25,
            page_max: 100,
            connections: Arc::new(HashSet::new()),
        }
    }
}
