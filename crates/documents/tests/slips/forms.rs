//! What each form says.

use crate::reader::{assert_says, text};
use crate::{sample, sample_receipt};
use documents::{Asked, Channel, Component, Fee, Form, FormKind, FormSet};

/// INT-03
#[test]
fn the_receipt_names_the_papers_the_due_date_the_fees_and_whom_to_call_in_two_copies() {
    let text = text(&sample(FormKind::Receipt));
    assert_says(
        &text,
        &[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI",
            "Đồng Nai, ngày 03 tháng 11 năm 2026",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "(Liên 1: Lưu)",
            "(Liên 2: Giao người nộp hồ sơ)",
            "Mã hồ sơ: H19.16-261103-0042",
            "Quyển số: 11/2026; Số thứ tự: 0042",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Hoài Thương",
            "1. Thành phần hồ sơ, yêu cầu và số lượng mỗi loại giấy tờ gồm:",
            "2. Số lượng hồ sơ: 2 (bộ).",
            "3. Thời gian giải quyết hồ sơ theo quy định: 15 (mười lăm) ngày làm việc.",
            "4. Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 03 tháng 11 năm 2026.",
            "5. Thời gian trả kết quả giải quyết hồ sơ: 09 giờ 05 phút, ngày 25 tháng 11 năm 2026.",
            "6. Đăng ký nhận kết quả tại: Quầy trả kết quả số 5",
            "7. Phí, lệ phí: 75.000 đ (Bảy mươi lăm nghìn đồng); Lệ phí: Cấp giấy phép xây dựng nhà ở riêng lẻ.",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "Điện thoại hỗ trợ: 0251 1022",
            "giấy ủy quyền",
            "Mẫu số 01 ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
        ],
    );
    assert_eq!(text.matches("GIẤY TIẾP NHẬN").count(), 2);
}

/// INT-03, with a procedure that the law gives no due date.
#[test]
fn a_receipt_without_a_due_date_says_so() {
    let mut receipt = sample_receipt();
    receipt.due_at = None;
    receipt.fees.clear();
    let text = text(&Form::Receipt(Box::new(receipt)));
    assert_says(&text, &["Không có ngày hẹn trả cụ thể theo quy định", "7. Phí, lệ phí: không."]);
}

/// INT-03, FEE-01: cases of the catalogue are alternatives; each is printed with its own words, and nothing is added up.
#[test]
fn a_receipt_never_adds_up_fees_of_different_cases() {
    let fee = |text: &str, amount| Fee { name: "Lệ phí".to_owned(), text: text.to_owned(), amount };
    let mut receipt = sample_receipt();
    receipt.fees = vec![
        fee("Đăng ký tạm trú theo danh sách: thu 10.000 đồng/người", Some(10_000)),
        fee("Đăng ký tạm trú (cá nhân, hộ gia đình)", Some(15_000)),
        fee("Miễn phí đối với trường hợp theo Điều 4", None),
    ];
    let few = text(&Form::Receipt(Box::new(receipt.clone())));
    assert_says(
        &few,
        &[
            "7. Phí, lệ phí: theo trường hợp của hồ sơ, xác định khi thu",
            "– Lệ phí: Đăng ký tạm trú theo danh sách: thu 10.000 đồng/người: 10.000 đ",
            "– Lệ phí: Đăng ký tạm trú (cá nhân, hộ gia đình): 15.000 đ",
            "– Miễn phí đối với trường hợp theo Điều 4",
        ],
    );
    assert!(!few.contains("25.000 đ") && !few.contains("nghìn đồng"), "{few}");

    receipt.fees = (1..=36).map(|n| fee(&format!("Trường hợp thứ {n} của biểu phí"), Some(n * 1_000))).collect();
    let many = text(&Form::Receipt(Box::new(receipt)));
    assert_says(&many, &["Trường hợp thứ 1 của biểu phí: 1.000 đ", "Trường hợp thứ 36 của biểu phí: 36.000 đ"]);
    assert!(!many.contains("666.000"), "{many}");
}

