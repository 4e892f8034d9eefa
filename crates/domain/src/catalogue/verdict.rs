//! What becomes of a row of an import against what the catalogue holds already.

use super::difference::{Difference, differences};
use super::{ProcedureVersion, Publication, PublicationKind, Source};
use crate::text::fold;
use jiff::civil::Date;

/// The version that the catalogue holds of a code and that governs when the row would take effect.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Its content.
    pub version: &'a ProcedureVersion,
    /// Where it came from.
    pub source: Source,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A procedure not held before.
    New,
    /// It completes what a poorer source gave; nobody needs to be asked.
    Completes,
    /// It says nothing that is not held already.
    Unchanged,
    /// It says something else than what is held: somebody must agree first.
    Differs {
        /// The version as it would become.
        proposed: Box<ProcedureVersion>,
        /// What would change.
        what: Vec<Difference>,
    },
}

/// Compares a row with what is held. `today` is the first day in force of what is agreed to, where the row names none.
pub fn judge(incoming: &ProcedureVersion, source: Source, held: Option<Held<'_>>, today: Date) -> Verdict {
    let Some(held) = held else { return Verdict::New };
    let incoming = &with_answers(incoming, source, held.version);
    if incoming == held.version {
        return Verdict::Unchanged;
    }
    let same_procedure = fold(&incoming.name) == fold(&held.version.name);
    if source.completes(held.source) && same_procedure {
        return Verdict::Completes;
    }
    let mut proposed = if source.is_poorer_than(held.source) {
        let Some(merged) = poorer(incoming, source, held.version) else { return Verdict::Unchanged };
        merged
    } else {
        incoming.clone()
    };
    let begins = held.version.publication.effective_from.map_or(today, |from| from.max(today));
    // A day before that of what is held would never govern.
    if proposed.publication.effective_from <= held.version.publication.effective_from {
        proposed.publication.effective_from = Some(begins);
    }
    let what = differences(held.version, &proposed);
    let of_content = what.iter().any(|d| d.part != super::difference::Part::Publication)
        || named(&proposed.publication) != named(&held.version.publication);
    if !of_content {
        return Verdict::Unchanged;
    }
    Verdict::Differs { proposed: Box::new(proposed), what }
}

/// National sources know nothing of the questions that the Centre wrote, so they take none away.
fn with_answers(incoming: &ProcedureVersion, source: Source, held: &ProcedureVersion) -> ProcedureVersion {
    let mut whole = incoming.clone();
    if matches!(source, Source::Sheet | Source::Office) {
        return whole;
    }
    for case in &mut whole.variants {
        if let Some(known) = held.variants.iter().find(|v| v.id == case.id) {
            case.answers.clone_from(&known.answers);
        }
    }
    whole
}

/// The day from which a row of an import would govern: its own, but nothing is changed backwards.
pub fn first_day(incoming: &ProcedureVersion, today: Date) -> Date {
    incoming.publication.effective_from.map_or(today, |from| from.max(today))
}

/// What a decision is, apart from the day of its effect.
fn named(p: &Publication) -> (&str, &str, Option<Date>, PublicationKind) {
    (&p.number, &p.issuer, p.date, p.kind)
}

