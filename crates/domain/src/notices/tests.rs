use super::*;

fn samples() -> Values {
    SLOTS.iter().map(|s| (s.name, s.sample.to_owned())).collect()
}

#[test]
fn a_wording_is_filled_and_a_place_without_a_value_stays_empty() {
    let mut values = Values::new();
    values.insert("ma", "H49.24-251006-0001".into());
    assert_eq!(fill("Hồ sơ {ma}, hẹn {hen}.", &values), "Hồ sơ H49.24-251006-0001, hẹn .");
    assert_eq!(fill("{ ma } và {", &values), "H49.24-251006-0001 và {");
}

/// Values are not looked into again: a reason that holds braces cannot pull other values in.
#[test]
fn sec_01_what_is_filled_in_is_not_filled_again() {
    let mut values = samples();
    values.insert("ly_do", "{trang}".into());
    assert_eq!(fill("{ly_do}", &values), "{trang}");
}

#[test]
fn ntf_01_a_wording_that_could_mislead_is_refused_with_the_way_to_mend_it() {
    let check = |text: &str| faults(text, About::Accepted, Channel::Email);
    assert_eq!(check(" "), [Fault::Empty]);
    assert_eq!(check("Đã tiếp nhận."), [Fault::CodeMissing]);
    assert_eq!(check("{ma} {so_tien}"), [Fault::Unknown("so_tien".into())]);
    assert_eq!(check("{ma} {khong_co}"), [Fault::Unknown("khong_co".into())]);
    assert_eq!(check("{ma} {hen"), [Fault::Brace]);
    assert_eq!(check("{ma} hen}"), [Fault::Brace]);
    assert_eq!(check("{ma}, hẹn {hen}"), []);
    let long = format!("{{ma}} {}", "a".repeat(500));
    assert_eq!(faults(&long, About::Accepted, Channel::Sms), [Fault::TooLong { parts: 4, most: 3 }]);
}

#[test]
fn an_sms_without_marks_holds_more_than_twice_as_much() {
    assert_eq!(unmarked("Đã tiếp nhận hồ sơ – “xin” cảm ơn…"), "Da tiep nhan ho so - \"xin\" cam on...");
    assert_eq!(parts(&"a".repeat(160)), 1);
    assert_eq!(parts(&"a".repeat(161)), 2);
    assert_eq!(parts(&"ạ".repeat(70)), 1);
    assert_eq!(parts(&"ạ".repeat(71)), 2);
    assert_eq!(parts("{"), 1);
    assert_eq!(parts(&"{".repeat(81)), 2);
    assert_eq!(parts(""), 0);
}

#[test]
fn int_15_the_provinces_channels_come_in_its_order_and_the_page_always() {
    use crate::profile::NoticeChannel as N;
    assert_eq!(in_order(&[N::Sms, N::Email, N::Phone]), [Channel::Page, Channel::Sms, Channel::Email]);
    assert_eq!(in_order(&[]), [Channel::Page]);
    assert_eq!(in_order(&[N::SocialNetwork, N::Post]), [Channel::Page, Channel::Zalo]);
}

#[test]
fn every_subject_and_channel_is_found_by_its_key() {
    assert!(About::ALL.iter().all(|a| About::from_key(a.key()) == Some(*a)));
    assert!(Channel::ALL.iter().all(|c| Channel::from_key(c.key()) == Some(*c)));
    assert_eq!(About::from_key("khac"), None);
}
