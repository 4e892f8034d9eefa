//! CLK-02: "vì sao có ngày này", in words.
use super::*;

fn told(start: &str, limit: &str) -> Vec<String> {
    told_by(&ClockRules::default(), start, limit)
}

fn told_by(rules: &ClockRules, start: &str, limit: &str) -> Vec<String> {
    let reckoning = due(at(start), limit.parse().unwrap(), &calendar(), rules).unwrap();
    reckoning.lines.iter().map(Line::text_vi).collect()
}

#[test]
fn clk_02_five_working_days_are_explained() {
    assert_eq!(
        told("2025-10-06T08:00", "5wd"),
        [
            "Tiếp nhận lúc 08:00, thứ Hai 06/10/2025.",
            "Ngày nhận không tính; đếm 5 ngày làm việc từ thứ Ba 07/10/2025 đến thứ Hai 13/10/2025, không tính thứ Bảy, Chủ nhật 11–12/10/2025.",
            "Hẹn trả kết quả: 17:00, thứ Hai 13/10/2025.",
        ]
    );
}

#[test]
fn clk_02_what_came_outside_hours_says_from_when_it_counts() {
    let lines = told("2025-10-10T17:30", "8wh");
    assert_eq!(
        lines[1],
        "Nhận ngoài giờ làm việc, tính từ 07:30, thứ Hai 13/10/2025, không tính thứ Bảy, Chủ nhật 11–12/10/2025."
    );
    assert_eq!(lines[2], "Đếm 8 giờ làm việc từ 07:30, thứ Hai 13/10/2025.");
    assert_eq!(lines[3], "Hẹn trả kết quả: 08:00, thứ Ba 14/10/2025.");
}

#[test]
fn clk_01_a_holiday_is_named() {
    let lines = told("2026-02-13T09:00", "2wd");
    assert_eq!(
        lines[1],
        "Ngày nhận không tính; đếm 2 ngày làm việc từ thứ Hai 23/02/2026 đến thứ Ba 24/02/2026, không tính \
         thứ Bảy, Chủ nhật 14–15/02/2026, 21–22/02/2026; Giao thừa Tết Nguyên Đán 16/02/2026; Tết Nguyên Đán 17/02/2026; \
         Mùng hai Tết Nguyên Đán 18/02/2026; Mùng ba Tết Nguyên Đán 19/02/2026; Mùng bốn Tết Nguyên Đán 20/02/2026."
    );
    assert!(
        told("2027-02-03T09:00", "1wd")[1]
            .ends_with("Tết Nguyên đán 04–08/02/2027; Nghỉ bù Tết Nguyên đán 09–10/02/2027.")
    );
}

#[test]
fn clk_02_a_move_off_a_rest_day_is_a_line_of_its_own() {
    assert_eq!(
        told("2025-10-06T08:00", "5d")[1..],
        [
            "Ngày nhận không tính; đếm 5 ngày từ thứ Ba 07/10/2025 đến thứ Bảy 11/10/2025.",
            "Ngày cuối thứ Bảy 11/10/2025 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo, thứ Hai 13/10/2025, \
             không tính thứ Bảy, Chủ nhật 11–12/10/2025.",
            "Hẹn trả kết quả: 17:00, thứ Hai 13/10/2025.",
        ]
    );
    assert_eq!(
        told("2025-10-06T08:00", "1m")[1],
        "Ngày nhận không tính; 1 tháng kể từ thứ Ba 07/10/2025, hết ngày thứ Năm 06/11/2025."
    );
}

#[test]
fn clk_02_the_cut_off_is_named() {
    assert_eq!(
        told("2025-10-10T15:30", "same-day")[1],
        "Nhận sau 15:00: trả kết quả trong ngày làm việc tiếp theo, không tính thứ Bảy, Chủ nhật 11–12/10/2025."
    );
    assert_eq!(told("2025-10-10T09:30", "same-day")[1], "Nhận không muộn hơn 15:00: trả kết quả trong ngày.");
}

#[test]
fn clk_02_under_clock_time_the_hours_that_make_a_day_are_told() {
    assert_eq!(
        told_by(&CLOCK_TIME, "2025-10-06T09:30", "11wh")[1],
        "Đếm 11 giờ làm việc từ 09:30, thứ Hai 06/10/2025 (8 giờ làm việc tính là 1 ngày làm việc)."
    );
}

#[test]
fn clk_02_many_weekends_are_counted_and_not_listed() {
    let lines = told("2025-10-06T08:00", "60wd");
    assert!(lines[1].contains("không tính 24 ngày nghỉ hằng tuần."), "{}", lines[1]);
}

#[test]
fn clk_02_the_lines_are_told_in_english_too() {
    let limit = TimeLimit::WorkingDays(1);
    let reckoning = due(at("2025-10-10T08:00"), limit, &calendar(), &ClockRules::default()).unwrap();
    let lines: Vec<_> = reckoning.lines.iter().map(Line::text_en).collect();
    assert_eq!(
        lines,
        [
            "Received at 08:00, Friday 10/10/2025.",
            "The day of receipt is not counted; counted 1 working day: Monday 13/10/2025, \
             not counting Saturday, Sunday 11–12/10/2025.",
            "Result due: 17:00, Monday 13/10/2025.",
        ]
    );
}

#[test]
fn clk_02_a_line_in_json_has_the_fields_of_the_contract() {
    let limit = TimeLimit::WorkingDays(1);
    let reckoning = due(at("2025-10-10T08:00"), limit, &calendar(), &ClockRules::default()).unwrap();
    let json = serde_json::to_value(&reckoning).unwrap();
    assert_eq!(json["due_at"], "2025-10-13T17:00:00+07:00");
    assert_eq!(
        json["lines"][1],
        serde_json::json!({
            "kind": "counted",
            "limit": { "kind": "working_days", "n": 1 },
            "first": "2025-10-13",
            "last": "2025-10-13",
            "at": "2025-10-10T08:00:00+07:00",
            "due_at": null,
            "skipped": [
                { "day": "2025-10-11", "name": "Thứ Bảy" },
                { "day": "2025-10-12", "name": "Chủ nhật" },
            ],
            "article": "Bộ luật Dân sự 2015, Điều 147",
        })
    );
    assert_eq!(json["lines"][2]["due_at"], json["due_at"]);
}
