//! CAT-01: the catalogue goes out into a spreadsheet and comes back, whatever the spreadsheet did to it.

use crate::world::World;
use domain::accounts::Role;
use motcua::{
    catalogue::import_procedures,
    import::{Fate, Job, Line, Summary},
};

const PAGE: &str = "/can-bo/quan-tri/thu-tuc";

fn import(w: &World, name: &str, bytes: &[u8]) -> (Summary, Vec<Line>) {
    let mut lines = Vec::new();
    let mut on_line = |line: Line, _: usize| lines.push(line);
    let summary = import_procedures(&w.app, Job { name, bytes, dry_run: false, on_line: &mut on_line }).unwrap();
    (summary, lines)
}

#[tokio::test]
async fn cat_01_what_the_export_writes_the_import_reads_back_without_a_change() {
    let w = World::sqlite();
    let keeper = w.officer("ks.thu-tuc", "H49.28", &[Role::ProcedureControl]).await;
    let session = w.sign_in(&keeper).await;
    w.procedures(&["1.000689", "1.000894", "1.013225", "2.000635"]).await;
    for (format, magic) in [("xlsx", b"PK".as_slice()), ("csv", b"\xef\xbb\xbf".as_slice())] {
        let file = w.get(&format!("{PAGE}/xuat?dang={format}")).cookie(&session).send().await.expect(200);
        assert!(file.body.starts_with(magic), "{format}");
        let (summary, lines) = import(&w, &format!("thu-tuc.{format}"), &file.body);
        assert_eq!(summary, Summary { unchanged: 4, ..Summary::default() }, "{format}: {lines:?}");
    }
    let template = w.get(&format!("{PAGE}/xuat?dang=mau")).cookie(&session).send().await.expect(200);
    let (summary, _) = import(&w, "mau.xlsx", &template.body);
    assert_eq!(summary, Summary::default(), "an empty template is read and holds nothing");
}

#[tokio::test]
async fn cat_01_a_workbook_with_merged_cells_numbers_as_codes_and_a_title_is_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let sheet = book.add_worksheet().set_name("Thủ tục").unwrap();
    sheet.merge_range(0, 0, 0, 2, "DANH MỤC", &plain).unwrap();
    for (column, head) in ["Mã TTHC", "Tên TTHC", "Lĩnh vực"].iter().enumerate() {
        sheet.write(2, u16::try_from(column).unwrap(), *head).unwrap();
    }
    sheet.write(3, 0, 1.00008).unwrap();
    sheet.write(3, 1, "Khai sinh").unwrap();
    sheet.write(4, 0, 1.000_081).unwrap();
    sheet.write(4, 1, "Kết hôn").unwrap();
    sheet.merge_range(3, 2, 4, 2, "Hộ tịch", &plain).unwrap();
    let papers = book.add_worksheet().set_name("Giấy tờ").unwrap();
    for (column, head) in ["Mã thủ tục", "Tên giấy tờ", "Bản chính"].iter().enumerate() {
        papers.write(0, u16::try_from(column).unwrap(), *head).unwrap();
    }
    papers.write(1, 0, 1.00008).unwrap();
    papers.write(1, 1, "Tờ khai").unwrap();
    papers.write(1, 2, 2).unwrap();
    let w = World::sqlite();
    let (summary, lines) = import(&w, "a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!((summary.mended, summary.refused), (2, 0), "{lines:?}");
    let said =
        |line: &Line, word: &str| matches!(&line.fate, Fate::Mended { what } if what.iter().any(|t| t.contains(word)));
    assert!(said(&lines[0], "mất số 0") && said(&lines[1], "ô gộp"), "{lines:?}");
    w.app.refresh().await.unwrap();
    let second = w.app.reference().procedure("1.000081").unwrap().clone();
    assert_eq!(second.field, "Hộ tịch");
    let first = w.get("/api/v1/procedures/1.000080").send().await.expect(200).json();
    assert_eq!(first["variants"][0]["components"][0]["originals"], 2);
}
