//! CAT-01, CAT-02: imports of procedures, with every kind of dirt, as batches that can be resumed, agreed to and undone.

use crate::world::World;
use domain::accounts::{Role, Who};
use motcua::{
    catalogue::{
        import::{
            Decided,
            batch::{Begin, begin},
            decide_all, decide_one, due,
            store::{self, State},
            undo,
        },
        import_procedures,
    },
    error::AppError,
    import::{Fate, Job, Line, Summary},
};
use serde_json::{Value, json};

pub fn import(world: &World, name: &str, bytes: &[u8]) -> (Summary, Vec<Line>) {
    let mut lines = Vec::new();
    let mut on_line = |line: Line, _: usize| lines.push(line);
    let summary = import_procedures(&world.app, Job { name, bytes, dry_run: false, on_line: &mut on_line }).unwrap();
    (summary, lines)
}

/// An answer of the portal with one limit.
pub fn answer(code: &str, name: &str, days: u32) -> Value {
    let way = json!({ "submissionMethod": "DIRECT", "processingTime": days, "processingTimeUnit": "WORKING_DAY" });
    let paper = json!({ "profileComponentId": "don", "name": "Đơn đề nghị", "originalQty": 1, "copyQty": 0 });
    json!({
        "code": code, "name": name, "isWard": true, "categoriesDetails": [{ "name": "Hộ tịch" }],
        "departmentsExecuting": [{ "code": "", "name": "Ủy ban nhân dân cấp xã" }], "executionMethods": [way],
        "executionCases": [{ "name": "", "profileComponents": [paper] }],
        "procedureProposal": { "proposalNumber": "1/QĐ-BTP" },
    })
}

pub fn file(rows: &[Value]) -> Vec<u8> {
    rows.iter().flat_map(|r| format!("{r}\n").into_bytes()).collect()
}

pub fn newest_batch(world: &World) -> store::Batch {
    world.app.db.read_blocking(|q| Ok::<_, AppError>(store::batches(q, i64::MAX, 1)?)).unwrap().remove(0)
}

pub fn name_of(world: &World, code: &str) -> Option<String> {
    world.app.reference().procedure(code).map(|p| p.name.clone())
}

pub async fn keeper(world: &World) -> Who {
    world.officer("ks.thu-tuc", "H49.28", &[Role::ProcedureControl]).await
}

#[tokio::test]
async fn cat_01_separated_text_is_taken_in_every_old_encoding() {
    let text = "Mã thủ tục;Tên thủ tục;Lĩnh vực;Cơ quan thực hiện\n1.000080;Đăng ký khai sinh;Hộ tịch;Ủy ban nhân dân cấp xã\n";
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let vni = "Maõ thuû tuïc;Teân thuû tuïc;Lónh vöïc;Cô quan thöïc hieän\n1.000080;Ñaêng kyù khai sinh;Hoä tòch;UÛy ban nhaân daân caáp xaõ\n";
    let vni: Vec<u8> = vni.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (name, bytes) in [("utf8.csv", text.as_bytes().to_vec()), ("utf16.csv", utf16), ("vni.csv", vni)] {
        let world = World::sqlite();
        let (summary, lines) = import(&world, name, &bytes);
        assert_eq!((summary.taken + summary.mended, summary.refused), (1, 0), "{name}: {lines:?}");
        world.app.refresh().await.unwrap();
        assert_eq!(name_of(&world, "1.000080").as_deref(), Some("Đăng ký khai sinh"), "{name}");
        let told = matches!(&lines[0].fate, Fate::Mended { what } if what.iter().any(|w| w.contains("đổi sang UTF-8")));
        assert_eq!(told, name != "utf8.csv", "{name}: {lines:?}");
    }
}

