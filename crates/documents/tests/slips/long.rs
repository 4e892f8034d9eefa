//! Slips longer than their sheet.

use crate::reader::Printed;
use crate::{sample, sample_receipt};
use documents::{Component, Form, FormKind, Paper};

fn component(i: usize) -> Component {
    Component {
        name: format!(
            "Giấy tờ thứ {i} kèm theo bản thuyết minh chi tiết và các phụ lục có xác nhận của cơ quan có thẩm quyền"
        ),
        originals: 1,
        certified: 0,
        copies: 2,
        electronic: 0,
    }
}

#[test]
fn forty_papers_run_over_several_sheets_and_the_head_of_the_table_comes_again() {
    let mut receipt = sample_receipt();
    receipt.components = (1..=40).map(component).collect();
    for paper in [Paper::A4, Paper::A5] {
        let printed = Printed::of(&Form::Receipt(Box::new(receipt.clone())), paper);
        let per_copy = printed.pages() / 2;
        assert!(per_copy >= 2, "{paper:?}: {per_copy} pages a copy");
        let text = printed.text();
        for i in 1..=40 {
            assert_eq!(text.matches(&format!("Giấy tờ thứ {i} ")).count(), 2, "{paper:?}: paper {i} once in each copy");
        }
        let second = printed.page(2);
        assert!(second.starts_with("2 "), "{paper:?}: the page number stands in the top margin: {second}");
        assert!(second.contains("Tên giấy tờ"), "{paper:?}: {second}");
        assert!(printed.page(per_copy).contains("NGƯỜI TIẾP NHẬN HỒ SƠ"));
        let copy_two = printed.page(per_copy + 1);
        assert!(copy_two.contains("(Liên 2"), "{paper:?}: the second copy begins on its own sheet");
        assert!(printed.page(per_copy + 2).starts_with("2 "), "{paper:?}: it counts its own pages");
    }
}

#[test]
fn very_long_names_and_words_stay_on_the_sheet() {
    let mut receipt = sample_receipt();
    receipt.owner.name = "Công ty Trách nhiệm hữu hạn Một thành viên ".repeat(8);
    receipt.request = "x".repeat(400);
    receipt.components.push(Component { name: "y".repeat(300), ..component(5) });
    receipt.letterhead.unit = "Trung tâm Phục vụ hành chính công và Chuyển đổi số ".repeat(3);
    let text = Printed::of(&Form::Receipt(Box::new(receipt)), Paper::A5).text();
    let glued: String = text.split_whitespace().collect();
    assert!(glued.contains(&"x".repeat(400)));
    assert!(text.matches('y').count() >= 2 * 300, "a row that is cut by the edge of the sheet goes on overleaf");
}

/// FLW-02
#[test]
fn a_control_slip_of_thirty_hand_overs_repeats_its_head() {
    let Form::ControlSlip(mut slip) = sample(FormKind::ControlSlip) else { panic!("not a control slip") };
    slip.steps = slip.steps.iter().cycle().take(30).cloned().collect();
    let printed = Printed::of(&Form::ControlSlip(slip), Paper::A4);
    assert!(printed.pages() > 3);
    for page in 1..=printed.pages() {
        assert!(printed.page(page).contains("Thời gian giao, nhận hồ sơ"), "page {page}");
    }
}
