//! The rules of classes, by example.

mod define;