#[tokio::test]
async fn cat_01_titles_above_the_heads_other_heads_torn_cells_and_rows_too_long_are_survived() {
    let world = World::sqlite();
    let csv = "\u{feff}DANH MỤC THỦ TỤC,,\n,,\nMã TTHC,Tên TTHC,Lĩnh vực\n1.000080,Đăng ký khai sinh,Hộ tịch\n1.000081,Tên \u{fffd}\u{fffd},x\n1.000082,a,b,c\n,Không mã,x\n1.000083,,x\n";
    let (summary, lines) = import(&world, "a.csv", csv.as_bytes());
    assert_eq!((summary.taken + summary.mended, summary.refused), (1, 4), "{lines:?}");
    let why = |row: usize| match &lines.iter().find(|l| l.row == row).unwrap().fate {
        Fate::Refused { why } => why.clone(),
        other => panic!("row {row}: {other:?}"),
    };
    assert!(why(5).contains("không đọc được"), "{}", why(5));
    assert!(why(6).contains("nhiều hơn"), "{}", why(6));
    assert!(why(7).contains("mã thủ tục"), "{}", why(7));
    assert!(why(8).contains("không có tên"), "{}", why(8));
    let huge = format!("Mã thủ tục,Tên thủ tục\n1.000084,{}\n", "dài ".repeat(90_000));
    let (summary, lines) = import(&world, "b.csv", huge.as_bytes());
    assert_eq!(summary.refused, 1, "{:?}", lines[0].key);
}

#[tokio::test]
async fn cat_01_codes_that_differ_only_in_blanks_are_one_and_unknown_agencies_are_said() {
    let world = World::sqlite();
    let mut stranger = answer("1.000081", "Thủ tục của ai", 5);
    stranger["departmentsExecuting"] = json!([{ "code": "", "name": "Cục Vũ trụ" }]);
    stranger["isWard"] = json!(false);
    let rows = [
        answer(" 1.000080", "Đăng ký khai sinh", 5),
        answer("1.000 080\u{a0}", "Đăng ký khai sinh khác", 5),
        answer("1.014955–xóa", "Đã xóa", 5),
        stranger,
    ];
    let (summary, lines) = import(&world, "a.jsonl", &file(&rows));
    assert_eq!((summary.mended, summary.refused), (2, 2), "{lines:?}");
    assert!(matches!(&lines[1].fate, Fate::Refused { why } if why.contains("trùng mã với dòng 1")), "{lines:?}");
    assert!(
        matches!(&lines[3].fate, Fate::Mended { what } if what.iter().any(|w| w.contains("Cục Vũ trụ"))),
        "{lines:?}"
    );
    let batch = newest_batch(&world);
    let kept = world.app.db.read_blocking(move |q| Ok::<_, AppError>(store::lines(q, batch.id, "refused", 0, 10)?));
    assert_eq!(kept.unwrap().iter().map(|l| l.line).collect::<Vec<_>>(), [2, 3]);
}

#[tokio::test]
async fn cat_01_a_file_that_is_no_catalogue_is_refused_as_a_whole_and_leaves_nothing() {
    let world = World::sqlite();
    for (name, bytes) in [
        ("a.csv", b"x,y\n1,2\n".as_slice()),
        ("a.xlsx", b"PK\x03\x04no workbook".as_slice()),
        ("a.json", b"[{]".as_slice()),
        ("a.gz", b"\x1f\x8bno gzip".as_slice()),
        ("a.txt", b"".as_slice()),
    ] {
        let job = Job { name, bytes, dry_run: false, on_line: &mut |_, _| {} };
        assert!(matches!(import_procedures(&world.app, job), Err(AppError::Fields(_))), "{name}");
    }
    let none = world.app.db.read_blocking(|q| Ok::<_, AppError>(store::batches(q, i64::MAX, 1)?)).unwrap();
    assert!(none.is_empty());
}

