//! CAT-06: what a form takes, what it refuses, and that nobody gets past it.

mod anything;

use super::*;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use std::sync::Arc;

const TODAY: Date = date(2025, 10, 6);

fn places() -> Places {
    let area = |code: &str, name: &str, parent: Option<&str>| Area {
        code: code.into(),
        name: name.into(),
        parent: parent.map(Into::into),
    };
    let areas = [
        area("22", "Tỉnh Quảng Ninh", None),
        area("01", "Thành phố Hà Nội", None),
        area("06652", "Phường Hồng Gai", Some("22")),
        area("06658", "Phường Bãi Cháy", Some("22")),
        area("06706", "Xã Bãi Cháy", Some("22")),
        area("00004", "Phường Ba Đình", Some("01")),
    ];
    let former = |name: &str, whole: &str, became: &[&str]| Former {
        name: crate::text::fold(name),
        whole: crate::text::fold(whole),
        became: became.iter().map(|c| (*c).to_owned()).collect(),
    };
    let former = vec![
        former("Phường Bạch Đằng", "Phường Bạch Đằng Thành phố Hạ Long Tỉnh Quảng Ninh", &["06652"]),
        former("Phường Hùng Thắng", "Phường Hùng Thắng Thành phố Hạ Long Tỉnh Quảng Ninh", &["06652", "06658"]),
        former("Phường Cũ", "Phường Cũ Thị xã Cũ Tỉnh Cũ", &["06652"]),
    ];
    Places::new(areas, Arc::new(former))
}

fn field(key: &str, kind: Kind) -> Field {
    Field {
        key: key.into(),
        label: key.to_uppercase(),
        hint: String::new(),
        kind,
        required: false,
        when: None,
        required_when: None,
        fill: None,
        place: Place::Own,
    }
}

fn must(f: Field) -> Field {
    Field { required: true, ..f }
}

fn text(max: u32) -> Kind {
    Kind::Text { max, lines: false }
}

fn choice(keys: &[&str]) -> Kind {
    Kind::Choice { options: keys.iter().map(|k| Opt { key: (*k).into(), label: k.to_uppercase() }).collect() }
}

fn is(field: &str, values: &[&str]) -> When {
    When { field: field.into(), is: values.iter().map(|v| (*v).to_owned()).collect() }
}

fn form(fields: Vec<Field>) -> Form {
    Form {
        procedure: "1.001193".into(),
        symbol: "TK".into(),
        title: "Tờ khai".into(),
        basis: String::new(),
        addressed_to: String::new(),
        stands_for: vec!["tờ khai đăng ký".into()],
        declaration: String::new(),
        signer: String::new(),
        also_sign: Vec::new(),
        layout: Layout::Parts,
        sections: vec![Section { title: "I".into(), help: String::new(), lead: None, when: None, fields }],
        cases: Vec::new(),
    }
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn take(form: &Form, pairs: &[(&str, &str)]) -> Read {
    read(form, &typed(pairs), &Facts { today: TODAY, places: &places(), files: None })
}

/// The answer of a form of one field, or the code of its fault.
fn one(kind: Kind, said: &str) -> Result<Value, &'static str> {
    let read = take(&form(vec![field("x", kind)]), &[("x", said)]);
    match read.faults.first() {
        Some(fault) => Err(fault.code),
        None => Ok(read.answers.get("x").cloned().unwrap_or_default()),
    }
}

#[test]
fn cat_06_every_kind_is_read_as_people_write_it_and_kept_in_one_form() {
    let number = |min, max, decimals| Kind::Number { min, max, decimals, unit: String::new() };
    let cases = [
        (text(20), "  Nguyễn\u{a0} Thị  Mẫu ", json!("Nguyễn Thị Mẫu")),
        (text(20), "Nguye\u{302}\u{303}n\u{202e}", json!("Nguyễn")),
        (Kind::CitizenId, "001 099 012 345", json!("001099012345")),
        (Kind::TaxCode, "5700100256-001", json!("5700100256-001")),
        (Kind::Phone, "+84 912.345.678", json!("0912345678")),
        (Kind::Date { past: true }, "6/10/2025", json!("2025-10-06")),
        (Kind::Date { past: false }, "06102026", json!("2026-10-06")),
        (Kind::Date { past: false }, "2026-10-06", json!("2026-10-06")),
        (Kind::Money, "1.250.000 đ", json!(1_250_000)),
        (Kind::Money, "1250000 đồng", json!(1_250_000)),
        (number(0, 1000, 1), "85,50", json!(85.5)),
        (number(-10, 1000, 0), "-7", json!(-7)),
        (number(0, 10_000, 0), "1.200", json!(1200)),
        (choice(&["nam", "nu"]), "nu", json!("nu")),
        (Kind::YesNo, "no", json!(false)),
    ];
    for (kind, said, kept) in cases {
        assert_eq!(one(kind.clone(), said), Ok(kept), "{kind:?} {said:?}");
    }
}

