//! How an engine would run each registered statement, for the test that refuses full scans of growing tables.

use super::session::Session;
use super::{Backend, Built, Db, DbError, Engine, Query, Statement, off_async};
use std::collections::BTreeSet;

/// A part of a plan that looks at every row of a table, or at every entry of an index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FullScan {
    /// The portable text of the statement.
    pub text: &'static str,
    /// `file:line` of the statement.
    pub at: String,
    /// The table.
    pub table: String,
    /// How it is read, in the engine's words.
    pub plan: String,
}

/// How an engine would run a statement that was grown.
#[derive(Clone, Debug)]
pub struct Plan {
    /// In the engine's words.
    pub said: String,
    /// Tables and indexes that it would read from end to end, each with how.
    pub scans: BTreeSet<(String, String)>,
}

impl Db {
    /// The plan of a statement that was grown for a filtered list: the test of such lists asks for each shape it can take.
    /// Blocks.
    pub fn plan_of(&self, built: &Built) -> Result<Plan, DbError> {
        let said = self.looked(|session| session.explain_built(built))?;
        let scans = match self.engine() {
            Engine::Sqlite => sqlite_scans(built.text(), &said),
            Engine::Postgres => postgres_scans(&said),
        };
        Ok(Plan { said, scans })
    }

    fn looked<T: Send>(&self, look: impl FnOnce(&mut Session) -> Result<T, DbError> + Send) -> Result<T, DbError> {
        match &self.0.backend {
            Backend::Sqlite(file) => file.read(|reader| look(reader.session())),
            Backend::Postgres(server) => off_async(|| server.outside(look))?,
        }
    }

    /// Asks the engine for the plan of every registered statement and lists the full scans. On PostgreSQL plans are made
    /// as if tables were never read from end to end when any index serves, because small test tables otherwise would be.
    /// Blocks.
    pub fn full_scans(&self) -> Result<Vec<FullScan>, DbError> {
        let engine = self.engine();
        self.looked(|session| {
            let mut found = Vec::new();
            for st in Statement::all() {
                let plan = session.explain(st)?;
                let scans = match engine {
                    Engine::Sqlite => sqlite_scans(st.text(), &plan),
                    Engine::Postgres => postgres_scans(&plan),
                };
                let full = |(table, plan)| FullScan { text: st.text(), at: st.at(), table, plan };
                found.extend(scans.into_iter().map(full));
            }
            Ok(found)
        })
    }
}

/// `SCAN d USING INDEX …`: SQLite names the alias, the statement says whose it is.
fn sqlite_scans(text: &str, plan: &str) -> BTreeSet<(String, String)> {
    let scanned = plan.lines().filter_map(|line| Some((line.trim().strip_prefix("SCAN ")?.split(' ').next()?, line)));
    scanned.map(|(alias, line)| (table_of(alias, text).to_owned(), line.to_owned())).collect()
}

/// The word before the alias, unless that is a word of SQL: then the alias is the table itself.
fn table_of<'a>(alias: &'a str, text: &'a str) -> &'a str {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let after_from = |i: usize| i > 0 && ["FROM", "JOIN", "UPDATE", "INTO"].contains(&words[i - 1]);
    let named = words.windows(2).enumerate().find(|(i, pair)| pair[1] == alias && after_from(*i));
    named.map_or(alias, |(_, pair)| pair[0])
}

/// Nodes of the plan that read a table or an index without a condition on an index.
fn postgres_scans(plan: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let plan: serde_json::Value = serde_json::from_str(plan).unwrap_or_default();
    for plan in plan.as_array().into_iter().flatten() {
        walk(&plan["Plan"], "", &mut found);
    }
    found
}

fn walk(node: &serde_json::Value, above: &str, found: &mut BTreeSet<(String, String)>) {
    let kind = node["Node Type"].as_str().unwrap_or_default();
    let table = node["Relation Name"].as_str().unwrap_or(above);
    let reads_all = match kind {
        "Seq Scan" => true,
        "Index Scan" | "Index Only Scan" | "Bitmap Index Scan" => node.get("Index Cond").is_none(),
        _ => false,
    };
    if reads_all {
        let how = format!("{kind} {}", node["Index Name"].as_str().unwrap_or_default());
        found.insert((table.to_owned(), how));
    }
    for below in node["Plans"].as_array().into_iter().flatten() {
        walk(below, table, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_told_by_the_name_of_its_table() {
        let text = "SELECT d.id FROM dossiers d LEFT JOIN dossier_people p ON p.dossier_id = d.id WHERE d.status = $1";
        let plan = "SCAN d\nSEARCH p USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN";
        assert_eq!(sqlite_scans(text, plan), BTreeSet::from([("dossiers".to_owned(), "SCAN d".to_owned())]));
        let counted = "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'";
        let plan = "SCAN outbox USING COVERING INDEX outbox_due";
        assert_eq!(sqlite_scans(counted, plan), BTreeSet::from([("outbox".to_owned(), plan.to_owned())]));
        assert_eq!(sqlite_scans(counted, "SEARCH outbox USING INDEX outbox_due (lane=?)"), BTreeSet::new());
    }

    #[test]
    fn an_index_read_without_a_condition_is_a_scan_too() {
        let plan = r#"[{"Plan":{"Node Type":"Nested Loop","Plans":[
            {"Node Type":"Bitmap Heap Scan","Relation Name":"outbox","Plans":[{"Node Type":"Bitmap Index Scan","Index Name":"outbox_due"}]},
            {"Node Type":"Index Scan","Relation Name":"dossiers","Index Cond":"(id = $1)"},
            {"Node Type":"Seq Scan","Relation Name":"audit"}]}}]"#;
        let found: Vec<_> = postgres_scans(plan).into_iter().map(|(table, how)| format!("{table}: {how}")).collect();
        assert_eq!(found, ["audit: Seq Scan ", "outbox: Bitmap Index Scan outbox_due"]);
    }
}
