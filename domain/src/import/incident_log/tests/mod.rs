//! The mapper: rules on hand-made rows, facts on the real sample, laws on random incidents.

mod desk;
mod laws;
mod people;
mod row;
mod rules;
mod sample;
