//! One verb a file.

pub mod change_password;
pub mod register;
