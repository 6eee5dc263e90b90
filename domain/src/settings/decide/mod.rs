//! One verb a file.

pub mod establish;