#[test]
fn cat_06_what_is_no_answer_is_refused_with_its_own_reason() {
    let number = |min, max, decimals| Kind::Number { min, max, decimals, unit: String::new() };
    let cases = [
        (text(3), "bốn chữ", "too_long"),
        (Kind::CitizenId, "12345", "identity.invalid"),
        (Kind::CitizenId, "C1234567", "identity.invalid"),
        (Kind::TaxCode, "5700100257", "identity.invalid"),
        (Kind::Phone, "12", "phone.invalid"),
        (Kind::Date { past: true }, "07/10/2025", "date.future"),
        (Kind::Date { past: false }, "31/02/2025", "date.invalid"),
        (Kind::Date { past: false }, "6/10/25", "date.invalid"),
        (Kind::Date { past: false }, "01/01/1899", "date.old"),
        (Kind::Money, "một triệu", "money.invalid"),
        (Kind::Money, "-5", "money.invalid"),
        (Kind::Money, "1.25", "money.invalid"),
        (number(0, 10, 0), "11", "number.range"),
        (number(0, 10, 1), "10,1", "number.range"),
        (number(0, 10, 0), "1,5", "number.decimals"),
        (number(0, 10, 0), "1e3", "number.invalid"),
        (number(0, i64::MAX, 2), "99999999999999999999,5", "number.invalid"),
        (choice(&["nam", "nu"]), "khac", "unknown"),
        (Kind::YesNo, "co", "unknown"),
    ];
    for (kind, said, code) in cases {
        assert_eq!(one(kind.clone(), said), Err(code), "{kind:?} {said:?}");
    }
}

#[test]
fn cat_06_an_address_is_understood_by_new_and_old_names_and_asks_where_two_are_meant() {
    let form = form(vec![field("o", Kind::Address)]);
    let at = |commune: &str| {
        let read = take(&form, &[("o.province", "22"), ("o.commune", commune), ("o.line", "Tổ 5")]);
        match read.faults.first() {
            Some(f) => Err((f.field.clone(), f.code)),
            None => Ok(read.answers["o"]["text"].as_str().unwrap().to_owned()),
        }
    };
    let hong_gai = "Tổ 5, Phường Hồng Gai, Tỉnh Quảng Ninh";
    for said in ["Phường Hồng Gai", "hong gai", "06652", "Phường Bạch Đằng", "phường bạch đằng, thành phố hạ long"]
    {
        assert_eq!(at(said).as_deref(), Ok(hong_gai), "{said}");
    }
    assert_eq!(at("Bãi Cháy"), Err(("o.commune".into(), "commune.several")));
    assert_eq!(at("Hùng Thắng"), Err(("o.commune".into(), "commune.several")), "it was split");
    assert_eq!(at("Ba Đình"), Err(("o.commune".into(), "commune.unknown")), "of another province");
    let none = take(&form, &[("o.line", "Tổ 5")]);
    assert_eq!(none.faults[0].field, "o.province");
}

