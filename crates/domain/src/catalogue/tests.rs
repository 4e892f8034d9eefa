//! The compact catalogue that the product carries, row by row.

use super::competence::{Competence, Directory, competent, named};
use super::portal::{self, Taken};
use super::process::Held;
use super::search::{SearchIndex, Searchable};
use super::*;
use crate::deadline::TimeLimit;
use crate::profile::{Level, Profile};
use std::io::Read;
use std::sync::LazyLock;

const ROWS: &[u8] = include_bytes!("../../../app/data/procedures.jsonl.gz");
const QUANG_NINH: &str = include_str!("../../../../profiles/quang-ninh.toml");

fn read() -> Vec<Taken> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(ROWS).read_to_string(&mut text).unwrap();
    let parse = |line: &str| portal::parse(&serde_json::from_str(line).unwrap()).unwrap();
    text.lines().map(parse).collect()
}

/// Read once for all tests: unoptimised it takes a second.
pub(super) fn rows() -> &'static [Taken] {
    static ROWS: LazyLock<Vec<Taken>> = LazyLock::new(read);
    &ROWS
}

fn quang_ninh() -> Profile {
    Profile::parse(QUANG_NINH, "quang-ninh").unwrap()
}

#[test]
fn cat_01_every_row_of_the_compact_catalogue_is_taken() {
    let rows = rows();
    assert_eq!(rows.len(), 260);
    for Taken { version, .. } in rows {
        assert!(!version.ways.is_empty() && !version.variants.is_empty(), "{}", version.code);
        assert!(!version.field.name.is_empty() && !version.levels.is_empty(), "{}", version.code);
    }
    let papers: usize = rows.iter().flat_map(|r| &r.version.variants).map(|v| v.components.len()).sum();
    assert!(papers > 1_800, "{papers}");
    let required = |c: &Component| c.required && c.is_paper();
    let with_required = rows.iter().filter(|r| r.version.variants.iter().any(|v| v.components.iter().any(required)));
    assert!(with_required.count() > 200);
}

#[test]
fn cat_04_the_default_process_of_every_case_keeps_its_limit() {
    for Taken { version, .. } in rows() {
        let level = if version.levels.contains(&ProcedureLevel::Province) { Level::Province } else { Level::Commune };
        for variant in &version.variants {
            for channel in Channel::ALL {
                let limit = version.limit_for(channel, &variant.id);
                let process = default_process(level, limit);
                assert_eq!(process.check(limit, |_| Held::Everywhere), Ok(()), "{} {limit:?}", version.code);
            }
        }
    }
}

#[test]
fn clk_02_limits_of_known_procedures_are_read_rightly() {
    let rows = rows();
    let limit = |code: &str| {
        let version = &rows.iter().find(|r| r.version.code.as_str() == code).unwrap().version;
        version.limit_for(Channel::Counter, &version.variants[0].id)
    };
    assert_eq!(limit("1.013225"), TimeLimit::WorkingDays(10));
    assert_eq!(limit("1.013315"), TimeLimit::CalendarDays(20));
    assert_eq!(limit("2.000527"), TimeLimit::SameDay);
    assert_eq!(limit("2.000635"), TimeLimit::SameDay);
    assert_eq!(limit("1.000894"), TimeLimit::WorkingDays(1));
    assert_eq!(limit("2.001159"), TimeLimit::WorkingHours(1));
    assert_eq!(limit("1.115713"), TimeLimit::WorkingDays(10));
}

