//! Papers that go along with dossiers or list many of them.

use crate::reader::{Printed, assert_says};
use crate::sample;
use documents::{Form, FormKind, FormSet, Load, Paper, Travel};

fn text(form: &Form) -> String {
    Printed::of(form, Paper::A4).cell_by_cell()
}

#[test]
fn the_register_lists_each_dossier_and_bears_the_number_of_its_circular() {
    let Form::Register(mut register) = sample(FormKind::Register) else { panic!("not a register") };
    assert_says(
        &text(&Form::Register(register.clone())),
        &[
            "SỔ THEO DÕI HỒ SƠ",
            "Quyển số: 11/2026 – từ ngày 03/11/2026 đến ngày 05/11/2026",
            "Cơ quan chủ trì giải quyết",
            "Phương thức nhận kết quả",
            "Phạm Quốc Bảo",
            "17:00 20/11/2026",
            "không hẹn ngày",
            "Đã xin lỗi, hẹn lại",
            "Tổng số: 6 (sáu) hồ sơ.",
            "Mẫu số 06 ban hành kèm theo Thông tư số 01/2018/TT-VPCP",
        ],
    );
    register.form_set = FormSet::Tt03Of2025;
    assert_says(&text(&Form::Register(register)), &["Mẫu số 07 ban hành kèm theo Thông tư số 03/2025/TT-VPCP"]);
}

#[test]
fn a_register_of_two_hundred_dossiers_repeats_its_head_and_numbers_its_sheets() {
    let Form::Register(mut register) = sample(FormKind::Register) else { panic!("not a register") };
    register.rows = register.rows.iter().cycle().take(200).cloned().collect();
    let printed = Printed::of(&Form::Register(register), Paper::A5);
    let last = printed.pages();
    assert!(last > 5);
    for page in [2, last] {
        let text = printed.page(page);
        assert!(text.starts_with(&format!("{page} ")), "page {page}: {text}");
    }
    assert!(printed.page(3).contains("Cơ quan chủ trì giải quyết"));
    assert!(printed.page(last).contains("Tổng số: 200 (hai trăm) hồ sơ."));
}

/// ILK-01, ILK-02
#[test]
fn the_transfer_slip_names_the_work_and_the_deadline_of_each_agency() {
    let Form::Transfer(mut slip) = sample(FormKind::Transfer) else { panic!("not a transfer") };
    assert_says(
        &text(&Form::Transfer(slip.clone())),
        &[
            "PHIẾU CHUYỂN XỬ LÝ HỒ SƠ",
            "Số: 12/2026/PC-SNNMT",
            "2. Bên nhận: Bộ Chỉ huy Quân sự tỉnh.",
            "cơ quan cuối trả về cơ quan chủ trì",
            "Thứ tự",
            "chủ trì",
            "Ý kiến về đất quốc phòng trong khu vực thăm dò",
            "17 giờ 00 phút, ngày 24 tháng 11 năm 2026",
            "5. Giấy tờ kèm theo: 01 bộ hồ sơ bản chính (38 tờ)",
            "NGƯỜI GIAO",
            "Phan Văn Dũng",
        ],
    );
    slip.travel = Travel::Parallel;
    slip.enclosed.clear();
    assert_says(
        &text(&Form::Transfer(slip)),
        &["gửi đồng thời đến tất cả các cơ quan", "không có bản giấy; xem trên hệ thống"],
    );
}

/// FLW-09
#[test]
fn the_handover_minutes_count_dossiers_and_papers_for_both_sides() {
    let Form::HandoverMinutes(mut minutes) = sample(FormKind::HandoverMinutes) else { panic!("not minutes") };
    let text = text(&Form::HandoverMinutes(minutes.clone()));
    assert_says(
        &text,
        &[
            "BIÊN BẢN GIAO NHẬN",
            "Chuyến 10 giờ 00",
            "Bên giao: Nguyễn Thành Trung, nhân viên bưu chính, Bưu điện tỉnh Vĩnh Long.",
            "Tổng số: 3 (ba) hồ sơ, 15 (mười lăm) giấy tờ.",
            "Có bản vẽ cuộn",
            "(Bản 2: bên nhận giữ)",
        ],
    );
    assert_eq!(text.matches("BIÊN BẢN GIAO NHẬN").count(), 2, "a copy for each side");
    minutes.load = Load::Results;
    assert_says(&self::text(&Form::HandoverMinutes(minutes)), &["Tổng số: 3 (ba) kết quả"]);
}