#[tokio::test]
async fn cat_02_a_changed_row_waits_is_agreed_to_or_not_and_the_same_file_asks_once() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    import(&world, "a.jsonl", &file(&[answer("1.000080", "Khai sinh", 5), answer("1.000081", "Kết hôn", 5)]));
    let changed = file(&[answer("1.000080", "Khai sinh", 3), answer("1.000081", "Kết hôn", 1)]);
    let (summary, lines) = import(&world, "b.jsonl", &changed);
    assert_eq!(summary, Summary { changed: 2, ..Summary::default() });
    let says = "Cách nộp: Trực tiếp: 5 ngày làm việc → Trực tiếp: 3 ngày làm việc";
    assert!(matches!(&lines[0].fate, Fate::Changed { what } if what.iter().any(|w| w == says)), "{lines:?}");
    let batch = newest_batch(&world).id;
    let (again, _) = import(&world, "b.jsonl", &changed);
    assert_eq!(again, Summary { changed: 2, ..Summary::default() });
    let waiting = world.app.db.read_blocking(move |q| Ok::<_, AppError>(store::pending(q, batch, 0, 10)?)).unwrap();
    assert_eq!(waiting.len(), 2, "asked once");
    let first = decide_one(&world.app, &who, batch, waiting[0].id, true).await.unwrap();
    assert_eq!(first, Decided { accepted: 1, ..Decided::default() });
    let twice = decide_one(&world.app, &who, batch, waiting[0].id, false).await.unwrap();
    assert_eq!(twice.overtaken, 1, "decided before");
    let rest = decide_all(&world.app, &who, batch, false).await.unwrap();
    assert_eq!(rest, Decided { rejected: 1, ..Decided::default() });
    let (settled, _) = import(&world, "b.jsonl", &changed);
    assert_eq!(
        settled,
        Summary { unchanged: 2, ..Summary::default() },
        "accepted is held, rejected is not asked again"
    );
    let versions = world
        .app
        .db
        .read_blocking(|q| Ok::<_, AppError>(motcua::catalogue::store::versions_of(q, "1.000080")?))
        .unwrap();
    assert_eq!(versions[1].version.publication.effective_from, Some("2025-10-06".parse().unwrap()), "from today on");
}

/// A proposal that another version overtook is asked anew; what the Centre amended itself stays; a source may go back.
#[tokio::test]
async fn cat_02_an_overtaken_proposal_is_asked_anew_and_the_centres_own_amendment_stays() {
    let world = World::sqlite();
    let who = keeper(&world).await;
    let name = "Đăng ký khai sinh";
    let take = |days: u32| {
        let (summary, _) = import(&world, "a.jsonl", &file(&[answer("1.000080", name, days)]));
        (summary.taken + summary.mended, summary.changed, summary.unchanged)
    };
    let pending =
        |batch: i64| world.app.db.read_blocking(move |q| Ok::<_, AppError>(store::pending(q, batch, 0, 9)?)).unwrap();
    assert_eq!(take(5), (1, 0, 0));
    assert_eq!((take(3), take(4)), ((0, 1, 0), (0, 1, 0)));
    let four = newest_batch(&world).id;
    let accepted = decide_one(&world.app, &who, four, pending(four)[0].id, true).await.unwrap();
    assert_eq!(accepted.accepted, 1);
    // The first proposal speaks of a version that is no longer the newest: the same file proposes anew, once.
    assert_eq!((take(3), take(3)), ((0, 1, 0), (0, 1, 0)));
    let three = store_of(&world, 3);
    let waiting = pending(three);
    assert_eq!(waiting.len(), 1);
    assert_eq!(decide_one(&world.app, &who, three, waiting[0].id, true).await.unwrap().accepted, 1);
    // 5 → 4 → 3 → 5: the source goes back, and somebody agrees.
    assert_eq!(take(5), (0, 1, 0));
    let five = newest_batch(&world).id;
    assert_eq!(decide_all(&world.app, &who, five, false).await.unwrap().rejected, 1);
    assert_eq!(take(5), (0, 0, 1), "what was refused is not asked again of the same version");
    assert_eq!(take(3), (0, 0, 1), "the source says what it said last");
}

/// The batch whose proposal waits for so many days.
fn store_of(world: &World, nth: usize) -> i64 {
    let batches = world.app.db.read_blocking(|q| Ok::<_, AppError>(store::batches(q, i64::MAX, 9)?)).unwrap();
    batches[batches.len() - 1 - nth].id
}

