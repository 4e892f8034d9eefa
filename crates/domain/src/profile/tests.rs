//! The five profiles that the product carries.

use super::*;
use crate::deadline::TimeLimit;

const FILES: [(&str, &str); 5] = [
    ("profiles/dong-nai.toml", include_str!("../../../../profiles/dong-nai.toml")),
    ("profiles/vinh-long.toml", include_str!("../../../../profiles/vinh-long.toml")),
    ("profiles/quang-nam.toml", include_str!("../../../../profiles/quang-nam.toml")),
    ("profiles/quang-ninh.toml", include_str!("../../../../profiles/quang-ninh.toml")),
    ("profiles/thua-thien-hue.toml", include_str!("../../../../profiles/thua-thien-hue.toml")),
];

fn text(key: &str) -> &'static str {
    FILES.iter().find(|(file, _)| file.contains(key)).unwrap().1
}
fn profile(key: &str) -> Profile {
    Profile::parse(text(key), key).unwrap()
}

#[test]
fn every_profile_is_read_and_names_itself_after_its_file() {
    for (file, text) in FILES {
        let profile = Profile::parse(text, file).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(file, format!("profiles/{}.toml", profile.province.key));
        assert!(profile.main_centre().is_some_and(|c| c.counters.len() >= 5));
        assert!(profile.agencies.iter().any(|a| a.police), "{file} has no police");
        assert!(profile.agencies.iter().any(|a| a.kind == AgencyKind::Post), "{file} has no post");
    }
}

#[test]
fn int_06_quang_ninh_checks_online_dossiers_in_eight_working_hours_by_the_agency() {
    let online = profile("quang-ninh").online;
    assert_eq!(online.check_limit, Some(TimeLimit::WorkingHours(8)));
    assert_eq!(online.taken_in_by, OnlineTaker::Agency);
    assert_eq!(online.submission_through, [Portal::National]);
}

#[test]
fn quang_ninh_has_its_departments_and_every_commune_with_a_centre() {
    let profile = profile("quang-ninh");
    assert_eq!(profile.agency("H49.24").unwrap().name, "Sở Xây dựng");
    assert_eq!(profile.agency("H49.18").unwrap().name, "Sở Nông nghiệp và Môi trường");
    let communes = || profile.agencies.iter().filter(|a| a.level == Level::Commune);
    assert_eq!(communes().count(), 54);
    assert_eq!(communes().filter(|a| a.kind == AgencyKind::SpecialZone).count(), 2);
    assert_eq!(profile.centres.len(), 55);
    assert_eq!(profile.centre("hong-gai").unwrap().level, Level::Commune);
}

#[test]
fn the_table_of_thua_thien_hue_has_its_twenty_seven_agencies() {
    let profile = profile("thua-thien-hue");
    let of_the_table = (1..=27).map(|n| format!("H57.{n:02}"));
    assert_eq!(of_the_table.filter(|id| profile.agency(id).is_some()).count(), 27);
}

#[test]
fn int_04_hue_counts_guidance_and_supplement_together_and_the_others_apart() {
    for (file, text) in FILES {
        let supplement = Profile::parse(text, file).unwrap().supplement;
        assert_eq!(supplement.total_max, file.contains("hue").then_some(1), "{file}");
    }
}

#[test]
fn clk_04_three_provinces_set_a_window_of_three_working_days() {
    for (file, text) in FILES {
        let window = Profile::parse(text, file).unwrap().supplement.window_working_days;
        let set = ["dong-nai", "vinh-long", "quang-nam"].iter().any(|p| file.contains(p));
        assert_eq!(window, set.then_some(3), "{file}");
    }
}

#[test]
fn clk_05_in_hue_the_centre_writes_the_apology_once_the_dossier_is_overdue() {
    let apology = profile("hue").apology;
    assert_eq!((apology.written_by, apology.moment), (ApologyWriter::Centre, ApologyMoment::OnceOverdue));
    let apology = profile("dong-nai").apology;
    assert_eq!((apology.min_days_before, apology.max_reappointments), (Some(1), Some(1)));
}

#[test]
fn clk_06_in_dong_nai_the_deputy_director_approves_suspensions() {
    assert_eq!(profile("dong-nai").approval.suspension_by, Approver::CentreDeputy);
    assert_eq!(profile("quang-ninh").approval.suspension_by, Approver::Agency);
}

#[test]
fn flw_09_the_courier_of_vinh_long_runs_four_times_a_day() {
    let hours: Vec<i8> = profile("vinh-long").courier.runs.iter().map(|t| t.hour()).collect();
    assert_eq!(hours, [8, 10, 14, 16]);
}

