//! The dossier's rules as tables: what is refused, by which rule, and the neighbour that is lawful.
mod approval;
mod assignment;
mod chain;
mod codes;
mod handover;
mod holders;
mod intake;
mod life;
mod receipt_time;
mod statuses;
mod steps;
mod world;
