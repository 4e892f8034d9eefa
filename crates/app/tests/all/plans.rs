//! No list reads a growing table from end to end: what takes a millisecond with a hundred dossiers must take one with a million.

use crate::world::World;
use std::collections::BTreeSet;

/// Tables that grow with every dossier, message or act, besides all whose name begins with `dossier`.
const GROWING: [&str; 24] = [
    "apology_drafts",
    "audit",
    "idempotency",
    "outbox",
    "personal_reads",
    "checkpoints",
    "checkpoint_heads",
    "slips",
    "joint_slips",
    "joint_slip_dossiers",
    "parcels",
    "uploads",
    "api_keys",
    "number_series",
    "vault_papers",
    "vault_files",
    "vault_shares",
    "person_looks",
    "data_requests",
    "data_request_moments",
    "enterprise_sources",
    "enterprise_words",
    "mandates",
    "mandate_acts",
];

/// Statements that may read a whole table or index, each with its reason.
const ALLOWED: [(&str, &str); 11] = [
    ("FROM dossiers WHERE holder_officer_id IS", "a partial index: what is on a desk now"),
    ("FROM outbox WHERE state = 'waiting'", "a partial index: what waits now"),
    ("FROM outbox WHERE state = 'dead'", "a partial index: what a person has to look at"),
    ("SELECT id FROM dossiers LIMIT 1", "one row"),
    ("FROM checkpoints ORDER BY seq DESC LIMIT 1", "one row"),
    ("SELECT id FROM audit ORDER BY id DESC LIMIT 1", "one row"),
    ("FROM dossiers ORDER BY id DESC LIMIT 2000", "a bounded look at the newest"),
    ("SELECT sha256 FROM dossier_files", "once a day, every file that has a name"),
    ("SELECT sha256 FROM import_batches UNION", "`verify` asks for every file that has a name"),
    ("SELECT form, number FROM joint_slips", "`verify` asks for every number"),
    ("SELECT name, last FROM number_series", "`verify` asks for every number"),
];

fn refuse_full_scans(world: &World) {
    let grows = |table: &str| table.starts_with("dossier") || GROWING.contains(&table);
    let scans = world.app.db.full_scans().unwrap();
    // Statements of tests look where they like.
    let of_the_program = scans.into_iter().filter(|s| !s.at.contains("/tests/") && grows(&s.table));
    let mut used = BTreeSet::new();
    let mut faults = Vec::new();
    for scan in of_the_program {
        match ALLOWED.iter().find(|(fragment, _)| scan.text.contains(fragment)) {
            Some((fragment, _)) => drop(used.insert(*fragment)),
            None => faults.push(format!("{}: reads all of {}\n  {}\n  {}", scan.at, scan.table, scan.text, scan.plan)),
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let idle: Vec<_> = ALLOWED.iter().filter(|(fragment, _)| !used.contains(fragment)).collect();
    assert!(idle.is_empty(), "no longer needed: {idle:?}");
}

#[test]
fn no_statement_reads_a_growing_table_from_end_to_end_on_sqlite() {
    refuse_full_scans(&World::sqlite());
}

#[test]
fn no_statement_reads_a_growing_table_from_end_to_end_on_postgresql() {
    refuse_full_scans(&World::postgres());
}

/// The lists that are grown from what the officer asks for: each shape begins with an index on who has the dossier, and all
/// but the parts in others' dossiers, an agency's or a one-stop unit's, come out of it in the order of the page, so that nothing is sorted.
fn refuse_slow_lists(world: &World) {
    let mut faults = Vec::new();
    for (name, statement) in motcua::dossier::every_work_list() {
        let plan = world.app.db.plan_of(&statement).unwrap();
        let of_parts = name.contains("Branches") || name.contains("OneStop");
        let sorts = plan.said.contains("TEMP B-TREE FOR ORDER BY") && !of_parts;
        // Beside an empty table PostgreSQL begins at either end of a join; that the parts are found by their index is seen.
        let joined = |table: &str| {
            of_parts
                && (plan.said.contains("branches_agency") || plan.said.contains("branches_centre"))
                && table == "dossiers"
        };
        if sorts || plan.scans.iter().any(|(table, _)| !joined(table)) {
            faults.push(format!("{name}\n  {}\n  {}", statement.text(), plan.said));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn flw_07_every_work_list_is_read_from_an_index_on_sqlite() {
    refuse_slow_lists(&World::sqlite());
}

#[test]
fn flw_07_every_work_list_is_read_from_an_index_on_postgresql() {
    refuse_slow_lists(&World::postgres());
}