/// FEE-02: what the counter asked for is printed with its sum and how it is paid, instead of the catalogue's cases.
#[test]
fn fee_02_a_receipt_states_what_is_asked_for_and_how_it_is_paid() {
    let mut receipt = sample_receipt();
    let copies = ("Lệ phí: cấp bản sao #trích lục × 3".to_owned(), 24_000);
    receipt.asked = Some(Asked { fees: vec![copies.clone()], paid: "đã thu, biên lai số BL 12".to_owned() });
    let one = text(&Form::Receipt(Box::new(receipt.clone())));
    let line = "7. Phí, lệ phí: 24.000 đ (Hai mươi tư nghìn đồng); Lệ phí: cấp bản sao #trích lục × 3; đã thu, biên lai số BL 12.";
    assert_says(&one, &[line]);
    let survey = ("Phí: Thẩm định".to_owned(), 150_000);
    receipt.asked =
        Some(Asked { fees: vec![copies, survey], paid: "nộp trước khi nhận kết quả".to_owned() });
    let two = text(&Form::Receipt(Box::new(receipt)));
    assert_says(
        &two,
        &[
            "7. Phí, lệ phí: 174.000 đ (Một trăm bảy mươi tư nghìn đồng); nộp trước khi nhận kết quả. Gồm:",
            "– Lệ phí: cấp bản sao #trích lục × 3: 24.000 đ",
            "– Phí: Thẩm định: 150.000 đ",
        ],
    );
    assert!(!two.contains("75.000"), "{two}");
}

/// RES-02, QN 8.1: what was not shown is not ticked, and the reason stands on what both sign.
#[test]
fn a_handover_without_the_receipt_says_why_and_one_from_afar_names_no_counter() {
    let Form::Handover(mut handover) = sample(FormKind::Handover) else { panic!("a handover") };
    handover.papers_shown.receipt = false;
    handover.papers_shown.without_receipt = Some("Bị mất khi chuyển nhà".to_owned());
    assert_says(
        &text(&Form::Handover(handover.clone())),
        &["Không xuất trình Giấy tiếp nhận, lý do: Bị mất khi chuyển nhà", "trực tiếp tại quầy"],
    );
    handover.channel = Channel::Online;
    let online = text(&Form::Handover(handover));
    assert_says(&online, &["trực tuyến, bản điện tử có ký số"]);
    assert!(!online.contains("tại quầy") && !online.contains("NGƯỜI NHẬN KẾT QUẢ"), "{online}");
}

/// INT-03, online: nobody stands at the counter, and files have a column of their own.
#[test]
fn the_receipt_of_an_online_dossier_is_signed_by_the_officer_alone() {
    let mut receipt = sample_receipt();
    receipt.online = true;
    receipt.components.push(Component {
        name: "Tờ khai điện tử".to_owned(),
        originals: 0,
        certified: 0,
        copies: 0,
        electronic: 1,
    });
    let text = text(&Form::Receipt(Box::new(receipt)));
    assert!(!text.contains("NGƯỜI NỘP HỒ SƠ"));
    assert_says(&text, &["NGƯỜI TIẾP NHẬN HỒ SƠ", "bản điện tử"]);
}

/// INT-05
#[test]
fn the_refusal_gives_its_reasons_and_the_way_to_the_competent_agency() {
    assert_says(
        &text(&sample(FormKind::Refusal)),
        &[
            "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
            "Số: 15/PTC-TTPVHCC",
            "Vĩnh Long, ngày 05 tháng 02 năm 2026",
            "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
            "– Hồ sơ không thuộc thẩm quyền giải quyết của Ủy ban nhân dân tỉnh.",
            "Bộ phận Một cửa Bộ Nông nghiệp và Môi trường",
            "Xin thông báo cho Ông/Bà được biết và thực hiện",
            "Mẫu số 03",
        ],
    );
}

/// INT-05, at the counter: no dossier yet, so no codes.
#[test]
fn a_refusal_before_intake_is_printed_without_codes() {
    let Form::Refusal(mut refusal) = sample(FormKind::Refusal) else { panic!("not a refusal") };
    refusal.codes = None;
    assert!(!text(&Form::Refusal(refusal)).contains("Mã hồ sơ"));
}

