//! A status as a sentence to the citizen, and what to do next. Pure.

use crate::messages::Lang;
use domain::dossier::{Decision, Dossier, ResultBy, Status};

/// What the page says first, what the citizen does now, and the colour that repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub headline: String,
    pub to_do: String,
    /// `running`, `done`, `overdue`.
    pub tone: &'static str,
    /// A result waits to be collected at the desk.
    pub collect: bool,
}

/// The names that the sentences need.
pub struct Names<'a> {
    pub agency: &'a str,
    pub centre: &'a str,
}

const NOTHING: &str = "Ông/bà chưa cần làm gì. Khi có thay đổi, trang này sẽ cập nhật.";
const ASK: &str = "Xin ông/bà đọc lý do trong phiếu đã nhận, hoặc gọi tổng đài để được giải thích.";

pub fn told(dossier: &Dossier, names: &Names<'_>, lang: Lang) -> Told {
    // The result lies at the desk once it was entered (RES-01).
    let at_desk = dossier.result.is_some();
    // An agency takes in or returns it in the Centre's stead (INT-09).
    let with_agency = dossier.holder.as_ref().is_some_and(|h| h.centre.is_none());
    let (headline, to_do, tone) = match dossier.status {
        Status::Draft | Status::Submitted { .. } => {
            let desk = if with_agency { names.agency } else { names.centre };
            (lang.f1("Hồ sơ của ông/bà đã gửi đến {}, đang chờ tiếp nhận", desk), NOTHING, "running")
        }
        Status::GuidanceRequested { until, .. } | Status::AwaitingSupplement { until, .. } => {
            let papers = dossier.request.as_ref().map_or(0, |r| r.items.len());
            let until = domain::time::day_text(until.day());
            return Told {
                headline: lang.f1("Đang chờ ông/bà bổ sung {} giấy tờ", papers),
                to_do: lang.f1("Xin nộp đủ một lần tại quầy, qua bưu chính hoặc trực tuyến, chậm nhất ngày {}.", until),
                tone: "paused",
                collect: false,
            };
        }
        Status::AwaitingPayment { .. } => {
            let owed = dossier.unpaid().map_or(0, |f| u64::try_from(f.amount).unwrap_or(0));
            return Told {
                headline: lang.f1("Đang chờ ông/bà nộp {}", documents::money(owed)),
                to_do: lang
                    .t("Xin nộp tại quầy thu phí của Trung tâm; hồ sơ được giải quyết tiếp ngay khi có chứng từ.")
                    .to_owned(),
                tone: "paused",
                collect: false,
            };
        }
        Status::Suspended { until, .. } => (
            lang.f1("Hồ sơ đang tạm dừng giải quyết, chậm nhất đến ngày {}", domain::time::day_text(until.day())),
            NOTHING,
            "paused",
        ),
        Status::Stopped { .. } => (lang.t("Hồ sơ của ông/bà đã dừng giải quyết").to_owned(), ASK, "overdue"),
        Status::Withdrawn { .. } => (
            lang.t("Ông/bà đã rút hồ sơ").to_owned(),
            "Giấy tờ bản giấy đã nộp (nếu có) xin nhận lại tại nơi đã nộp. Nếu cần, ông/bà có thể nộp hồ sơ mới.",
            "done",
        ),
        Status::Refused { to_give_back: true, .. } => {
            let desk = if with_agency { names.agency } else { names.centre };
            return Told {
                headline: lang.t("Hồ sơ của ông/bà không được tiếp nhận giải quyết").to_owned(),
                to_do: lang.f1("Mời ông/bà đến {} nhận phiếu từ chối và hồ sơ gốc đã nộp.", desk),
                tone: "overdue",
                collect: !with_agency,
            };
        }
        Status::Refused { .. } => {
            (lang.t("Hồ sơ của ông/bà không được tiếp nhận giải quyết").to_owned(), ASK, "overdue")
        }
        Status::Accepted => {
            (lang.f1("Đã tiếp nhận hồ sơ của ông/bà, đang chuyển đến {}", names.agency), NOTHING, "running")
        }
        Status::InProgress => (lang.f1("{} đang giải quyết hồ sơ của ông/bà", names.agency), NOTHING, "running"),
        Status::Decided { .. } if !at_desk => {
            (lang.f1("{} đã giải quyết xong, đang phát hành kết quả", names.agency), NOTHING, "done")
        }
        Status::Decided { decision, .. } => {
            let (headline, to_do, tone) = ready(dossier, decision, lang);
            let by_hand = with_agency && dossier.intake.result_by == ResultBy::Counter;
            let at_agency = || lang.f1("Đã có kết quả, mời ông/bà đến nhận tại {}", names.agency);
            (if by_hand { at_agency() } else { headline }, to_do, tone)
        }
        Status::Returned { at, .. } => (
            lang.f1("Đã trả kết quả ngày {}", domain::time::day_text(at.day())),
            "Hồ sơ đã kết thúc. Nếu kết quả có sai sót, xin ông/bà mang đến quầy để được sửa.",
            "done",
        ),
    };
    let collect = at_desk && dossier.intake.result_by == ResultBy::Counter && dossier.status.is_open();
    Told { headline, to_do: lang.t(to_do).to_owned(), tone, collect }
}

fn ready(dossier: &Dossier, decision: Decision, lang: Lang) -> (String, &'static str, &'static str) {
    let what = if decision == Decision::Grant { "Đã có kết quả" } else { "Đã có văn bản trả lời" };
    let (where_to, to_do) = match dossier.intake.result_by {
        ResultBy::Counter => (
            "mời ông/bà đến quầy Trả kết quả",
            "Mời ông/bà đến nhận trong giờ làm việc, mang theo giấy hẹn và giấy tờ tùy thân; nhận thay thì mang thêm giấy ủy quyền.",
        ),
        ResultBy::Post => {
            ("đang gửi qua bưu chính công ích", "Bưu tá sẽ liên hệ với ông/bà. Xin chuẩn bị giấy tờ tùy thân khi nhận.")
        }
        ResultBy::Online => ("là bản điện tử có ký số", "Kết quả điện tử được gửi theo cách ông/bà đã chọn khi nộp."),
    };
    (format!("{}, {}", lang.t(what), lang.t(where_to)), to_do, "done")
}
