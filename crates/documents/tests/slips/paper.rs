//! The file and the sheet: standards, sameness, codes.

use crate::reader::Printed;
use crate::{KINDS, sample, sample_receipt};
use documents::{Form, FormKind, Paper, RenderError, render};

#[test]
fn every_sample_prints_on_both_papers_and_both_its_codes_can_be_scanned() {
    for kind in KINDS {
        let form = sample(kind);
        let json = serde_json::to_value(&form).unwrap();
        for (paper, size) in [(Paper::A4, "(A4)"), (Paper::A5, "419.528 x 595.276")] {
            let printed = Printed::of(&form, paper);
            // These tables' columns need a sheet on its side, whatever was asked for.
            let is_wide = matches!(kind, FormKind::Register | FormKind::JointReceipt | FormKind::PostManifest);
            let size = if is_wide { "841.89 x 595.276" } else { size };
            assert!(printed.info().contains(size), "{kind:?}: {}", printed.info());
            let for_two =
                [FormKind::Receipt, FormKind::HandoverMinutes, FormKind::JointReceipt, FormKind::PostManifest];
            let copies = if for_two.contains(&kind) { 2 } else { 1 };
            // Its annex names the papers of every dossier and goes over to a second sheet.
            let sheets = if kind == FormKind::JointReceipt { 2 } else { 1 };
            assert_eq!(printed.pages(), copies * sheets, "{kind:?} {paper:?} fits its sheet");
            let Some(barcode) = json["codes"]["barcode"].as_str() else {
                assert!(
                    is_wide || matches!(kind, FormKind::HandoverMinutes | FormKind::Posting),
                    "{kind:?} is about one dossier"
                );
                continue;
            };
            let (codes, link) = (printed.scanned(), json["codes"]["qr_url"].as_str().unwrap());
            assert!(codes.contains(&format!("CODE-128:{barcode}\n")), "{kind:?} {paper:?}: {codes}");
            assert!(codes.contains(&format!("QR-Code:{link}\n")), "{kind:?} {paper:?}: {codes}");
            assert!(printed.text().contains(barcode), "the bar code can be typed in too");
        }
    }
}

#[test]
fn a_slip_is_tagged_archivable_and_titled_in_vietnamese() {
    let printed = Printed::of(&sample(FormKind::Receipt), Paper::A4);
    let raw = String::from_utf8_lossy(&printed.bytes);
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "vi-VN",
    ] {
        assert!(raw.contains(mark), "{mark} is absent");
    }
    let info = printed.info();
    assert!(info.contains("Giấy tiếp nhận hồ sơ và hẹn trả kết quả – H19.16-261103-0042"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
}

#[test]
fn the_same_data_gives_the_same_bytes_also_after_a_stay_in_the_data_base() {
    for kind in KINDS {
        let form = sample(kind);
        let frozen = serde_json::to_string(&form).unwrap();
        let thawed: Form = serde_json::from_str(&frozen).unwrap();
        assert_eq!(form, thawed);
        assert_eq!(render(&form, Paper::A4).unwrap(), render(&thawed, Paper::A4).unwrap());
    }
}

#[test]
fn a_bar_code_of_letters_and_an_endless_link_are_refused_by_name() {
    let mut receipt = sample_receipt();
    receipt.codes.barcode = "H19".to_owned();
    let refused = render(&Form::Receipt(Box::new(receipt.clone())), Paper::A4);
    assert!(matches!(refused, Err(RenderError::Barcode(text)) if text == "H19"));

    receipt.codes.barcode = "2611030000424".to_owned();
    receipt.codes.qr_url = "x".repeat(5000);
    let refused = render(&Form::Receipt(Box::new(receipt)), Paper::A4);
    assert!(matches!(refused, Err(RenderError::Link(5000))));
}
