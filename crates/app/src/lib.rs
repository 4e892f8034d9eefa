//! Một Cửa: the information system of a province's one-stop public service centres.
#![forbid(unsafe_code)]

pub mod accounts;
pub mod app;
pub mod attention;
pub mod catalogue;
pub mod checkpoints;
pub mod cli;
pub mod courier;
pub mod deadline;
pub mod demo;
pub mod dossier;
pub mod error;
pub mod forms;
pub mod guards;
pub mod health;
pub mod home;
pub mod http;
pub mod import;
pub mod interlink;
pub mod lists;
pub mod messages;
pub mod national;
pub mod notices;
pub mod online;
pub mod openapi;
pub mod people;
pub mod pulse;
pub mod reads;
pub mod reference;
pub mod routes;
pub mod schedule;
pub mod settings;
pub mod simulate;
pub mod vault;
pub mod verify;
pub mod worker;