#[test]
fn an_unknown_key_anywhere_is_refused_with_file_line_and_key() {
    for (file, text) in FILES {
        let mut seen = std::collections::HashSet::new();
        let headers = text.lines().enumerate().filter(|(_, l)| l.starts_with('['));
        let tables = headers.filter(|(_, header)| seen.insert(*header));
        for (at, header) in tables {
            let mut lines: Vec<&str> = text.lines().collect();
            lines.insert(at + 1, "khoa_la = 1");
            let error = Profile::parse(&lines.join("\n"), file).unwrap_err();
            assert_eq!((error.file.as_str(), error.line), (file, at + 2), "under {header}: {error}");
            assert_eq!(error.key, "khoa_la");
            assert!(error.to_string().starts_with(&format!("{file}:{}: khoa_la: ", at + 2)));
        }
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_its_line() {
    let text = text("dong-nai").replace("taken_in_by = \"centre\"", "taken_in_by = \"nobody\"");
    let error = Profile::parse(&text, "x.toml").unwrap_err();
    let line = text.lines().position(|l| l.contains("nobody")).unwrap() + 1;
    assert_eq!((error.line, error.key.as_str()), (line, "taken_in_by"));
}

#[test]
fn a_missing_setting_is_refused_and_named() {
    let text = text("dong-nai").replace("scan_required = true", "");
    let error = Profile::parse(&text, "x.toml").unwrap_err();
    assert!(error.message.contains("scan_required"), "{error}");
    assert_eq!(error.key, "apology");
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let cases = [
        ("identifier = \"H49.24\"", "identifier = \"H49.18\"", "agencies.identifier"),
        ("identifier = \"H49.24\"", "identifier = \"H50.24\"", "agencies.identifier"),
        ("agency = \"H49.28\"", "agency = \"H49.99\"", "centres.agency"),
        ("centre = \"hong-gai\"", "centre = \"tinh\"", "centres.code"),
        ("min_days_before = 1\n", "", "apology.min_days_before"),
        ("unclaimed_reminders = [5, 15, 30]", "unclaimed_reminders = [15, 5]", "returning.unclaimed_reminders"),
        ("\"07:30-11:30\", \"13:30-17:00\"", "\"13:30-17:00\", \"07:30-11:30\"", "sessions"),
        ("percent = 25", "percent = 101", "calendar.near_due.percent"),
    ];
    for (from, to, key) in cases {
        let changed = text("quang-ninh").replace(from, to);
        assert_ne!(changed, text("quang-ninh"), "{from}");
        assert_eq!(Profile::parse(&changed, "x.toml").unwrap_err().key, key, "{to}");
    }
}

#[test]
fn what_no_seed_fixes_has_a_default() {
    let without = text("quang-ninh").replace("[calendar]", "[rest]");
    let from = without.find("[rest]").unwrap();
    let to = without.find("[[agencies]]").unwrap();
    let text = format!("{}{}", &without[..from], &without[to..]);
    assert_eq!(Profile::parse(&text, "x.toml").unwrap().calendar, Calendar::default());
}

/// CLK-03, CLK-04, CLK-05: the citizen reads the article of the own province, or what holds everywhere.
#[test]
fn clk_03_the_lines_of_a_due_date_cite_the_own_regulation() {
    let cites = profile("dong-nai").cites();
    let regulation = "Quyết định số 1748/QĐ-UBND ngày 25/7/2023";
    assert_eq!(cites.supplement, Some(format!("Điều 16.1e {regulation}")));
    assert_eq!(cites.suspension, Some(format!("Điều 9.2i {regulation}")));
    let all: Vec<_> = FILES.iter().map(|(file, _)| profile(file.trim_start_matches("profiles/"))).collect();
    for cites in all.iter().map(Profile::cites) {
        assert!(cites.supplement.is_some() && cites.fee.is_some() && cites.reappointment.is_some());
    }
    // Only Đồng Nai rules on suspension; Quảng Ninh has no article on apologies, so the form stands for it.
    assert_eq!(all.iter().filter(|p| p.cites().suspension.is_some()).count(), 1);
    assert_eq!(profile("quang-ninh").cites().reappointment.unwrap(), "Mẫu số 04, Thông tư số 03/2025/TT-VPCP");
}

/// Guard rails: a refusal cites the own regulation by its code before its rule, else the form or the civil code; and no key of a
/// profile is a rule that nothing refuses by.
#[test]
fn guard_rails_cite_an_article_of_a_rule_that_exists() {
    let dong_nai = profile("dong-nai");
    let regulation = "Quyết định số 1748/QĐ-UBND ngày 25/7/2023";
    let article = |rule, code| dong_nai.article_of(rule, code).unwrap();
    assert_eq!(article("GR-1", "supplement.already_asked"), format!("Điều 9.5c, 13.1b {regulation}"));
    assert_eq!(article("GR-1", "supplement.window_passed"), format!("Điều 16.1e {regulation}"));
    let quang_ninh = profile("quang-ninh");
    let form = Some("Mẫu số 04, Thông tư số 03/2025/TT-VPCP".to_owned());
    assert_eq!(quang_ninh.article_of("GR-2", "apology.too_late"), form);
    assert_eq!(quang_ninh.article_of("FLW-07", "assignment.unfit"), None);

    let refusals = [
        include_str!("../dossier/refusal.rs"),
        include_str!("../dossier/regulation.rs"),
        include_str!("../interlink/refusal.rs"),
    ]
    .concat();
    for (file, _) in FILES {
        for key in profile(file.trim_start_matches("profiles/")).articles.refusals.keys() {
            assert!(refusals.contains(&format!("\"{key}\"")), "{file}: nothing refuses by {key}");
        }
    }
}
