//! The five places where the engines differ, and nothing else: everything beyond them is portable SQL.
//!
//! | in the text | PostgreSQL | SQLite |
//! |---|---|---|
//! | `{claim}` | `FOR UPDATE SKIP LOCKED` | nothing: there is one writer |
//! | `{lock}` | `FOR UPDATE` | nothing: there is one writer |
//! | `{in $1}` | `= ANY($1)` | `IN (SELECT value FROM json_each($1))` |
//! | `{bytes}` | `COLLATE "C"` | `COLLATE BINARY` |
//! | `{by key}` after a table | nothing | `WITHOUT ROWID`: small rows lie in the order of their key, in one tree |
//!
//! Portable SQL further needs: no `::` casts (write `CAST(… AS BIGINT)`); `CAST(SUM(x) AS BIGINT)`, because PostgreSQL
//! sums into NUMERIC; `CAST($1 AS BIGINT) IS NULL`, because a bare `$1 IS NULL` has no type; `TRUE`/`FALSE`, not 1/0;
//! `BYTEA` for bytes and `BIGINT` for every number; no `now()`. `INSERT … ON CONFLICT … DO NOTHING | DO UPDATE`,
//! `RETURNING`, row values `(a, b) > ($1, $2)`, `WITH RECURSIVE`, window functions and `NULLS FIRST | LAST` are portable.

/// Which data base engine answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded engine.
    Sqlite,
    /// The server.
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// The portable text as `engine` understands it. On SQLite `$3` becomes `?3`: there `$3` is a *name*, numbered by appearance.
pub(super) fn translate(text: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some(start) = rest.find(['\'', '"', '-', '$', '{']) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let taken = match rest.as_bytes()[0] {
            quote @ (b'\'' | b'"') => copy(&mut out, rest, quoted_len(rest, quote)),
            b'-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            b'$' if engine == Engine::Sqlite => {
                out.push('?');
                1
            }
            b'{' => marker(&mut out, rest, engine),
            _ => copy(&mut out, rest, 1),
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

fn copy(out: &mut String, rest: &str, len: usize) -> usize {
    out.push_str(&rest[..len]);
    len
}

/// Length of the quoted piece at the start of `rest`, quotes included.
pub(super) fn quoted_len(rest: &str, quote: u8) -> usize {
    rest.bytes().skip(1).position(|b| b == quote).map_or(rest.len(), |end| end + 2)
}

/// Writes what the marker at the start of `rest` means; an unknown one stays, and fails when it is prepared.
fn marker(out: &mut String, rest: &str, engine: Engine) -> usize {
    let Some(end) = rest.find('}') else {
        return copy(out, rest, rest.len());
    };
    let name = &rest[1..end];
    match (name.strip_prefix("in $"), name, engine) {
        (Some(number), _, Engine::Postgres) => out.push_str(&["= ANY($", number, ")"].concat()),
        (Some(number), _, Engine::Sqlite) => {
            out.push_str(&["IN (SELECT value FROM json_each(?", number, "))"].concat());
        }
        (_, "claim", Engine::Postgres) => out.push_str("FOR UPDATE SKIP LOCKED"),
        (_, "lock", Engine::Postgres) => out.push_str("FOR UPDATE"),
        (_, "claim" | "lock", Engine::Sqlite) | (_, "by key", Engine::Postgres) => {}
        (_, "bytes", Engine::Postgres) => out.push_str("COLLATE \"C\""),
        (_, "bytes", Engine::Sqlite) => out.push_str("COLLATE BINARY"),
        (_, "by key", Engine::Sqlite) => out.push_str("WITHOUT ROWID"),
        _ => out.push_str(&rest[..=end]),
    }
    end + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_positions_on_sqlite_and_quoted_text_stays() {
        let text = "SELECT '$1 {claim} it''s', \"a-$2\" FROM t WHERE a=$2 AND b=$1 -- $3\nAND c = d - $4";
        assert_eq!(
            translate(text, Engine::Sqlite),
            "SELECT '$1 {claim} it''s', \"a-$2\" FROM t WHERE a=?2 AND b=?1 \nAND c = d - ?4"
        );
    }

    #[test]
    fn the_markers_speak_both_dialects() {
        let text = "SELECT id FROM t WHERE id {in $1} ORDER BY code {bytes} {claim}";
        assert_eq!(
            translate(text, Engine::Postgres),
            "SELECT id FROM t WHERE id = ANY($1) ORDER BY code COLLATE \"C\" FOR UPDATE SKIP LOCKED"
        );
        assert_eq!(
            translate(text, Engine::Sqlite),
            "SELECT id FROM t WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY code COLLATE BINARY "
        );
        assert_eq!(translate("SELECT a FROM t {lock}", Engine::Postgres), "SELECT a FROM t FOR UPDATE");
        assert_eq!(translate("SELECT a FROM t {lock}", Engine::Sqlite), "SELECT a FROM t ");
        let table = "CREATE TABLE t (k TEXT NOT NULL, PRIMARY KEY (k)) {by key}";
        assert_eq!(translate(table, Engine::Postgres), "CREATE TABLE t (k TEXT NOT NULL, PRIMARY KEY (k)) ");
        assert_eq!(translate(table, Engine::Sqlite), "CREATE TABLE t (k TEXT NOT NULL, PRIMARY KEY (k)) WITHOUT ROWID");
    }
}
