//! Questions as people type them, over the names of the national catalogue, with the list of synonyms that the product
//! carries: the expected procedure stands among the first three.

use super::super::SearchIndex;
use super::super::carried::{ROWS, cells, index};
use crate::catalogue::ProcedureCode;
use proptest::prelude::*;
use std::sync::LazyLock;

static INDEX: LazyLock<SearchIndex> = LazyLock::new(super::super::carried::whole);

/// The questions of a table whose expected procedure is not among the first three, with what came instead.
fn missed(table: &str) -> (usize, Vec<String>) {
    let questions: Vec<_> = table.lines().skip(1).map(cells).collect();
    let mut missed = Vec::new();
    for row in &questions {
        let [how, question, codes] = row.as_slice() else { panic!("{row:?}") };
        let found = INDEX.search(question, 3);
        let expected = |code: &&ProcedureCode| codes.split(' ').any(|c| c == code.as_str());
        if !found.iter().any(expected) {
            let name = |c: &ProcedureCode| ROWS.iter().find(|r| r.code == *c).map_or("", |r| r.name.as_str());
            let got: Vec<_> = found.iter().map(|c| format!("  {c} {}", name(c))).collect();
            missed.push(format!("{how}: {question}\n{}", got.join("\n")));
        }
    }
    (questions.len(), missed)
}

#[test]
fn cat_01_the_expected_procedure_is_among_the_first_three_for_every_question_of_the_table() {
    let (asked, missed) = missed(include_str!("../testdata/questions.csv"));
    assert!(asked > 150);
    assert!(missed.is_empty(), "{} of {asked} missed\n{}", missed.len(), missed.join("\n"));
}

/// Whole sentences that citizens asked public offices, as far as they name a procedure that is carried here.
#[test]
fn cat_01_what_citizens_really_asked_finds_the_procedure_that_they_name() {
    let (asked, missed) = missed(include_str!("../testdata/citizens.csv"));
    assert!(asked > 40);
    assert!(missed.is_empty(), "{} of {asked} missed\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn cat_01_the_exact_name_of_a_procedure_puts_it_first_with_and_without_marks() {
    for row in ROWS.iter().step_by(7) {
        let first = |question: &str| INDEX.search(question, 1).first().map(|c| name_of(c));
        assert_eq!(first(&row.name).as_deref().map(plain), Some(plain(&row.name)));
        assert_eq!(first(&plain(&row.name)).as_deref().map(plain), Some(plain(&row.name)));
    }
}

fn name_of(code: &ProcedureCode) -> String {
    ROWS.iter().find(|r| r.code == *code).unwrap().name.clone()
}

/// The name as the index compares it.
fn plain(name: &str) -> String {
    super::super::rank::names(&super::super::synonym::words(name)).0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// CAT-01: folding twice is folding once, whatever the text.
    #[test]
    fn cat_01_folding_again_changes_nothing(text in "\\PC{0,60}") {
        let once = crate::text::fold(&text);
        prop_assert_eq!(crate::text::fold(&once), once.clone());
        let marks = crate::text::fold_marks(&text);
        prop_assert_eq!(crate::text::fold_marks(&marks), marks);
    }

    /// CAT-01: what is written in Vietnamese letters folds to the same, composed or not, marks first or last.
    #[test]
    fn cat_01_marks_off_is_marks_off_in_either_order(text in "[a-zA-ZđĐăÂêÔơưàáảãạỗỮ .,-]{0,60}") {
        use unicode_normalization::UnicodeNormalization;
        let folded = crate::text::fold(&text);
        prop_assert_eq!(crate::text::fold(&crate::text::fold_marks(&text)), folded.clone());
        prop_assert_eq!(crate::text::fold(&text.nfd().collect::<String>()), folded);
    }

    /// CAT-01: no question breaks the search, and it never answers with more than asked.
    #[test]
    fn cat_01_any_text_is_a_question(text in "\\PC{0,200}") {
        prop_assert!(INDEX.search(&text, 20).len() <= 20);
    }

    /// CAT-01: of a few of the procedures, each is first for its own name.
    #[test]
    fn cat_01_in_any_catalogue_the_whole_name_ranks_first(from in 0_usize..2_700, many in 1_usize..60) {
        let some = &ROWS[from..(from + many).min(ROWS.len())];
        let small = index(some);
        for row in some.iter().take(5) {
            let first = small.search(&row.name, 1)[0];
            prop_assert_eq!(plain(&name_of(first)), plain(&row.name));
        }
    }
}
