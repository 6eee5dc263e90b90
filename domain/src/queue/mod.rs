//! A saved queue: a filter, an order and columns under a name.

pub mod event;
pub mod words;

pub use event::QueueEvent;
pub use words::Sharing;