/// INT-03
#[test]
fn int_03_one_receipt_for_several_dossiers_has_a_table_with_code_date_and_papers_of_each() {
    let form = sample(FormKind::JointReceipt);
    let words = text(&form);
    assert_says(
        &words,
        &[
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "Số hồ sơ nộp cùng lần này: 2 (hai) hồ sơ",
            "PHỤ LỤC",
            "Sở Tư pháp",
            "200.000",
            "Nguyễn Thị Hoài Thương",
        ],
    );
    assert_eq!(words.matches("PHỤ LỤC: CÁC HỒ SƠ").count(), 2, "a copy for each side");
    let codes = crate::reader::Printed::of(&form, documents::Paper::A4).scanned();
    for bar in ["2611030000424", "2611030001072"] {
        assert!(codes.contains(&format!("CODE-128:{bar}\n")), "{bar}: {codes}");
    }
}

/// RES-02
#[test]
fn res_02_the_manifest_names_each_parcel_with_its_receiver_and_address() {
    assert_says(
        &text(&sample(FormKind::PostManifest)),
        &[
            "BẢNG KÊ BƯU GỬI TRẢ KẾT QUẢ",
            "Số: 12/2026/BKBG-tinh",
            "EK123456790VN",
            "Lê Văn Phước",
            "Ấp 3, xã Phú Lý",
            "Tổng số: 2 (hai) bưu gửi",
        ],
    );
}

/// FLW-03
#[test]
fn the_verification_minutes_say_when_where_with_whom_and_what_was_found() {
    assert_says(
        &text(&sample(FormKind::Verification)),
        &[
            "BIÊN BẢN XÁC MINH",
            "kiểm tra thực địa",
            "Thời gian bắt đầu: 08 giờ 30 phút, ngày 12 tháng 11 năm 2026",
            "Địa điểm: Thửa đất số 215",
            "Công chức địa chính, Ủy ban nhân dân phường Tam Kỳ",
            "– Khoảng lùi 3,2 m, đạt quy định tối thiểu 3,0 m.",
            "4. Ý kiến của các bên: Chủ hồ sơ thống nhất",
            "5. Kết luận: Hiện trạng phù hợp với hồ sơ",
            "NGƯỜI LẬP BIÊN BẢN",
        ],
    );
}

/// CAT-09
#[test]
fn a_posting_sheet_says_everything_that_must_be_public_and_leaves_out_what_is_empty() {
    let Form::Posting(mut posting) = sample(FormKind::Posting) else { panic!("not a posting") };
    let short = text(&Form::Posting(posting.clone()));
    assert_says(
        &short,
        &[
            "NIÊM YẾT THỦ TỤC HÀNH CHÍNH",
            "Lĩnh vực: Hộ tịch",
            "Gồm 1 (một) thủ tục.",
            "1. Đăng ký kết hôn",
            "Mã thủ tục: 1.000894",
            "Thành phần hồ sơ (1 bộ):",
            "– Tờ khai đăng ký kết hôn (1 bản chính; mẫu TKKH)",
            "Luật Hộ tịch",
            "điện thoại 1900558826",
        ],
    );
    assert!(!short.contains("Yêu cầu, điều kiện") && !short.contains("Trình tự"));
    posting.procedures[0].steps = vec!["Nộp hồ sơ".into(), "Nhận kết quả".into()];
    posting.procedures = posting.procedures.iter().cycle().take(60).cloned().collect();
    let printed = Printed::of(&Form::Posting(posting), Paper::A4);
    assert!(printed.pages() > 5);
    assert!(printed.text().contains("60. Đăng ký kết hôn"));
}

/// CAT-06: the paper says what was declared, in order, and what people typed stays text.
#[test]
fn an_e_form_prints_its_answers_numbered_and_what_was_typed_is_never_markup() {
    assert_says(
        &text(&sample(FormKind::EForm)),
        &[
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TỜ KHAI ĐĂNG KÝ KHAI SINH",
            "Kính gửi: Ủy ban nhân dân xã, phường, đặc khu nơi đăng ký",
            "1. Họ, chữ đệm, tên: Nguyễn Thị Mẫu",
            "#set text(size: 90pt) $x^2$ @nguồn",
            "dòng hai *không đậm* #pagebreak()",
            "Người con 1",
            "4. Họ, chữ đệm, tên: Nguyễn Văn An",
            "NGƯỜI YÊU CẦU",
            "Mã biểu mẫu điện tử: 1.001193.TK",
        ],
    );
}