/// Sheets of one workbook have equal row numbers: every line is kept, and a code on two sheets is seen.
#[tokio::test]
async fn cat_01_sheets_of_one_workbook_keep_every_line_and_a_code_on_two_is_seen() {
    let world = World::sqlite();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (title, rows) in [
        ("Sở Y tế", [("1.000080", "Một"), ("1.000081", "Hai")]),
        ("Sở Công Thương", [("1.000080", "Ba"), ("x", "Bốn")]),
    ] {
        let sheet = book.add_worksheet().set_name(title).unwrap();
        for (column, head) in ["Mã thủ tục", "Tên thủ tục", "Lĩnh vực"].into_iter().enumerate() {
            sheet.write(0, u16::try_from(column).unwrap(), head).unwrap();
        }
        for (row, (code, name)) in (1..).zip(rows) {
            for (column, cell) in [code, name, "Khác"].into_iter().enumerate() {
                sheet.write(row, u16::try_from(column).unwrap(), cell).unwrap();
            }
        }
    }
    let (summary, lines) = import(&world, "a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!((summary.taken + summary.mended, summary.refused), (2, 2), "{lines:?}");
    let batch = newest_batch(&world).id;
    let refused =
        world.app.db.read_blocking(move |q| Ok::<_, AppError>(store::lines(q, batch, "refused", 0, 9)?)).unwrap();
    let told: Vec<_> =
        refused.iter().map(|l| (l.row, l.sheet.as_str(), l.detail.contains("dòng 2 trang Sở Y tế"))).collect();
    assert_eq!(told, [(2, "Sở Công Thương", true), (3, "Sở Công Thương", false)]);
}

#[tokio::test]
async fn cat_02_a_short_row_is_completed_by_the_answer_and_takes_nothing_away_afterwards() {
    let world = World::sqlite();
    let short = json!({ "code": "1.000080", "name": "Khai sinh", "categories": ["Hộ tịch"], "departments": ["Ủy ban nhân dân cấp xã"], "type": "STANDARD" });
    import(&world, "list.jsonl", &file(std::slice::from_ref(&short)));
    let (full, _) = import(&world, "answers.jsonl", &file(&[answer("1.000080", "Khai sinh", 5)]));
    assert_eq!(full.changed + full.refused + full.unchanged, 0);
    let (back, _) = import(&world, "list.jsonl", &file(&[short]));
    assert_eq!(back, Summary { unchanged: 1, ..Summary::default() });
}

#[tokio::test]
async fn cat_01_a_batch_that_was_left_is_walked_to_its_end_by_whoever_looks_next() {
    let world = World::sqlite();
    let rows: Vec<Value> =
        (0..20).map(|n| answer(&format!("1.{:06}", 80 + n), &format!("Thủ tục số {n}"), 5)).collect();
    let start = Begin { file: "a.jsonl".into(), bytes: file(&rows), accept_all: false, officer: None };
    let batch = begin(&world.app, start, false).unwrap();
    assert_eq!(batch.state, State::Waiting);
    assert_eq!(due(&world.app).await.unwrap(), 1);
    let done = newest_batch(&world);
    assert_eq!((done.state, done.counts.done, done.counts.total), (State::Done, 20, 20));
    assert_eq!(world.app.reference().procedures.len(), 20, "the reference knows them at once");
    assert_eq!(due(&world.app).await.unwrap(), 0);
    let broken = Begin { file: "b.json".into(), bytes: b"[{".to_vec(), accept_all: false, officer: None };
    begin(&world.app, broken, false).unwrap();
    due(&world.app).await.unwrap();
    let failed = newest_batch(&world);
    assert_eq!(failed.state, State::Failed);
    assert!(failed.problem.unwrap().contains("JSON"));
}

#[tokio::test]
async fn cat_02_on_postgresql_an_import_is_taken_asked_about_used_and_undone_alike() {
    let world = World::postgres();
    let who = keeper(&world).await;
    let rows = [answer("1.000080", "Khai sinh", 5), answer("1.000081", "Kết hôn", 5)];
    import(&world, "a.jsonl", &file(&rows));
    let first = newest_batch(&world).id;
    let (summary, _) = import(&world, "b.jsonl", &file(&[answer("1.000080", "Khai sinh", 3)]));
    assert_eq!(summary, Summary { changed: 1, ..Summary::default() });
    let second = newest_batch(&world).id;
    let decided = decide_all(&world.app, &who, second, true).await.unwrap();
    assert_eq!(decided.accepted, 1);
    let centre = world.app.reference().main_centre().unwrap().agency;
    let agency = world.app.reference().agency(centre).unwrap().identifier.clone();
    let clerk = world.officer("lan.nt", &agency, &[Role::IntakeOfficer]).await;
    world.take_in(&clerk, "1.000080").await;
    assert!(undo(&world.app, &who, second).await.is_err(), "a dossier stands on it");
    assert_eq!(undo(&world.app, &who, first).await.unwrap(), 2, "nothing was taken in under the older ones");
    due(&world.app).await.unwrap();
    assert_eq!(name_of(&world, "1.000081"), None);
    assert_eq!(name_of(&world, "1.000080").as_deref(), Some("Khai sinh"));
}

/// Sixty real rows, cut short: 25 of the list, 10 answers, 25 parsed from text.
fn sample() -> Vec<String> {
    use std::io::Read;
    let mut text = String::new();
    let bytes = include_bytes!("../data/procedures-sample.jsonl.gz").as_slice();
    flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn cat_01_real_rows_of_all_three_shapes_are_taken_and_what_names_another_procedure_is_asked_about() {
    let world = World::sqlite();
    let rows = sample();
    let files = [&rows[..25], &rows[25..35], &rows[35..]].map(|part| part.join("\n"));
    let mut first = Vec::new();
    for (at, text) in files.iter().enumerate() {
        let (summary, lines) = import(&world, &format!("{at}.jsonl"), text.as_bytes());
        assert_eq!(summary.refused, 0, "{lines:?}");
        first.push((summary, lines));
    }
    // The text page of this code tells of another procedure than the national list does.
    let other = first[2].1.iter().find(|l| l.key == "1.014208").unwrap();
    assert!(matches!(&other.fate, Fate::Changed { what } if what[0].starts_with("Tên thủ tục")), "{other:?}");
    world.app.refresh().await.unwrap();
    let get = |code: &str| world.get(&format!("/api/v1/procedures/{code}")).send();
    let full = get("1.000080").await.expect(200).json();
    assert!(!full["variants"][0]["components"].as_array().unwrap().is_empty(), "the answer completed the short row");
    let parsed = get("1.000757").await.expect(200).json();
    let way =
        |channel: &str| parsed["ways"].as_array().unwrap().iter().find(|w| w["channel"] == channel).unwrap().clone();
    assert_eq!(way("counter")["limit"], json!({ "kind": "working_days", "n": 7 }));
    assert_eq!(way("counter")["fees"][0]["amount"], 70_000);
    let forms = parsed["variants"][0]["components"].as_array().unwrap().iter().filter_map(|c| c["form"].as_str());
    assert!(forms.clone().count() > 0 && forms.clone().all(|f| f.rsplit('.').next() == Some("doc")), "{parsed}");
    let papers = get("1.003650").await.expect(200).json();
    let counts = papers["variants"].as_array().unwrap().iter().flat_map(|v| v["components"].as_array().unwrap());
    assert!(counts.clone().count() > 0 && counts.clone().all(|c| c["originals"].as_u64().unwrap() <= 10));
    for (at, text) in files.iter().enumerate() {
        let (again, _) = import(&world, &format!("{at}.jsonl"), text.as_bytes());
        assert_eq!((again.taken + again.mended, again.changed), (0, first[at].0.changed), "file {at}: {again:?}");
    }
}