#[test]
fn cat_06_conditions_decide_what_is_asked_and_what_must_be_answered() {
    let form = form(vec![
        must(field("loai", choice(&["a", "b"]))),
        Field { when: Some(is("loai", &["b"])), ..must(field("them", text(9))) },
        Field { required_when: Some(is("loai", &["a"])), ..field("ghi_chu", text(9)) },
        Field { when: Some(is("them", &[])), ..must(field("nua", text(9))) },
    ]);
    let faults = |pairs: &[(&str, &str)]| take(&form, pairs).faults.into_iter().map(|f| f.field).collect::<Vec<_>>();
    assert_eq!(faults(&[]), ["loai"]);
    assert_eq!(faults(&[("loai", "a")]), ["ghi_chu"]);
    assert_eq!(faults(&[("loai", "b")]), ["them"]);
    assert_eq!(faults(&[("loai", "b"), ("them", "x")]), ["nua"]);
    let read = take(&form, &[("loai", "a"), ("ghi_chu", "y"), ("them", "typed before the choice changed")]);
    assert!(read.faults.is_empty() && !read.answers.contains_key("them"), "{read:?}");
}

#[test]
fn cat_06_rows_of_a_group_are_counted_read_and_refused_each_at_its_place() {
    let rows = Kind::Group {
        min: 1,
        max: 3,
        item: "Người".into(),
        fields: vec![must(field("ten", text(9))), field("sinh", Kind::Date { past: true })],
    };
    let form = form(vec![must(field("con", rows))]);
    let two = take(&form, &[("con.0.ten", "An"), ("con.2.ten", "Bình"), ("con.rows", "3")]);
    assert_eq!(two.answers["con"], json!([{ "ten": "An" }, { "ten": "Bình" }]), "an empty row is no row");
    let wrong = take(&form, &[("con.0.sinh", "99/99/9999")]);
    assert_eq!(wrong.faults.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(), ["con.0.ten", "con.0.sinh"]);
    assert_eq!(take(&form, &[]).faults[0].field, "con.0.ten");
    assert_eq!(take(&form, &[("con.0.ten", "An"), ("con.rows", "9")]).faults[0].code, "too_many");
    let beyond = take(&form, &[("con.0.ten", "An"), ("con.7.ten", "Dư")]);
    assert_eq!(beyond.faults[0].code, "unknown");
}

#[test]
fn cat_06_unknown_fields_are_refused_typed_or_sent() {
    let form = form(vec![field("ten", text(9))]);
    assert_eq!(take(&form, &[("ten", "An"), ("la", "x")]).faults[0].code, "unknown");
    let (_, faults) = flatten(&form, &json!({ "ten": "An", "la": 1 }));
    assert_eq!((faults[0].field.as_str(), faults[0].code), ("la", "unknown"));
    let (_, faults) = flatten(&form, &json!({ "ten": { "x": 1 } }));
    assert_eq!(faults[0].code, "shape");
}

#[test]
fn int_14_what_is_known_fills_only_what_is_empty() {
    let mut name = field("ten", text(99));
    name.fill = Some(Fill::ApplicantName);
    let mut number = field("so", Kind::CitizenId);
    number.fill = Some(Fill::ApplicantIdentity);
    let form = form(vec![name, number, field("nghe", text(99))]);
    let known = Known { name: "Nguyễn Thị Mẫu", identity: "C1234567", ..Known::default() };
    let before = json!({ "nghe": "Thợ may", "ten": "Tên cũ", "bo_roi": "x" });
    let filled = prefill(&form, &typed(&[("ten", "  ")]), &known, Some(&before), &places());
    assert_eq!(filled, typed(&[("ten", "Tên cũ"), ("nghe", "Thợ may")]), "a passport is no citizen number");
    assert_eq!(prefill(&form, &typed(&[("ten", "Mới")]), &known, None, &places()), Typed::new());
}

