//! A custom field: something tickets of some kinds say besides.

pub mod event;
pub mod words;

pub use event::CustomFieldEvent;
pub use words::FieldForm;
