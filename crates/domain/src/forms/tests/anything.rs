//! CAT-06: whatever is typed into a form with everything in it.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A form with every kind, and conditions.
fn everything() -> Form {
    let rows = vec![must(field("ten", text(30))), field("sinh", Kind::Date { past: true }), field("o", Kind::Address)];
    form(vec![
        must(field("ten", text(30))),
        field("doan", Kind::Text { max: 50, lines: true }),
        field("so", Kind::CitizenId),
        field("thue", Kind::TaxCode),
        field("may", Kind::Phone),
        field("ngay", Kind::Date { past: false }),
        field("tien", Kind::Money),
        field("dt", Kind::Number { min: -5, max: 5_000, decimals: 2, unit: String::new() }),
        must(field("loai", choice(&["a", "b"]))),
        field("co", Kind::YesNo),
        Field { when: Some(is("loai", &["b"])), ..must(field("vi_sao", text(30))) },
        Field { required_when: Some(is("co", &["yes"])), ..field("o", Kind::Address) },
        field("con", Kind::Group { min: 0, max: 3, item: "x".into(), fields: rows }),
    ])
}

fn scraps() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[0-9]{1,14}",
        "\\PC{0,40}",
        prop::sample::select(vec![
            "a",
            "b",
            "yes",
            "no",
            "22",
            "hong gai",
            "Bãi Cháy",
            "06/10/2025",
            "1.200,55",
            "-3",
            "5700100256",
            "022190004567",
            "0912345678",
            "Nguyễn Thị Mẫu\nhai dòng",
        ])
        .prop_map(str::to_owned),
    ]
}

fn paths() -> Vec<&'static str> {
    vec![
        "ten",
        "doan",
        "so",
        "thue",
        "may",
        "ngay",
        "tien",
        "dt",
        "loai",
        "co",
        "vi_sao",
        "o.province",
        "o.commune",
        "o.line",
        "con.rows",
        "con.0.ten",
        "con.0.sinh",
        "con.1.ten",
        "con.1.o.province",
        "con.1.o.commune",
        "la",
    ]
}

proptest! {
    /// Whatever is typed, the engine ends, and each fault stands at a field and is said in words.
    #[test]
    fn cat_06_nothing_typed_breaks_a_form(pairs in prop::collection::btree_map(prop::sample::select(paths()), scraps(), 0..20)) {
        let typed: Typed = pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        let form = everything();
        let (places, files) = (places(), BTreeMap::new());
        let read = read(&form, &typed, &Facts { today: TODAY, places: &places, files: Some(&files) });
        for f in &read.faults {
            prop_assert!(!f.vi.is_empty() && !f.en.is_empty() && !f.field.is_empty());
        }
        // What is kept is kept for good: read again from its JSON it is the same, without a fault.
        if read.faults.is_empty() {
            let kept = Value::Object(read.answers.clone());
            let (again, strange) = flatten(&form, &kept);
            prop_assert!(strange.is_empty());
            let again = crate::forms::read(&form, &again, &Facts { today: TODAY, places: &places, files: Some(&files) });
            prop_assert_eq!(again.faults, Vec::new());
            prop_assert_eq!(Value::Object(again.answers), kept.clone());
            // And the published schema lets through what the engine lets through.
            let schema = jsonschema::validator_for(&schema(&form)).unwrap();
            let objections: Vec<String> = schema.iter_errors(&kept).map(|e| e.to_string()).collect();
            prop_assert_eq!(objections, Vec::<String>::new());
        }
    }
}
