//! Statements that know where they stand, and a list of all of them.

use super::dialect::{Engine, translate};
use super::row::Place;
use std::sync::OnceLock;

/// A registered statement; made by [`sql!`](crate::sql) only.
#[derive(Debug)]
pub struct Statement {
    text: &'static str,
    file: &'static str,
    line: u32,
    sqlite: OnceLock<String>,
    postgres: OnceLock<String>,
}

impl Statement {
    #[doc(hidden)]
    pub const fn new(text: &'static str, file: &'static str, line: u32) -> Self {
        Self { text, file, line, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// Every statement linked into this program, in no order.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        inventory::iter::<Registered>.into_iter().map(|r| r.0)
    }

    /// The portable text.
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// `file:line` in the source.
    pub fn at(&self) -> String {
        self.place().to_string()
    }

    pub(super) fn place(&self) -> Place<'static> {
        Place { file: self.file, line: self.line }
    }

    pub(super) fn native(&self, engine: Engine) -> &str {
        let slot = match engine {
            Engine::Sqlite => &self.sqlite,
            Engine::Postgres => &self.postgres,
        };
        slot.get_or_init(|| translate(self.text, engine))
    }
}

#[doc(hidden)]
pub struct Registered(pub &'static Statement);

inventory::collect!(Registered);

/// A statement of portable SQL with `$1…$n`, usable inline in a store's function:
/// `unit.execute(sql!("UPDATE fees SET paid = $2 WHERE id = $1"), params![id, true])`.
///
/// It is registered, so that the prepare-test sees it without running it. See [`dialect`](crate::db::dialect) for what is portable.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        static STATEMENT: $crate::db::Statement = $crate::db::Statement::new($text, file!(), line!());
        $crate::db::inventory::submit! { $crate::db::Registered(&STATEMENT) }
        &STATEMENT
    }};
}
pub use sql;
