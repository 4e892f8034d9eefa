use super::*;
use crate::catalogue::{
    ProcedureCode,
    search::{SearchIndex, carried},
};
use std::sync::LazyLock;

/// Over the names of the national catalogue.
static INDEX: LazyLock<SearchIndex> = LazyLock::new(carried::whole);

fn ask(text: &str, kept: Option<&str>) -> Choice {
    let kept: Option<ProcedureCode> = kept.map(|code| code.parse().unwrap());
    choose(&INDEX, &Question::read(text), kept.as_ref())
}

fn keys(text: &str) -> String {
    Question::read(text).parts.iter().map(|p| p.key()).collect::<Vec<_>>().join(" ")
}

/// LNK-05: the right procedure is answered for, or, where the names leave it open (`~`), stands among those offered.
fn is_right(choice: &Choice, codes: &str) -> bool {
    let is_one = |code: &ProcedureCode| codes.trim_start_matches('~').split(' ').any(|c| c == code.as_str());
    match choice {
        Choice::Sure { code, .. } => !codes.starts_with('~') && is_one(code),
        Choice::Near(offered) => codes.starts_with('~') && offered.iter().any(is_one),
        Choice::Nothing => false,
    }
}

#[test]
fn lnk_05_questions_in_peoples_words_lead_to_the_right_part_of_the_right_procedure() {
    let rows: Vec<Vec<&str>> =
        include_str!("testdata/questions.csv").lines().skip(1).map(|l| l.split('|').collect()).collect();
    assert!(rows.len() >= 40);
    let mut faults = Vec::new();
    for row in rows {
        let [question, parts, codes] = row.as_slice() else { panic!("{row:?}") };
        let choice = ask(question, None);
        if keys(question) != *parts || !is_right(&choice, codes) {
            faults.push(format!("{question}: {} (not {parts}), {choice:?} (not {codes})", keys(question)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Of words that happen to stand in names (`~`) those are offered; nothing is answered for either.
#[test]
fn lnk_05_what_the_catalogue_does_not_know_is_not_answered() {
    for line in include_str!("testdata/unknown.csv").lines() {
        let choice = ask(line.trim_start_matches('~'), None);
        let offers = matches!(choice, Choice::Near(_));
        assert!(choice == Choice::Nothing || (offers && line.starts_with('~')), "{line}: {choice:?}");
    }
}

#[test]
fn lnk_05_a_question_that_names_nothing_goes_on_with_the_procedure_before_and_another_name_leaves_it() {
    let kept = Some("1.001193");
    let sure = |text: &str| match ask(text, kept) {
        Choice::Sure { code, .. } => code.to_string(),
        other => format!("{other:?}"),
    };
    for text in ["còn phí thì sao", "mất bao lâu", "the nop o dau a", "có mất tiền không", "can nhung giay to gi"]
    {
        assert_eq!(sure(text), "1.001193", "{text}");
    }
    assert_eq!(sure("còn đăng ký kết hôn thì mất bao lâu"), "1.000894");
    assert_eq!(ask("còn phí thì sao", None), Choice::Nothing);
}

#[test]
fn lnk_05_the_longest_phrase_says_what_is_asked_for() {
    for (text, parts) in [
        ("được quy định ở đâu", "can-cu"),
        ("nộp ở đâu", "noi-nop"),
        ("mất bao nhiêu ngày", "thoi-han"),
        ("mất bao nhiêu tiền và bao lâu", "phi thoi-han"),
        ("phí, lệ phí, chi phí", "phi"),
        ("đăng ký kết hôn", ""),
    ] {
        assert_eq!(keys(text), parts, "{text}");
    }
    // A mark that stands says which word is meant; without any, each may be.
    assert_eq!((keys("phì"), keys("phi"), keys("phí")), (String::new(), "phi".into(), "phi".into()));
}

#[test]
fn lnk_05_who_asks_after_an_own_dossier_is_understood() {
    for text in ["hồ sơ của tôi đến đâu rồi", "ho so cua toi xong chua", "tra cứu hồ sơ", "H49.24-251006-0001 sao rồi"]
    {
        assert!(Question::read(text).own_dossier, "{text}");
    }
    assert!(!Question::read("đăng ký khai sinh cần hồ sơ gì").own_dossier);
}

#[test]
fn sec_01_numbers_addresses_and_names_of_people_do_not_leave_the_house() {
    for (text, told) in [
        ("số của tôi là 0912 345 678, cần gì?", "số của tôi là [số], cần gì?"),
        ("CCCD 001099012345 mất rồi", "CCCD [số] mất rồi"),
        ("gọi 0912.345.678", "gọi [số]"),
        ("hồ sơ H49.24-251006-0001 đâu", "hồ sơ H[số] đâu"),
        ("gửi a.b@vidu.vn nhé", "gửi [thư điện tử] nhé"),
        ("Tôi là Nguyễn Thị Mẫu muốn đăng ký khai sinh", "Tôi là [họ tên] muốn đăng ký khai sinh"),
        ("thủ tục 1.001193 lý lịch tư pháp", "thủ tục 1.001193 lý lịch tư pháp"),
        ("Mai tôi nộp", "Mai tôi nộp"),
    ] {
        assert_eq!(masked(text), told);
    }
    let asked = Question::read("Tôi là Nguyễn Thị Mẫu, 0912 345 678, a@vidu.vn: đăng ký khai sinh cần gì");
    assert_eq!((asked.topic.as_str(), asked.whole.contains("Mẫu")), ("đăng ký khai sinh", false));
}

#[test]
fn lnk_05_a_number_that_stands_in_no_passage_was_made_up() {
    let passages = ["Lệ phí: 75.000 đ", "Thời hạn 5 ngày làm việc", "123/2015/NĐ-CP"];
    let keeps = |text| keeps_to(text, passages);
    assert!(keeps("Ông/bà nộp 75.000 đ, chờ 5 ngày."));
    assert!(keeps("1. Nộp hồ sơ\n2. Chờ 5 ngày (Nghị định 123/2015/NĐ-CP)"));
    assert!(keeps("Không có số nào."));
    assert!(!keeps("Lệ phí 50.000 đ"));
    assert!(!keeps("Chờ 3 ngày"));
    assert!(!keeps("2019. năm"), "no mark of a list");
}

#[test]
fn each_part_has_a_word_of_its_own() {
    for part in Part::all() {
        assert_eq!(Part::from_key(part.key()), Some(part));
    }
    assert_eq!(Part::all().count(), 11);
    assert_eq!(Part::from_key("khac"), None);
}
