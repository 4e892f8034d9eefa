//! Agencies change by decisions: they are renamed, merged, split, closed. What was stays findable.

use jiff::civil::Date;

/// What a decision did to an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgencyChangeKind {
    /// Another name; the identifier stays.
    Rename,
    /// Merged into another, which goes on under its own name and identifier.
    Merge,
    /// A part of it became an agency of its own.
    Split,
    /// Ended without a successor.
    Close,
    /// Works again after it was closed by mistake.
    Reopen,
}

impl AgencyChangeKind {
    /// What a decision does, in the order of the form.
    pub const BY_DECISION: [Self; 4] = [Self::Rename, Self::Merge, Self::Split, Self::Close];
    /// Every kind that is kept.
    pub const ALL: [Self; 5] = [Self::Rename, Self::Merge, Self::Split, Self::Close, Self::Reopen];

    /// The word of the form and the data base.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rename => "rename",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Close => "close",
            Self::Reopen => "reopen",
        }
    }
    /// The kind of that word.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.key() == key)
    }
    /// Its name, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Rename => ("Đổi tên", "Renamed"),
            Self::Merge => ("Sáp nhập vào cơ quan khác", "Merged into another agency"),
            Self::Split => ("Tách ra cơ quan mới", "Split off a new agency"),
            Self::Close => ("Chấm dứt hoạt động", "Closed"),
            Self::Reopen => ("Hoạt động trở lại", "Works again"),
        }
    }
}

/// A change as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedChange<'a> {
    /// Key of the kind.
    pub kind: &'a str,
    /// The day on which it takes effect, once read.
    pub day: Option<Date>,
    /// Number of the decision.
    pub decision: &'a str,
    /// The new name of a renamed agency; the name of the one that was split off.
    pub new_name: &'a str,
    /// Identifier of the agency that takes over, or of the new one.
    pub other: &'a str,
}

/// A change that may be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyChange {
    /// What it does.
    pub kind: AgencyChangeKind,
    /// Since when.
    pub day: Date,
    /// By which decision.
    pub decision: String,
    /// New name; empty for a merger or an end.
    pub new_name: String,
    /// The other agency's identifier; empty for a new name or an end.
    pub other: String,
}

/// What is wrong with a change; each belongs to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeFault {
    /// No kind was chosen.
    Kind,
    /// No day, or one that cannot be read.
    Day,
    /// The day has not come: a change is entered when it holds.
    Future,
    /// No decision is named.
    Decision,
    /// A new name is needed.
    NewName,
    /// The new name is the old one.
    SameName,
    /// The other agency must be named.
    Other,
    /// An agency cannot be merged into itself.
    Itself,
}

impl ChangeFault {
    /// The field beside which it is said.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Day | Self::Future => "day",
            Self::Decision => "decision",
            Self::NewName | Self::SameName => "new_name",
            Self::Other | Self::Itself => "other",
        }
    }
    /// What to do, Vietnamese then English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Kind => ("Xin chọn loại thay đổi.", "Choose the kind of change."),
            Self::Day => {
                ("Xin ghi ngày có hiệu lực, ví dụ 01/07/2025.", "Give the day it took effect, for example 01/07/2025.")
            }
            Self::Future => (
                "Ngày này chưa tới. Xin ghi thay đổi khi quyết định có hiệu lực.",
                "This day has not come. Enter the change when the decision takes effect.",
            ),
            Self::Decision => {
                ("Xin ghi số quyết định, ví dụ 120/QĐ-UBND.", "Give the decision's number, for example 120/QĐ-UBND.")
            }
            Self::NewName => ("Xin nhập tên mới.", "Enter the new name."),
            Self::SameName => ("Tên mới trùng tên đang dùng.", "The new name is the present one."),
            Self::Other => (
                "Xin ghi mã định danh của cơ quan kia, ví dụ H49.24.",
                "Give the other agency's identifier, for example H49.24.",
            ),
            Self::Itself => ("Cơ quan không thể sáp nhập vào chính mình.", "An agency cannot be merged into itself."),
        }
    }
}

/// Reads a change of the agency with this identifier and name; all that is wrong at once.
pub fn check(
    typed: &TypedChange<'_>,
    identifier: &str,
    name: &str,
    today: Date,
) -> Result<AgencyChange, Vec<ChangeFault>> {
    use AgencyChangeKind::{Merge, Rename, Split};
    let kind = AgencyChangeKind::from_key(typed.kind).filter(|k| AgencyChangeKind::BY_DECISION.contains(k));
    let (decision, new_name) = (typed.decision.trim(), typed.new_name.trim());
    let other = typed.other.trim().to_uppercase();
    let named = matches!(kind, Some(Rename | Split));
    let other_wanted = matches!(kind, Some(Merge | Split));
    let faults = [
        (kind.is_none(), ChangeFault::Kind),
        (typed.day.is_none(), ChangeFault::Day),
        (typed.day.is_some_and(|d| d > today), ChangeFault::Future),
        (decision.is_empty(), ChangeFault::Decision),
        (named && new_name.is_empty(), ChangeFault::NewName),
        (kind == Some(Rename) && new_name == name, ChangeFault::SameName),
        (other_wanted && other.is_empty(), ChangeFault::Other),
        (other_wanted && other == identifier, ChangeFault::Itself),
    ];
    let faults: Vec<_> = faults.into_iter().filter(|(wrong, _)| *wrong).map(|(_, fault)| fault).collect();
    match (kind, typed.day) {
        (Some(kind), Some(day)) if faults.is_empty() => Ok(AgencyChange {
            kind,
            day,
            decision: decision.to_owned(),
            new_name: if named { new_name.to_owned() } else { String::new() },
            other: if other_wanted { other } else { String::new() },
        }),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn typed() -> TypedChange<'static> {
        TypedChange {
            kind: "rename",
            day: Some(date(2025, 7, 1)),
            decision: "120/QĐ-UBND",
            new_name: "Sở Nông nghiệp và Môi trường",
            other: "",
        }
    }

    #[test]
    fn cat_07_a_change_needs_its_decision_its_day_and_what_its_kind_asks_for() {
        let today = date(2025, 10, 6);
        let check = |t: &TypedChange<'_>| check(t, "H49.18", "Sở Tài nguyên", today);
        assert_eq!(check(&typed()).unwrap().new_name, "Sở Nông nghiệp và Môi trường");
        assert_eq!(
            check(&TypedChange::default()),
            Err(vec![ChangeFault::Kind, ChangeFault::Day, ChangeFault::Decision])
        );
        assert_eq!(check(&TypedChange { day: Some(date(2026, 1, 1)), ..typed() }), Err(vec![ChangeFault::Future]));
        assert_eq!(check(&TypedChange { new_name: "Sở Tài nguyên", ..typed() }), Err(vec![ChangeFault::SameName]));
        assert_eq!(check(&TypedChange { kind: "merge", ..typed() }), Err(vec![ChangeFault::Other]));
        assert_eq!(check(&TypedChange { kind: "merge", other: "h49.18", ..typed() }), Err(vec![ChangeFault::Itself]));
        assert_eq!(check(&TypedChange { kind: "reopen", ..typed() }), Err(vec![ChangeFault::Kind]));
        let merged = check(&TypedChange { kind: "merge", other: " h49.24 ", ..typed() }).unwrap();
        assert_eq!((merged.other.as_str(), merged.new_name.as_str()), ("H49.24", ""));
    }
}
