use super::*;
use crate::catalogue::PublicationKind;
use crate::catalogue::difference::differences;
use crate::catalogue::portal;
use crate::catalogue::tests::rows as carried;
use std::collections::HashMap;

fn record(row: &Row) -> Record {
    let cells: HashMap<&'static str, String> = row.part.columns().iter().copied().zip(row.cells.clone()).collect();
    Record { part: row.part, cells }
}

fn back(rows: &[Row]) -> portal::Taken {
    read(&rows.iter().map(record).collect::<Vec<_>>(), Vec::new()).unwrap()
}

#[test]
fn cat_01_every_carried_procedure_survives_its_rows_also_when_cells_are_short() {
    // Unoptimised, all of them take half a minute.
    for (at, taken) in carried().iter().enumerate().filter(|(at, _)| at % 7 == 0) {
        let version = &taken.version;
        let whole = back(&rows(version, None)).version;
        assert!(whole == *version, "{}: {:?}", version.code, differences(version, &whole));
        if at % 35 == 0 {
            let cut = back(&rows(version, Some(120))).version;
            assert!(cut == *version, "{} in short cells: {:?}", version.code, differences(version, &cut));
        }
    }
}

/// CLK-04: a sector's own window for supplements goes out and comes back; what is no number is told.
#[test]
fn cat_05_the_window_for_supplements_survives_its_rows() {
    let mut version = carried()[0].version.clone();
    version.flags.supplement_window_working_days = Some(5);
    assert_eq!(back(&rows(&version, None)).version, version);
    let typed = [(column::CODE, "1.000080"), (column::NAME, "Cấp giấy"), (column::SUPPLEMENT_WINDOW, "vài ngày")];
    let taken = read(&[given(Part::Procedure, &typed)], Vec::new()).unwrap();
    assert_eq!(taken.version.flags.supplement_window_working_days, None);
    assert!(taken.mended.iter().any(|m| m.what.contains("\"vài ngày\" không hiểu được")), "{:?}", taken.mended);
}

