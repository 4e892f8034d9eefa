//! Filtered lists: a statement grown from fixed fragments, so that no text from outside can enter it.

use super::Value;
use super::dialect::quoted_len;
use super::row::Place;
use std::panic::Location;

/// A `SELECT` under construction. Fragments are program text only and hold `?` where a value goes; the builder numbers them.
///
/// ```
/// use platform::db::Select;
/// let late = Select::new("SELECT d.id FROM dossiers d WHERE 1=1")
///     .and("d.agency_id = ?", 7_i64)
///     .and_in("d.status", ["InProgress", "AwaitingSupplement"])
///     .order("d.due_at, d.id")
///     .limit(20)
///     .build();
/// assert_eq!(
///     late.text(),
///     "SELECT d.id FROM dossiers d WHERE 1=1 AND (d.agency_id = $1) AND (d.status IN ($2, $3)) ORDER BY d.due_at, d.id LIMIT $4"
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Select {
    text: String,
    values: Vec<Value>,
    group: &'static str,
    order: &'static str,
    limit: Option<i64>,
    offset: Option<i64>,
    lock: &'static str,
    from: &'static Location<'static>,
}

impl Select {
    /// Starts from a statement that ends in its `WHERE`; say `WHERE 1=1` when nothing is fixed.
    #[track_caller]
    pub fn new(base: &'static str) -> Self {
        Self::with(base, [])
    }

    /// Like [`Select::new`], with a value for each `?` of the base.
    #[track_caller]
    pub fn with(base: &'static str, values: impl IntoIterator<Item = Value>) -> Self {
        let mut select = Self {
            text: String::with_capacity(base.len() + 256),
            values: Vec::new(),
            group: "",
            order: "",
            limit: None,
            offset: None,
            lock: "",
            from: Location::caller(),
        };
        select.push(base, values);
        select
    }

    /// Another condition with one `?`.
    #[must_use]
    pub fn and(self, condition: &'static str, value: impl Into<Value>) -> Self {
        self.and_all(condition, [value.into()])
    }

    /// A condition without values.
    #[must_use]
    pub fn and_plain(self, condition: &'static str) -> Self {
        self.and_all(condition, [])
    }

    /// A condition with one `?`, left out when there is no value.
    #[must_use]
    pub fn and_some(self, condition: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.and(condition, value),
            None => self,
        }
    }

    /// A condition with several `?`: `.and_all("(a = ? OR b = ?)", [x.into(), y.into()])`.
    #[must_use]
    pub fn and_all(mut self, condition: &'static str, values: impl IntoIterator<Item = Value>) -> Self {
        self.text.push_str(" AND (");
        self.push(condition, values);
        self.text.push(')');
        self
    }

    /// The column is one of `values`; of an empty list nothing is a member.
    #[must_use]
    pub fn and_in(mut self, column: &'static str, values: impl IntoIterator<Item: Into<Value>>) -> Self {
        let first = self.values.len();
        self.values.extend(values.into_iter().map(Into::into));
        let numbers: Vec<_> = (first + 1..=self.values.len()).map(|n| format!("${n}")).collect();
        if numbers.is_empty() {
            self.text.push_str(" AND (1=0)");
        } else {
            self.text.push_str(&[" AND (", column, " IN (", &numbers.join(", "), "))"].concat());
        }
        self
    }

    /// `GROUP BY`, with `HAVING` if need be.
    #[must_use]
    pub fn group(mut self, columns: &'static str) -> Self {
        self.group = columns;
        self
    }

    /// `ORDER BY`; end it in a unique column, or pages overlap.
    #[must_use]
    pub fn order(mut self, columns: &'static str) -> Self {
        self.order = columns;
        self
    }

    /// At most so many rows.
    #[must_use]
    pub fn limit(mut self, rows: i64) -> Self {
        self.limit = Some(rows);
        self
    }

    /// Skips so many rows; a long list is better paged by key.
    #[must_use]
    pub fn offset(mut self, rows: i64) -> Self {
        self.offset = Some(rows);
        self
    }

    /// Claims the rows for this unit, passing over those another worker holds.
    #[must_use]
    pub fn claim(mut self) -> Self {
        self.lock = " {claim}";
        self
    }

    /// The finished statement, for both engines.
    pub fn build(mut self) -> Built {
        for (word, columns) in [(" GROUP BY ", self.group), (" ORDER BY ", self.order)] {
            if !columns.is_empty() {
                self.text.push_str(word);
                self.text.push_str(columns);
            }
        }
        for (fragment, rows) in [(" LIMIT ?", self.limit), (" OFFSET ?", self.offset)] {
            if let Some(rows) = rows {
                self.push(fragment, [Value::Int(rows)]);
            }
        }
        self.text.push_str(self.lock);
        Built { text: self.text, values: self.values, from: self.from }
    }

    /// Appends a fragment, each `?` outside quotes becoming the next number.
    fn push(&mut self, fragment: &'static str, values: impl IntoIterator<Item = Value>) {
        let mut number = self.values.len();
        self.values.extend(values);
        let mut rest = fragment;
        while let Some(start) = rest.find(['\'', '"', '?']) {
            self.text.push_str(&rest[..start]);
            rest = &rest[start..];
            let taken = match rest.as_bytes()[0] {
                b'?' => {
                    number += 1;
                    self.text.push('$');
                    self.text.push_str(&number.to_string());
                    1
                }
                quote => {
                    let len = quoted_len(rest, quote);
                    self.text.push_str(&rest[..len]);
                    len
                }
            };
            rest = &rest[taken..];
        }
        self.text.push_str(rest);
        debug_assert_eq!(number, self.values.len(), "as many `?` as values in {fragment:?}");
    }
}

/// A finished statement with its values.
#[derive(Clone, Debug)]
pub struct Built {
    text: String,
    values: Vec<Value>,
    from: &'static Location<'static>,
}

impl Built {
    /// The portable text.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The values of `$1…$n`.
    pub fn values(&self) -> &[Value] {
        &self.values
    }
    pub(super) fn place(&self) -> Place<'static> {
        Place { file: self.from.file(), line: self.from.line() }
    }
}
