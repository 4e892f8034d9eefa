//! Everything that needs the whole application, in one binary so that it is linked once.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test that calls them")]

mod absences;
mod accounts;
mod approvals;
mod attention;
mod branches;
mod calendar_change;
mod call;
mod catalogue;
mod catalogue_admin;
mod catalogue_import;
mod catalogue_sheets;
mod checkpoints;
mod contract;
mod counter;
mod deadline;
mod desk;
mod health;
mod kill;
mod late_entry;
mod lifecycle;
mod lists;
mod main_path;
mod matrix;
mod notices;
mod numbers;
mod online;
mod outside;
mod people;
mod plans;
mod process;
mod program;
mod provinces;
mod reads;
mod returns;
mod settings;
mod simulate;
mod stores;
mod tidy;
mod tracking;
mod unclear;
mod uploads;
mod verify;
mod worklist;
mod world;