#[test]
fn int_14_a_known_address_is_parted_and_old_names_are_understood() {
    let mut home = field("o", Kind::Address);
    home.fill = Some(Fill::ApplicantAddress);
    let form = form(vec![home]);
    let parts = |address: &str| {
        let known = Known { address, ..Known::default() };
        let filled = prefill(&form, &Typed::new(), &known, None, &places());
        ["o.province", "o.commune", "o.line"].map(|p| filled.get(p).cloned().unwrap_or_default())
    };
    let hong_gai = ["22", "Phường Hồng Gai", "Tổ 5, ngõ 2"].map(str::to_owned);
    for said in [
        "Tổ 5, ngõ 2, phường Hồng Gai, Quảng Ninh",
        "Tổ 5, ngõ 2, phường Bạch Đằng, thành phố Hạ Long, tỉnh Quảng Ninh",
        "Tổ 5, ngõ 2, Phường Cũ, Thị xã Cũ, Tỉnh Cũ",
    ] {
        assert_eq!(parts(said), hong_gai, "{said}");
    }
    assert_eq!(parts("Tổ 5, phường Hùng Thắng, Quảng Ninh"), ["22", "phường Hùng Thắng", "Tổ 5"], "it was split");
    assert_eq!(parts("Tổ 5, xã Lạ, Quảng Ninh"), ["22", "", "Tổ 5, xã Lạ"]);
    assert_eq!(parts("12 Trần Phú"), ["", "", "12 Trần Phú"], "nothing is lost");
    let own = prefill(
        &form,
        &typed(&[("o.line", "Tổ 9")]),
        &Known { address: "Quảng Ninh", ..Known::default() },
        None,
        &places(),
    );
    assert!(own.is_empty(), "what was typed is never mixed with what is known");
}

#[test]
fn cat_06_a_definition_that_cannot_work_is_told_so() {
    let broken = form(vec![
        field("Ten", text(0)),
        field("a", choice(&["x"])),
        Field { when: Some(is("sau", &["x"])), ..field("b", Kind::YesNo) },
        field("sau", choice(&["x", "y"])),
        Field { when: Some(is("sau", &["z"])), ..field("c", Kind::YesNo) },
        field("c", Kind::Group { min: 2, max: 1, item: "x".into(), fields: Vec::new() }),
    ]);
    let at: Vec<String> = flaws(&broken).into_iter().map(|f| f.at).collect();
    assert_eq!(at, ["Ten", "Ten", "a", "b", "c", "c", "c", "c"], "{:?}", flaws(&broken));
    assert!(flaws(&form(vec![field("ten", text(9))])).is_empty());
}

#[test]
fn cat_06_two_versions_differ_where_somebody_changed_something() {
    let old = form(vec![field("ten", text(9)), field("bo", text(9))]);
    let mut new = form(vec![must(field("ten", text(9))), field("them", Kind::Money)]);
    new.title = "Tên mới".into();
    let found = compare(&old, &new);
    let told: Vec<_> = found.iter().map(|d| (d.path.as_str(), d.before.is_some(), d.after.is_some())).collect();
    assert_eq!(told, [("", true, true), ("ten", true, true), ("them", false, true), ("bo", true, false)]);
    assert!(compare(&old, &old).is_empty());
}

#[test]
fn cat_06_answers_are_shown_as_people_read_them() {
    let rows = Kind::Group { min: 1, max: 3, item: "Con".into(), fields: vec![field("ten", text(9))] };
    let form = form(vec![
        field("ngay", Kind::Date { past: false }),
        field("tien", Kind::Money),
        field("dt", Kind::Number { min: 0, max: 9_999, decimals: 1, unit: "m²".into() }),
        field("con", rows),
        field("trong", text(9)),
    ]);
    let read = take(&form, &[("ngay", "6/10/2025"), ("tien", "1250000"), ("dt", "1.200,5"), ("con.0.ten", "An")]);
    let lines: Vec<_> = shown(&form, &read.answers).remove(0).lines;
    let values: Vec<_> = lines.iter().map(|l| (l.label.as_str(), l.value.as_str(), l.heads)).collect();
    assert_eq!(
        values,
        [
            ("NGAY", "06/10/2025", false),
            ("TIEN", "1.250.000 đ", false),
            ("DT", "1.200,5 m²", false),
            ("Con 1", "", true),
            ("TEN", "An", false),
            ("TRONG", "", false)
        ]
    );
    assert_eq!(blank(&form)[0].lines.len(), 6, "an empty form shows one row");
    let OnPaper::Table { label, columns, rows } = paper(&form, Some(&read.answers)).remove(0).1.remove(3) else {
        panic!("a group is a table");
    };
    assert_eq!((label.as_str(), columns, rows), ("CON", vec!["TEN".to_owned()], vec![vec!["An".to_owned()]]));
    let OnPaper::Table { rows, .. } = paper(&form, None).remove(0).1.remove(3) else { panic!("on the empty form too") };
    assert_eq!(rows.len(), 3, "as many rows as may be written");
}
