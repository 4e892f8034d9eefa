//! Slips that ask, apologise, stop or move a date.

use crate::reader::{assert_says, text};
use crate::sample;
use documents::{Approval, Explanation, Extension, Form, FormKind, FormSet, Signer, Stage};
use jiff::civil::date;

/// INT-04, CLK-04
#[test]
fn the_supplement_request_lists_everything_once_and_says_that_the_clock_begins_again() {
    let text = text(&sample(FormKind::SupplementRequest));
    assert_says(
        &text,
        &[
            "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
            "Vĩnh Long, ngày 12 tháng 3 năm 2026",
            "Số: 27/2026/HDHS-SNNMT",
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "Hồ sơ của: Hợp tác xã Nông nghiệp Tân Hòa",
            "Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:",
            "Chưa đúng mẫu",
            "Nộp giấy còn hiệu lực trong vòng 12 tháng.",
            "Lý do: Qua thẩm định",
            "trước 17 giờ 00 phút, ngày 13 tháng 4 năm 2026",
            "Thời hạn giải quyết được tính lại từ đầu sau khi nhận đủ giấy tờ bổ sung.",
            "số điện thoại 0270 3822 456, để được hướng dẫn",
            "NGƯỜI HƯỚNG DẪN",
            "Nơi nhận:",
            "Mẫu số 02 ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
        ],
    );
}

/// INT-04, at the counter: no code yet, no clock yet, nobody else to send it to.
#[test]
fn guidance_before_intake_has_no_code_and_no_clock() {
    let Form::SupplementRequest(mut slip) = sample(FormKind::SupplementRequest) else { panic!("not form 02") };
    slip.stage = Stage::Guidance;
    slip.codes = None;
    slip.recipients.clear();
    let text = text(&Form::SupplementRequest(slip));
    assert_says(&text, &["Thời hạn giải quyết được tính từ khi hồ sơ đầy đủ được tiếp nhận."]);
    assert!(!text.contains("Mã hồ sơ") && !text.contains("Nơi nhận") && !text.contains("tính lại từ đầu"), "{text}");
}

/// CLK-06: Đồng Nai's requests bear the leave of the Centre's deputy director.
#[test]
fn a_request_that_needed_leave_says_who_gave_it() {
    let Form::SupplementRequest(mut slip) = sample(FormKind::SupplementRequest) else { panic!("not form 02") };
    slip.approval = Some(Approval {
        by: "Phó Giám đốc Trung tâm Nguyễn Văn An".to_owned(),
        approved_at: date(2026, 3, 12).at(9, 30, 0, 0),
    });
    assert_says(
        &text(&Form::SupplementRequest(slip)),
        &["đã được Phó Giám đốc Trung tâm Nguyễn Văn An chấp thuận lúc 09 giờ 30 phút, ngày 12 tháng 3 năm 2026"],
    );
}

/// CLK-05
#[test]
fn the_apology_gives_the_old_date_the_reason_the_new_date_and_a_signature() {
    let text = text(&sample(FormKind::Apology));
    assert_says(
        &text,
        &[
            "SỞ XÂY DỰNG",
            "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
            "Kính gửi: Nguyễn Thị Hoài Thương",
            "Trung tâm Phục vụ hành chính công tỉnh Đồng Nai tiếp nhận hồ sơ",
            "của Nguyễn Thị Hoài Thương; mã hồ sơ: H19.16-261103-0042",
            "Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 25 tháng 11 năm 2026",
            "Sở Xây dựng chưa thể trả kết quả",
            "Lý do: Thửa đất giáp hành lang bảo vệ nguồn nước",
            "trân trọng xin lỗi Ông/Bà",
            "Thời gian hẹn lại trả kết quả: 17 giờ 00 phút, ngày 02 tháng 12 năm 2026 (hẹn lại lần thứ nhất, tối đa 01 lần)",
            "KT. GIÁM ĐỐC",
            "PHÓ GIÁM ĐỐC",
            "Lưu: VT, hồ sơ.",
            "Mẫu số 04 ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
        ],
    );
}

