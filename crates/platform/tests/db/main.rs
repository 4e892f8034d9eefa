//! The store layer on both engines. PostgreSQL is the server in `MOTCUA_TEST_POSTGRES`; without it the tests fail, they never skip.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail the test that calls them")]

mod bench;
mod bulk;
mod checkpoint;
mod full_disc;
mod ids;
mod killed;
mod locks;
mod lost;
mod migrations;
mod once;
mod one_writer;
mod queries;
mod tls;
mod units;
mod world;
