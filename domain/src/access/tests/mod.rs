//! What may be given, whom populations mean, and what takes something away.

mod elevation;
mod giving;
mod population;
mod premise;
mod shadow;
