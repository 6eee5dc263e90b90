//! One verb a file.

pub mod generate;
