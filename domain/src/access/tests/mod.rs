//! What may be given, whom populations mean, and what takes something away.

mod giving;
mod population;
mod premise;