/// FLW-02
#[test]
fn the_control_slip_shows_each_hand_over_and_bears_the_number_of_its_circular() {
    let Form::ControlSlip(mut slip) = sample(FormKind::ControlSlip) else { panic!("not a control slip") };
    assert_says(
        &text(&Form::ControlSlip(slip.clone())),
        &[
            "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            "Kèm theo hồ sơ của: Công ty Cổ phần Du lịch Vịnh Xanh",
            "Cơ quan phối hợp giải quyết hồ sơ: Công an tỉnh; Sở Tài chính",
            "2. Nhận: Công an tỉnh",
            "16 giờ 30 phút, ngày 05 tháng 11 năm 2026",
            "Quá hạn",
            "Chậm 01 ngày do phải xác minh tại địa phương",
            "Mẫu số 06 ban hành kèm theo Thông tư số 03/2025/TT-VPCP",
        ],
    );
    slip.form_set = FormSet::Tt01Of2018;
    assert_says(&text(&Form::ControlSlip(slip)), &["Mẫu số 05 ban hành kèm theo Thông tư số 01/2018/TT-VPCP"]);
}

/// RES-02
#[test]
fn the_acknowledgement_says_who_received_what_and_on_which_papers() {
    let text = text(&sample(FormKind::Handover));
    assert_says(
        &text,
        &[
            "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
            "14 giờ 35 phút, ngày 20 tháng 11 năm 2026",
            "2. Người trả kết quả: Bùi Thị Kim Oanh – Quầy số 5",
            "3. Người nhận kết quả: Đỗ Thị Mỹ Duyên (người được ủy quyền)",
            "số 128/2026, chứng thực ngày 18/11/2026",
            "AA 0123456",
            "trực tiếp tại quầy",
        ],
    );
    assert!(!text.contains("Mẫu số"), "neither circular numbers this slip");
}

/// RES-02
#[test]
fn a_result_sent_by_post_bears_its_tracking_number() {
    let Form::Handover(mut slip) = sample(FormKind::Handover) else { panic!("not an acknowledgement") };
    slip.channel = Channel::Post {
        carrier: "Bưu điện tỉnh Quảng Ngãi".to_owned(),
        tracking_number: "EQ123456789VN".to_owned(),
        address: "Phường Cẩm Thành, tỉnh Quảng Ngãi".to_owned(),
    };
    assert_says(
        &text(&Form::Handover(slip)),
        &["qua dịch vụ bưu chính công ích", "Số hiệu bưu gửi: EQ123456789VN", "NHÂN VIÊN BƯU CHÍNH"],
    );
}

/// INT-07: what arrived from home can be held against the files that were sent.
#[test]
fn the_confirmation_of_a_sending_names_what_arrived_what_happens_next_and_by_when() {
    let Form::Submission(mut slip) = sample(FormKind::Submission) else { panic!("not a confirmation") };
    let digest = slip.files[0].sha256.clone();
    let told = text(&Form::Submission(slip.clone()));
    assert_says(
        &told,
        &[
            "XÁC NHẬN NỘP HỒ SƠ TRỰC TUYẾN",
            "Mã hồ sơ: H19.16-261103-0043",
            "Người nộp: Nguyễn Thị Hoài Thương",
            "Thời điểm nộp: 20 giờ 15 phút, ngày 03 tháng 11 năm 2026",
            "chậm nhất 17 giờ 00 phút, ngày 04 tháng 11 năm 2026",
            "2. Tệp đã nhận: 2 tệp, 2 trang.",
            "Đơn đề nghị cấp giấy phép xây dựng (theo mẫu)",
            "Tệp: ban-ve.jpg",
            &digest,
            "3,4 MB",
            "điện thoại 0251 1022",
            "không thay Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        ],
    );
    slip.checked_by = None;
    slip.files.clear();
    let bare = text(&Form::Submission(slip));
    assert_says(&bare, &["Cán bộ kiểm tra hồ sơ trong giờ làm việc.", "2. Tệp đã nhận: không có tệp nào kèm theo."]);
}
