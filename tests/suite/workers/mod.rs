//! Background work: closing by itself, consequences of resolutions, one worker in many processes.

mod closing;
mod desk;
mod processes;
mod sampling;
