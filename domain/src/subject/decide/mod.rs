//! One verb a file.

pub mod create;
