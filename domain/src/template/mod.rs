//! A template: what a ticket of a recurring sort starts with.

pub mod event;

pub use event::{Content, TemplateEvent};
