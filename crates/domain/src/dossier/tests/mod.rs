//! The dossier's rules as tables: what is refused, by which rule, and the neighbour that is lawful.
mod apologies;
mod approval;
mod assignment;
mod chain;
mod codes;
mod confirmation;
mod endings;
mod handover;
mod holders;
mod intake;
mod life;
mod pauses;
mod receipt_time;
mod statuses;
mod steps;
mod supplements;
mod world;
