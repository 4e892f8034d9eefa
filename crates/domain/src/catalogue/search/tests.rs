use super::*;

mod questions;

const NAMES: [(&str, &str, &str); 6] = [
    ("1.000894", "Thủ tục đăng ký kết hôn", "Hộ tịch"),
    ("2.000806", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", "Hộ tịch"),
    ("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch"),
    ("1.013225", "Cấp giấy phép xây dựng mới", "Hoạt động xây dựng"),
    ("1.115342", "Đăng ký đất đai, tài sản gắn liền với đất", "Đất đai"),
    ("1.000001", "Cấp phép đặt biển hiệu", "Quảng cáo"),
];

fn found(question: &str) -> Vec<String> {
    let codes: Vec<ProcedureCode> = NAMES.iter().map(|n| n.0.parse().unwrap()).collect();
    let all = NAMES.iter().zip(&codes);
    let synonyms = [Synonym::new("lấy vợ", "đăng ký kết hôn"), Synonym::new("ks", "khai sinh")];
    let index = SearchIndex::build(all.map(|((_, name, field), code)| Searchable { code, name, field }), &synonyms);
    index.search(question, 10).into_iter().map(ToString::to_string).collect()
}

#[test]
fn cat_01_a_question_without_diacritics_finds_the_procedure_and_the_shorter_name_comes_first() {
    assert_eq!(found("dang ky ket hon")[..2], ["1.000894", "2.000806"]);
    assert_eq!(found("Giay phep XAY dung")[0], "1.013225");
}

#[test]
fn cat_01_words_with_the_right_marks_come_before_words_that_only_look_alike() {
    assert_eq!(found("đất")[0], "1.115342");
    assert_eq!(found("đặt")[0], "1.000001");
}

#[test]
fn cat_01_the_beginning_of_the_last_word_is_enough() {
    assert_eq!(found("khai si")[0], "1.001193");
}

#[test]
fn cat_01_a_code_or_a_part_of_it_finds_its_procedure() {
    for (question, code) in
        [("1.013225", "1.013225"), ("1013225", "1.013225"), ("000894", "1.000894"), ("mã 1.001193", "1.001193")]
    {
        assert_eq!(found(question)[0], code, "{question}");
    }
}

#[test]
fn cat_01_a_whole_sentence_finds_what_it_is_about() {
    assert_eq!(found("tôi muốn đăng ký khai sinh cho con thì cần giấy tờ gì")[0], "1.001193");
}

#[test]
fn cat_01_what_people_say_finds_what_the_law_says() {
    assert_eq!(found("lấy vợ")[0], "1.000894");
    assert_eq!(found("toi muon lay vo")[0], "1.000894");
    assert_eq!(found("ks")[0], "1.001193");
}

#[test]
fn cat_01_initials_slips_and_telex_are_understood() {
    for question in ["gpxd", "giaays pheps xaay duwngj", "giay phpe xay dung", "giayphepxaydung", "giấy fép xây rựng"]
    {
        assert_eq!(found(question).first().map(String::as_str), Some("1.013225"), "{question}");
    }
}

#[test]
fn cat_01_nothing_is_found_for_nothing_or_nonsense() {
    for question in ["", "  …  ", "zzzz qqqq", "🙂", "\u{0}"] {
        assert!(found(question).is_empty(), "{question}");
    }
}

#[test]
fn the_words_of_the_question_are_shown_in_the_name() {
    let pieces = |question| highlight("Cấp giấy phép, xây dựng mới", question);
    let marked = |question| {
        pieces(question).into_iter().map(|(hit, p)| if hit { format!("[{p}]") } else { p }).collect::<String>()
    };
    assert_eq!(marked("giay phep xay"), "Cấp [giấy phép], [xây] dựng mới");
    assert_eq!(marked(""), "Cấp giấy phép, xây dựng mới");
    assert_eq!(marked("cap moi"), "[Cấp] giấy phép, xây dựng [mới]");
}
