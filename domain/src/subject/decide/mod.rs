//! One verb a file.

pub mod choose_defaults;
pub mod create;
pub mod rename;
pub mod restore;
pub mod retire;