#[test]
fn a_component_has_the_same_id_at_every_import_and_one_only_in_its_case() {
    let first = rows();
    assert_eq!(first, read());
    for variant in first.iter().flat_map(|r| &r.version.variants) {
        let mut ids: Vec<&str> = variant.components.iter().map(|c| c.id.as_str()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}

#[test]
fn a_version_survives_its_json() {
    for Taken { version, .. } in rows().iter().take(40) {
        let json = serde_json::to_string(&version).unwrap();
        assert_eq!(serde_json::from_str::<ProcedureVersion>(&json).unwrap(), *version);
    }
}

#[test]
fn cat_01_questions_without_diacritics_find_procedures_of_the_catalogue() {
    let rows = rows();
    let of = |r: &'_ Taken| (r.version.code.clone(), r.version.name.clone(), r.version.field.name.clone());
    let owned: Vec<_> = rows.iter().map(of).collect();
    let index = SearchIndex::build(owned.iter().map(|(code, name, field)| Searchable { code, name, field }), []);
    assert_eq!(index.len(), 260);
    let first = |question: &str| index.search(question, 5).into_iter().next().map(ToString::to_string);
    assert_eq!(first("dang ky ket hon").as_deref(), Some("1.000894"));
    assert_eq!(first("thong bao luu tru").as_deref(), Some("2.001159"));
    assert_eq!(first("cấp giấy phép xây dựng mới"), first("cap giay phep xay dung moi"));
    assert_eq!(first("1.115713").as_deref(), Some("1.115713"));
}

#[test]
fn competent_agencies_are_found_by_loose_names() {
    let here = Directory::new(quang_ninh().agencies.clone());
    let found = |name: &str| -> Vec<String> { named(name, &here).into_iter().map(|a| a.identifier.clone()).collect() };
    assert_eq!(found("Sở Xây dựng"), ["H49.24"]);
    assert_eq!(found("Sở Tư pháp Thành phố Hà Nội"), ["H49.21"]);
    assert_eq!(found("Chi nhánh Văn phòng đăng ký đất đai khu vực"), ["H49.18"]);
    assert_eq!(found("Cơ quan đăng ký kinh doanh cấp tỉnh"), ["H49.19"]);
    assert_eq!(found("Chủ tịch ủy ban nhân dân cấp tỉnh"), ["H49"]);
    assert_eq!(found("Công an cấp Xã"), ["H49.40"]);
    assert_eq!(found("Thuế cơ sở"), ["H49.41"]);
    assert_eq!(found("Ủy ban Nhân dân xã, phường, thị trấn").len(), 54);
    assert_eq!(found("Cơ quan chuyên môn về Nông nghiệp và Môi trường thuộc UBND cấp xã").len(), 54);
    assert!(found("Bộ Ngoại giao").is_empty());
    assert!(found("").is_empty());
}

#[test]
fn most_procedures_of_the_catalogue_find_an_agency_and_the_others_leave_the_choice() {
    let here = Directory::new(quang_ninh().agencies.clone());
    let rows = rows();
    let unknown: Vec<&str> = rows
        .iter()
        .filter(|r| competent(&r.version, &here) == Competence::Unknown)
        .map(|r| r.version.code.as_str())
        .collect();
    assert!(unknown.len() < 15, "{} {unknown:?}", unknown.len());
    assert!(Competence::Unknown.allows("H49.24"));
}

#[test]
fn cat_02_the_version_in_force_is_the_last_that_has_taken_effect() {
    let base = rows()[0].version.clone();
    let from = |day: Option<&str>, kind| {
        let mut version = base.clone();
        version.publication.effective_from = day.map(|d| d.parse().unwrap());
        version.publication.kind = kind;
        version
    };
    let procedure = Procedure {
        code: base.code.clone(),
        versions: vec![
            from(Some("2026-01-01"), PublicationKind::Amended),
            from(None, PublicationKind::New),
            from(Some("2027-03-01"), PublicationKind::Abolished),
        ],
    };
    let kind = |day: &str| procedure.in_force_on(day.parse().unwrap()).map(|v| v.publication.kind);
    assert_eq!(kind("2025-12-31"), Some(PublicationKind::New));
    assert_eq!(kind("2026-01-01"), Some(PublicationKind::Amended));
    assert_eq!(kind("2027-03-01"), None);
}