/// What is held, with the little that a poorer source states otherwise; `None` when it states nothing otherwise.
/// Fields and departments are named so loosely in short rows that only another name, or an end, is taken seriously.
fn poorer(incoming: &ProcedureVersion, source: Source, held: &ProcedureVersion) -> Option<ProcedureVersion> {
    let ends =
        incoming.publication.kind == PublicationKind::Abolished && held.publication.kind != PublicationKind::Abolished;
    let renamed = fold(&incoming.name) != fold(&held.name);
    if !ends && !renamed {
        return None;
    }
    let mut merged = held.clone();
    merged.name.clone_from(&incoming.name);
    if ends {
        merged.publication.kind = PublicationKind::Abolished;
    }
    if source == Source::ParsedText {
        // Another name with another field is another procedure under the same code: show all of it.
        merged = incoming.clone();
    }
    Some(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::difference::Part;
    use crate::catalogue::portal;
    use serde_json::{Value, json};

    fn read(row: Value) -> ProcedureVersion {
        portal::parse(&row).unwrap().version
    }
    fn listing(name: &str) -> ProcedureVersion {
        read(
            json!({ "code": "1.000080", "name": name, "categories": ["Hộ tịch"], "departments": ["Ủy ban nhân dân cấp xã"] }),
        )
    }
    fn answer(name: &str, days: u32) -> ProcedureVersion {
        let way = json!({ "submissionMethod": "DIRECT", "processingTime": days, "processingTimeUnit": "WORKING_DAY" });
        read(json!({ "code": "1.000080", "name": name, "isWard": true, "executionMethods": [way],
                     "categoriesDetails": [{ "name": "Hộ tịch" }], "procedureProposal": { "proposalNumber": "1/QĐ" } }))
    }
    fn today() -> Date {
        jiff::civil::date(2025, 10, 6)
    }
    fn against(incoming: &ProcedureVersion, source: Source, version: &ProcedureVersion, of: Source) -> Verdict {
        judge(incoming, source, Some(Held { version, source: of }), today())
    }

    #[test]
    fn cat_02_what_is_not_held_is_new_and_what_is_held_changes_nothing() {
        let row = answer("Đăng ký khai sinh", 5);
        assert_eq!(judge(&row, Source::Portal, None, today()), Verdict::New);
        assert_eq!(against(&row, Source::Portal, &row, Source::Portal), Verdict::Unchanged);
    }

    #[test]
    fn cat_02_a_full_answer_completes_a_short_row_and_a_short_row_takes_nothing_away() {
        let (short, full) = (listing("Đăng ký  khai sinh"), answer("Đăng ký khai sinh", 5));
        assert_eq!(against(&full, Source::Portal, &short, Source::Listing), Verdict::Completes);
        assert_eq!(against(&short, Source::Listing, &full, Source::Portal), Verdict::Unchanged);
        assert_eq!(against(&short, Source::Listing, &full, Source::Office), Verdict::Unchanged);
    }

    #[test]
    fn cat_02_another_name_under_the_same_code_is_shown_to_somebody_and_completes_nothing() {
        let (short, full) = (listing("Đăng ký kết hôn"), answer("Đăng ký khai sinh", 5));
        assert!(matches!(against(&full, Source::Portal, &short, Source::Listing), Verdict::Differs { .. }));
        let Verdict::Differs { proposed, what } = against(&short, Source::Listing, &full, Source::Portal) else {
            panic!("a new name is a difference")
        };
        assert_eq!((proposed.name.as_str(), &proposed.ways), ("Đăng ký kết hôn", &full.ways));
        assert_eq!(what[0].part, Part::Name);
        assert_eq!(proposed.publication.effective_from, Some(today()));
    }

    #[test]
    fn cat_02_a_changed_answer_is_a_difference_with_its_parts_and_what_the_centre_wrote_is_never_completed() {
        let (old, new) = (answer("Đăng ký khai sinh", 5), answer("Đăng ký khai sinh", 3));
        for held in [Source::Portal, Source::Sheet, Source::Office] {
            let Verdict::Differs { what, .. } = against(&new, Source::Portal, &old, held) else { panic!("{held:?}") };
            let ways = what.iter().find(|d| d.part == Part::Ways).unwrap();
            assert_eq!(ways.before.as_deref(), Some("Trực tiếp: 5 ngày làm việc"));
            assert_eq!(ways.after.as_deref(), Some("Trực tiếp: 3 ngày làm việc"));
        }
        let typed = listing("Đăng ký khai sinh");
        assert!(matches!(against(&new, Source::Portal, &typed, Source::Office), Verdict::Differs { .. }));
    }
}
