//! The pieces by themselves.

mod places;
mod roles;
mod rules;
mod texts;
