//! One verb a file.

pub mod name;
pub mod rename;
pub mod withdraw;