/// CLK-05, seed 004, IV.3.3b: once overdue the agency explains and the Centre writes.
#[test]
fn a_late_apology_by_the_centre_names_the_agencys_explanation() {
    let Form::Apology(mut slip) = sample(FormKind::Apology) else { panic!("not form 04") };
    slip.overdue = true;
    slip.letterhead.unit = "Trung tâm Phục vụ hành chính công".to_owned();
    slip.extension = Extension { ordinal: 1, allowed: None };
    slip.explanation = Some(Explanation {
        agency: "Sở Xây dựng".to_owned(),
        number: Some("812/SXD-QLXD".to_owned()),
        day: date(2026, 11, 26),
    });
    slip.signer =
        Signer {
            standing: None, title: "Giám đốc Trung tâm".to_owned(), name: "Trần Hữu Thùy Giang".to_owned()
        };
    let text = text(&Form::Apology(slip));
    assert_says(
        &text,
        &[
            "Căn cứ văn bản giải trình số 812/SXD-QLXD ngày 26 tháng 11 năm 2026 của Sở Xây dựng;",
            "đến nay Sở Xây dựng chưa trả kết quả",
            "Trung tâm Phục vụ hành chính công trân trọng xin lỗi",
            "GIÁM ĐỐC TRUNG TÂM",
        ],
    );
    assert!(!text.contains("tối đa"), "{text}");
}

/// Form 04 of Thông tư 03/2025 asks for more time.
#[test]
fn the_apology_has_another_name_under_the_circular_of_2025() {
    let Form::Apology(mut slip) = sample(FormKind::Apology) else { panic!("not form 04") };
    slip.form_set = FormSet::Tt03Of2025;
    assert_says(
        &text(&Form::Apology(slip)),
        &[
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            "Đề nghị được gia hạn thời gian giải quyết đến: 17 giờ 00 phút, ngày 02 tháng 12 năm 2026",
            "Mẫu số 04 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        ],
    );
}

/// FLW-08
#[test]
fn the_notice_of_stopping_says_since_when_why_and_what_becomes_of_money_and_papers() {
    let Form::Stop(mut slip) = sample(FormKind::Stop) else { panic!("not a stop") };
    assert_says(
        &text(&Form::Stop(slip.clone())),
        &[
            "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
            "Căn cứ đề nghị ngày 19 tháng 11 năm 2026 của Công ty Cổ phần Du lịch Vịnh Xanh;",
            "kể từ 09 giờ 30 phút, ngày 20 tháng 11 năm 2026, khi hồ sơ đang ở giai đoạn: thẩm định",
            "– Tổ chức nộp hồ sơ đề nghị dừng",
            "Phí, lệ phí: đã nộp 3.000.000 đ",
            "Giấy tờ đã nộp: trả lại bản chính",
            "Mẫu số 05 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        ],
    );
    slip.form_set = FormSet::Tt01Of2018;
    slip.request_to_stop = None;
    let text = text(&Form::Stop(slip));
    assert!(!text.contains("Mẫu số") && !text.contains("Căn cứ đề nghị"), "{text}");
}

/// ILK-05
#[test]
fn the_consultation_asks_each_agency_with_a_deadline_of_its_own() {
    assert_says(
        &text(&sample(FormKind::Consultation)),
        &[
            "V/v lấy ý kiến giải quyết hồ sơ H47.16-261105-0011",
            "– Công an tỉnh Quảng Nam;",
            "– Sở Nông nghiệp và Môi trường.",
            "Sở Xây dựng đang chủ trì giải quyết hồ sơ",
            "– Giải pháp phòng cháy, chữa cháy",
            "trước 17 giờ 00 phút, ngày 18 tháng 11 năm 2026",
            "Quá thời hạn trên mà không có ý kiến, cơ quan chủ trì báo Trung tâm",
            "TL. GIÁM ĐỐC",
        ],
    );
}

/// CLK-04, CLK-05: the Centre adjusts the date and says how it was counted.
#[test]
fn the_notice_of_a_new_date_gives_both_dates_and_each_line_of_the_clock() {
    assert_says(
        &text(&sample(FormKind::Reappointment)),
        &[
            "THÔNG BÁO ĐIỀU CHỈNH THỜI GIAN TRẢ KẾT QUẢ",
            "1. Thời gian hẹn trước đây: 17 giờ 00 phút, ngày 31 tháng 3 năm 2026.",
            "2. Thời gian hẹn mới: 17 giờ 00 phút, ngày 10 tháng 4 năm 2026.",
            "3. Lý do: Hồ sơ đã được bổ sung đầy đủ",
            "15:40 12/03/2026",
            "tạm dừng tính",
            "Điều 4.3d",
        ],
    );
}
