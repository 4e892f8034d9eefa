//! Values between forms and versions.

use crate::{error::FieldError, http::Form, messages::Lang};
use domain::{
    catalogue::{Department, sheet},
    deadline::TimeLimit,
};
use jiff::civil::Date;

/// A choice of a list: value and words.
pub type Choice = (String, String);

/// Lines of a text area, without empty ones.
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect()
}

/// Names, one a line; a code that a name had before stays with it.
pub fn departments(text: &str, before: &[Department]) -> Vec<Department> {
    let known = |name: &str| before.iter().find(|d| d.name == name).map(|d| d.code.clone()).unwrap_or_default();
    lines(text).into_iter().map(|name| Department { code: known(&name), name }).collect()
}

pub fn department_lines(all: &[Department]) -> String {
    all.iter().map(|d| d.name.replace('\n', " ")).collect::<Vec<_>>().join("\n")
}

/// A limit as it is typed; what cannot be read is noted beside its field.
pub fn limit(form: &mut Form, name: &str) -> Option<TimeLimit> {
    let text = form.text(name)?.to_owned();
    let read = sheet::read_limit(&text);
    if read.is_none() {
        form.wrong(FieldError::new(
            name,
            "limit.invalid",
            "Xin ghi như: 5 ngày làm việc, 10 ngày, 8 giờ làm việc, 2 tháng, trong ngày.",
            "Write like: 5 ngày làm việc, 10 ngày, 8 giờ làm việc, 2 tháng, trong ngày.",
        ));
    }
    read
}

/// A day as it is typed, `22/11/2026`.
pub fn day(form: &mut Form, name: &str) -> Option<Date> {
    let text = form.text(name)?.to_owned();
    let read = sheet::read_day(&text);
    if read.is_none() {
        let (vi, en) = ("Xin ghi ngày như 22/11/2026.", "Write a day like 22/11/2026.");
        form.wrong(FieldError::new(name, "day.invalid", vi, en));
    }
    read
}

/// A whole number that is not negative; empty is 0.
pub fn count(form: &mut Form, name: &str) -> u32 {
    let text = form.text(name).unwrap_or("0").to_owned();
    text.parse().unwrap_or_else(|_| {
        let (vi, en) = ("Xin ghi một số, ví dụ 1.", "Write a number, such as 1.");
        form.wrong(FieldError::new(name, "count.invalid", vi, en));
        0
    })
}

/// The rows of a repeated part, by its hidden count.
pub fn rows(form: &Form, part: &str) -> usize {
    form.value(&format!("{part}.count")).parse().unwrap_or(0).min(500)
}

pub fn limit_text(limit: Option<TimeLimit>) -> String {
    limit.map(TimeLimit::text_vi).unwrap_or_default()
}

/// The words of a good result, by the key in the address after a redirect.
pub fn flash(lang: Lang, key: Option<&String>) -> Option<String> {
    let words = match key?.as_str() {
        "nhap" => lang.t("Đã tạo bản nháp. Chưa ai khác thấy thay đổi cho đến khi công bố."),
        "luu" => lang.t("Đã lưu bản nháp."),
        "bo" => lang.t("Đã bỏ bản nháp."),
        "cong-bo" => lang.t("Đã công bố phiên bản."),
        "xoa" => lang.t("Đã xóa phiên bản."),
        "chay-thu" => lang.t("Đã ghi kết quả chạy thử."),
        "phu-trach" => lang.t("Đã cập nhật cán bộ phụ trách."),
        "tai-len" => lang.t("Đã nhận tệp. Việc nhập chạy nền; trang này tự tải lại cho đến khi xong."),
        "dong-y" => lang.t("Đã đưa thay đổi vào danh mục."),
        "khong" => lang.t("Đã ghi nhận không lấy thay đổi."),
        "vuot" => lang
            .t("Có dòng đã được người khác quyết định hoặc đã có phiên bản mới hơn. Xin nhập lại tệp để so sánh lại."),
        "xem-lai" => lang.t("Thay đổi đã trở lại danh sách chờ đồng ý."),
        "hoan-tac" => lang.t("Đang hoàn tác lần nhập. Việc này chạy nền; trang này tự tải lại cho đến khi xong."),
        _ => return None,
    };
    Some(words.to_owned())
}