fn given(part: Part, cells: &[(&'static str, &str)]) -> Record {
    Record { part, cells: cells.iter().map(|(c, v)| (*c, (*v).to_owned())).collect() }
}

#[test]
fn cat_01_a_sheet_typed_by_hand_needs_no_ids_and_says_what_it_could_not_read() {
    let head = given(
        Part::Procedure,
        &[
            (column::CODE, " 1,00008 "),
            (column::NAME, "Cấp giấy"),
            (column::LEVELS, "cấp xã"),
            (column::DECISION, "1/QĐ"),
        ],
    );
    let records = [
        head,
        given(Part::Components, &[(column::PAPER, "Đơn"), (column::ORIGINALS, "một"), (column::REQUIRED, "x")]),
        given(
            Part::Ways,
            &[(column::WAY, "1"), (column::CHANNEL, "trực tiếp tại quầy"), (column::LIMIT, "5 ngày làm việc")],
        ),
        given(Part::Ways, &[(column::WAY, "2"), (column::CHANNEL, "bồ câu")]),
        given(Part::Fees, &[(column::FEE_KIND, "lệ phí"), (column::AMOUNT, "75.000 đ")]),
        given(Part::Fees, &[(column::WAY, "9"), (column::AMOUNT, "1")]),
    ];
    let taken = read(&records, Vec::new()).unwrap();
    let version = &taken.version;
    assert_eq!(version.code.as_str(), "1.000080");
    assert_eq!(version.ways.len(), 1);
    assert_eq!(version.ways[0].limit, crate::deadline::TimeLimit::WorkingDays(5));
    assert_eq!(version.ways[0].fees[0].amount, Some(75_000));
    assert_eq!(version.ways[0].fees[0].kind, crate::catalogue::FeeKind::Charge);
    assert!(version.variants[0].components[0].required);
    let said = |word: &str| taken.mended.iter().any(|m| m.what.contains(word));
    assert!(said("bồ câu") && said("\"một\"") && said("cách nộp số 9") && said("lĩnh vực"), "{:?}", taken.mended);
}

#[test]
fn papers_without_their_procedure_are_refused() {
    let stray = [given(Part::Components, &[(column::CODE, "1.000080"), (column::PAPER, "Đơn")])];
    assert!(matches!(read(&stray, Vec::new()), Err(portal::Refused::Code(_))));
}

#[test]
fn cat_01_a_cell_that_is_not_understood_is_told_and_never_guessed_into_force() {
    let with = |cells: &[(&'static str, &str)]| {
        let base = [(column::CODE, "1.000080"), (column::NAME, "Cấp giấy"), (column::DECISION, "1/QĐ")];
        read(&[given(Part::Procedure, &[&base, cells].concat())], Vec::new())
    };
    for (text, kind) in [
        ("Bãi bỏ TTHC", PublicationKind::Abolished),
        ("Hủy bỏ thủ tục", PublicationKind::Abolished),
        ("sửa đổi", PublicationKind::Amended),
        ("Được thay thế", PublicationKind::Replaced),
        ("Mới", PublicationKind::New),
        ("", PublicationKind::New),
    ] {
        assert_eq!(with(&[(column::KIND, text)]).unwrap().version.publication.kind, kind, "{text}");
    }
    for text in ["Đình chỉ", "Sửa đổi hoặc bãi bỏ"] {
        assert_eq!(with(&[(column::KIND, text)]), Err(portal::Refused::Kind(text.to_owned())));
    }
    let taken = with(&[
        (column::LEVELS, "cấp huyện; cấp xã"),
        (column::SAME_DAY, "không rõ"),
        (column::SETS, "hai"),
        (column::ONLINE, "mức 4"),
        (column::REPLACED_BY, "xem sau"),
    ])
    .unwrap();
    for told in ["cấp huyện", "không rõ", "hai", "mức 4", "xem sau"] {
        assert!(taken.mended.iter().any(|m| m.what.contains(told)), "{told}: {:?}", taken.mended);
    }
    assert_eq!((taken.version.sets, taken.version.levels.len()), (1, 1));
}

#[test]
fn fee_01_two_sums_in_one_cell_are_no_sum() {
    for (text, sum) in [
        ("75.000 đ", Some(75_000)),
        ("1,250,000", Some(1_250_000)),
        ("1 250 000 đồng", Some(1_250_000)),
        ("100000.0", Some(100_000)),
        ("30000VNĐ", Some(30_000)),
        ("0", Some(0)),
        ("100.000 - 200.000", None),
        ("30.000 (15.000)", None),
        ("30.000 đ/trường hợp", None),
        ("1.25", None),
        ("1.250,000", None),
        ("-5000", None),
        ("miễn phí", None),
        ("", None),
    ] {
        assert_eq!(read_amount(text), sum, "{text}");
    }
}

/// INT-02: the questions that lead to a case come back from the spreadsheet as they went.
#[test]
fn int_02_the_answers_that_lead_to_a_case_survive_the_rows() {
    let mut version = carried().iter().find(|t| !t.version.variants.is_empty()).unwrap().version.clone();
    version.variants[0].answers = crate::catalogue::read_answers("Công trình gì? = Nhà ở\nXây mới? = Có").unwrap();
    assert_eq!(back(&rows(&version, None)).version, version);
    let typed = [
        given(Part::Procedure, &[(column::CODE, "1.000080"), (column::NAME, "Cấp giấy"), (column::DECISION, "1/QĐ")]),
        given(Part::Variants, &[(column::CASE, "Nhà ở"), (column::ANSWERS, "không có dấu bằng")]),
    ];
    let taken = read(&typed, Vec::new()).unwrap();
    assert!(taken.version.variants[0].answers.is_empty());
    assert!(taken.mended.iter().any(|m| m.what.contains("không có dấu bằng")));
}
