//! Notices: what people are told about tickets and access requests, and the sentence that tells it.
//!
//! Not who is told: that follows from the log and stands in the read model `notices`. Called by that
//! model, the API and every channel that delivers notices.

#[cfg(test)]
mod tests;
pub mod text;
pub mod words;

pub use text::sentence;
pub use words::{NoticeChannel, NoticeKind};
