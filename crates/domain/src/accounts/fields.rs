//! The fields (lĩnh vực) to which counters and officers are bound (ADM-02, STF-01).

use crate::text::fold;

/// Fields by name, as administrators wrote them; naming none means every field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<String>);

impl Fields {
    /// Every field.
    pub const fn all() -> Self {
        Self(Vec::new())
    }
    /// Each named once, whatever its capitals and marks.
    pub fn named(names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut list: Vec<String> = Vec::new();
        for name in names {
            let name = name.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
            if !name.is_empty() && list.iter().all(|other| fold(other) != fold(&name)) {
                list.push(name);
            }
        }
        Self(list)
    }
    /// As they were written; empty for all fields.
    pub fn names(&self) -> &[String] {
        &self.0
    }
    /// Whether procedures of this field belong here.
    pub fn hold(&self, field: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|name| fold(name) == fold(field))
    }
}

/// To which fields somebody is bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// By the appointment.
    pub officer: Fields,
    /// By the counter at which the officer sits.
    pub counter: Fields,
}

impl Bound {
    /// Whether procedures of this field are taken in: at the counter and by its officer.
    pub fn takes_in(&self, field: &str) -> bool {
        self.officer.hold(field) && self.counter.hold(field)
    }
    /// Whether work on procedures of this field may be given to the officer.
    pub fn handles(&self, field: &str) -> bool {
        self.officer.hold(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_02_who_is_bound_to_no_field_is_free_for_all() {
        assert!(Fields::default().hold("Hộ tịch") && Fields::named(["", "  "]).hold("Hộ tịch"));
        assert!(Bound::default().takes_in("Hộ tịch") && Bound::default().handles("Hộ tịch"));
    }

    #[test]
    fn adm_02_fields_are_told_apart_by_their_words_and_not_by_marks_or_capitals() {
        let fields = Fields::named(["Hộ tịch", " HO  TICH ", "Đất đai"]);
        assert_eq!(fields.names(), ["Hộ tịch", "Đất đai"]);
        assert!(fields.hold("hộ tịch") && fields.hold("Đất Đai"));
        assert!(!fields.hold("Hộ tịch có yếu tố nước ngoài") && !fields.hold(""));
    }

    #[test]
    fn stf_01_the_counter_binds_the_intake_and_the_appointment_binds_all_work() {
        let bound =
            Bound { officer: Fields::named(["Hộ tịch", "Đất đai"]), counter: Fields::named(["Hộ tịch"]) };
        assert!(bound.takes_in("Hộ tịch") && !bound.takes_in("Đất đai") && bound.handles("Đất đai"));
        assert!(!bound.handles("Xây dựng"));
    }
}
