//! INT-01 online, SEC: what comes in for a paper is distrusted, photographs become one file, a large file survives a broken line.

use crate::{
    call::Answer,
    desk::{PDF, multipart, pairs},
    online::{Home, Open, home, home_on},
    world::World,
};
use image::{ImageFormat, Rgb, RgbImage};
use std::{
    io::Cursor,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const ENGINES: [Open; 2] =
    [|profile, change| World::sqlite_with(profile, change), |profile, change| World::postgres_of(profile, change)];
const PIECE: usize = 1024 * 1024;

/// A draft with its case chosen: the address of its papers and the first of them.
async fn papers(h: &Home, session: &str) -> (String, String) {
    let draft = h.open(session).await;
    let (case, papers) = h.required();
    h.send(session, &format!("{draft}/truong-hop"), &[("variant", &case), ("agency", &h.agency)]).await.expect(303);
    (format!("{draft}/giay-to"), papers[0].clone())
}

async fn hand(
    h: &Home,
    session: &str,
    at: &str,
    paper: &str,
    texts: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    let field = format!("tep.{paper}");
    let files: Vec<(&str, &str, &[u8])> = files.iter().map(|(name, bytes)| (field.as_str(), *name, *bytes)).collect();
    multipart(h.w.post(at).cookie(session), &pairs(texts), &files).send().await
}

fn photo(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let mut jpeg = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([shade, 80, 80])).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    jpeg.into_inner()
}

/// A stand-in for `clamd` that finds whatever holds the word; the number of files that it saw.
async fn scanner() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((mut line, _)) = listener.accept().await {
            count.fetch_add(1, SeqCst);
            tokio::spawn(async move {
                let mut word = [0; 10];
                line.read_exact(&mut word).await.unwrap();
                assert_eq!(&word, b"zINSTREAM\0");
                let mut all = Vec::new();
                loop {
                    let length = line.read_u32().await.unwrap();
                    if length == 0 {
                        break;
                    }
                    let mut piece = vec![0; length as usize];
                    line.read_exact(&mut piece).await.unwrap();
                    all.extend(piece);
                }
                let found = all.windows(6).any(|w| w == b"VI-RUT");
                let said: &[u8] = if found { b"stream: Thu-Nghiem FOUND\0" } else { b"stream: OK\0" };
                line.write_all(said).await.unwrap();
            });
        }
    });
    (address, seen)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_nasty_file_is_refused_at_once_with_the_way_to_mend_it() {
    let h = home_on(ENGINES[0], |config| config.uploads.max_bytes = 100_000).await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    let locked = String::from_utf8_lossy(PDF).replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 9 0 R");
    let script =
        String::from_utf8_lossy(PDF).replace("/Type/Catalog", "/Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>");
    let large = [PDF, &vec![b' '; 100_000]].concat();
    let cases: [(&str, &[u8], &str); 9] = [
        ("rong.pdf", b"", "tệp rỗng. Xin quét hoặc chọn lại."),
        ("cut.pdf", &PDF[..PDF.len() - 7], "tệp bị cụt phần cuối"),
        ("khoa.pdf", locked.as_bytes(), "chọn In rồi Lưu thành PDF"),
        ("ma.pdf", script.as_bytes(), "tệp có mã lệnh tự chạy khi mở"),
        ("anh.jpg", PDF, "bên trong là tệp PDF. Xin đổi đuôi tên thành .pdf"),
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0", "Tương thích nhất"),
        ("nen.pdf", b"Rar!\x1a\x07", "Xin gửi từng tệp"),
        ("trang.pdf", b"<html><script>", "Xin gửi bản PDF"),
        ("lon.pdf", &large, "tệp lớn hơn 100 kB"),
    ];
    for (name, bytes, words) in cases {
        let refused = hand(&h, &session, &at, &paper, &[], &[(name, bytes)]).await.expect(422);
        assert!(refused.text().contains(words), "{name}: {words}: {}", refused.text());
        assert!(refused.text().contains(&format!("{name}: ")), "{name} is named");
    }
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(!page.text().contains("SHA-256"), "nothing of it stayed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_infected_file_is_refused_and_without_the_scanner_nothing_comes_in() {
    let (address, seen) = scanner().await;
    let h = home_on(ENGINES[0], move |config| config.uploads.clamd = Some(address)).await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    let sick = [PDF, b"VI-RUT\n%%EOF"].concat();
    let refused = hand(&h, &session, &at, &paper, &[], &[("don.pdf", &sick)]).await.expect(422);
    assert!(refused.text().contains("tệp có vi-rút"), "{}", refused.text());
    hand(&h, &session, &at, &paper, &[], &[("don.pdf", PDF)]).await.expect(303);
    assert_eq!(seen.load(SeqCst), 2);

    let h = home_on(ENGINES[0], |config| config.uploads.clamd = Some("127.0.0.1:1".into())).await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    hand(&h, &session, &at, &paper, &[], &[("don.pdf", PDF)]).await.expect(503);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_photographs_of_one_paper_become_one_pdf_unless_they_are_kept_apart() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    let (first, second) = (photo(60, 80, 250), photo(80, 60, 10));
    let files: [(&str, &[u8]); 3] = [("trang 1.jpg", &first), ("don.pdf", PDF), ("trang 2.jpg", &second)];
    hand(&h, &session, &at, &paper, &[], &files).await.expect(303);
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    let text = page.text();
    assert!(text.contains("trang 1.pdf") && text.contains("2 trang") && text.contains("don.pdf"), "{text}");
    assert!(!text.contains("trang 2"), "the second is a page of the first");
    assert!(text.contains("SHA-256"), "a receipt of what came");

    hand(&h, &session, &at, &paper, &[("rieng", &paper)], &[("chân dung.jpg", &first)]).await.expect(303);
    let page = h.w.get(&at).cookie(&session).send().await.expect(200);
    assert!(page.text().contains("chân dung.jpg"), "{}", page.text());

    let broken = [&first[..first.len() / 2], b"\xff\xd9"].concat();
    let broken = [&broken[..4], b"\0\0\0\0\0\0\0\0", &broken[12..]].concat();
    let refused = hand(&h, &session, &at, &paper, &[], &[("nat.jpg", &broken)]).await.expect(422);
    assert!(refused.text().contains("nat.jpg"), "{}", refused.text());
}

struct Sender<'a> {
    h: &'a Home,
    session: String,
    at: String,
    paper: String,
}

fn hash(bytes: &[u8]) -> String {
    domain::hex(&<sha2::Sha256 as sha2::Digest>::digest(bytes))
}

impl Sender<'_> {
    async fn begin(&self, name: &str, bytes: &[u8]) -> Answer {
        let at = self.at.replace("/giay-to", "/tai-len");
        let (size, mark) = (bytes.len().to_string(), hash(name.as_bytes()));
        let form = [("giay", self.paper.as_str()), ("ten", name), ("co", &size), ("dau", &mark)];
        self.h.w.post(&at).cookie(&self.session).form(&form).send().await
    }
    async fn piece(&self, id: &str, at: usize, bytes: &[u8], said: &str) -> Answer {
        let call = self.h.w.call("PUT", &format!("/tai-len/{id}?tu={at}")).cookie(&self.session);
        call.header("piece-sha256", said).bytes("application/octet-stream", bytes.to_vec()).send().await
    }
    async fn rest(&self, id: &str, from: usize, bytes: &[u8]) -> Answer {
        let mut at = from;
        loop {
            let piece = &bytes[at..bytes.len().min(at + PIECE)];
            let answer = self.piece(id, at, piece, &hash(piece)).await;
            at += piece.len();
            if at >= bytes.len() || answer.status != 200 {
                return answer;
            }
        }
    }
}

/// A PDF of about three pieces.
fn large() -> Vec<u8> {
    let filling: Vec<u8> = (0..2 * PIECE + 5_000).map(|i| b'a' + u8::try_from(i % 23).unwrap()).collect();
    let (head, tail) = PDF.split_at(PDF.len() - 30);
    [head, b"\n%", &filling, b"\n", tail].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_file_comes_in_pieces_and_goes_on_after_a_broken_line_and_a_restart() {
    for open in ENGINES {
        let h = home_on(open, |_| {}).await;
        let session = h.enter("0912345678").await;
        let (at, paper) = papers(&h, &session).await;
        let s = Sender { h: &h, session, at, paper };
        let file = large();
        let begun = s.begin("ban-do.pdf", &file).await.expect(200).json();
        let id = begun["id"].as_str().unwrap().to_owned();
        assert_eq!((begun["offset"].as_i64(), begun["done"].as_bool()), (Some(0), Some(false)));
        let first = &file[..PIECE];
        let broken = s.piece(&id, 0, first, &hash(b"something else")).await.expect(400).json();
        assert_eq!(broken["offset"], 0, "a piece that came broken changes nothing");
        s.piece(&id, 0, &first[..100], &hash(&first[..100])).await.expect(409);
        let one = s.piece(&id, 0, first, &hash(first)).await.expect(200).json();
        assert_eq!(one["offset"], PIECE);
        let again = s.piece(&id, 0, first, &hash(first)).await.expect(409).json();
        assert_eq!(again["offset"], PIECE, "the answer was lost on its way; the piece is not taken twice");
        let page = h.w.get(&s.at).cookie(&s.session).send().await.expect(200);
        assert!(page.text().contains("Gửi dở: ban-do.pdf"), "{}", page.text());

        // The server starts again, the page is loaded again: the same file is known by its mark.
        let later = h.w.another_process(1_000);
        let told = later.get(&format!("/tai-len/{id}")).cookie(&s.session).send().await.expect(200).json();
        assert_eq!(told["offset"], PIECE);
        let begun = s.begin("ban-do.pdf", &file).await.expect(200).json();
        assert_eq!((begun["id"].as_str(), begun["offset"].as_u64()), (Some(id.as_str()), Some(PIECE as u64)));
        let done = s.rest(&id, PIECE, &file).await.expect(200).json();
        assert_eq!(done["done"], true);
        let page = h.w.get(&s.at).cookie(&s.session).send().await.expect(200);
        assert!(page.text().contains(&hash(&file)) && !page.text().contains("Gửi dở"), "{}", page.text());
        assert_eq!(s.begin("ban-do.pdf", &file).await.expect(200).json()["done"], true, "sent again it is there");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_pieces_is_looked_into_like_any_other_and_belongs_to_who_began_it() {
    let h = home().await;
    let (session, other) = (h.enter("0912345678").await, h.enter("0987654321").await);
    let (at, paper) = papers(&h, &session).await;
    let s = Sender { h: &h, session, at, paper };
    let id = |begun: &Answer| begun.json()["id"].as_str().unwrap().to_owned();

    let text = vec![b'x'; 1_200_000];
    let begun = s.begin("chu.pdf", &text).await.expect(200);
    let refused = s.rest(&id(&begun), 0, &text).await.expect(422).json();
    assert!(refused["message"].as_str().unwrap().contains("không nhận loại tệp này"), "{refused}");
    s.piece(&id(&begun), 0, &text[..PIECE], "").await.expect(404);

    let begun = s.begin("ban-do.pdf", &large()).await.expect(200);
    for method in ["GET", "PUT"] {
        let call = h.w.call(method, &format!("/tai-len/{}?tu=0", id(&begun))).cookie(&other);
        call.bytes("application/octet-stream", "x").send().await.expect(404);
    }
    let theirs = Sender { h: &h, session: other, at: s.at.clone(), paper: s.paper.clone() };
    theirs.begin("ban-do.pdf", &large()).await.expect(404);
    let elsewhere = Sender { h: &h, session: s.session.clone(), at: s.at.clone(), paper: "khong-co".into() };
    elsewhere.begin("ban-do.pdf", &large()).await.expect(404);
    let empty = s.begin("rong.pdf", b"").await.expect(422).json();
    assert!(empty["message"].as_str().unwrap().contains("tệp rỗng"), "{empty}");
}

/// Photographs sent in pieces wait for their form, which puts them together in the order it names.
#[tokio::test(flavor = "multi_thread")]
async fn photographs_sent_in_pieces_are_put_together_by_their_form() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    let s = Sender { h: &h, session, at, paper };
    let mut ids = Vec::new();
    for (name, shade) in [("hai.jpg", 10), ("mot.jpg", 250)] {
        let picture = photo(50, 70, shade);
        let begun = s.begin(name, &picture).await.expect(200).json();
        let id = begun["id"].as_str().unwrap().to_owned();
        assert_eq!(s.rest(&id, 0, &picture).await.expect(200).json()["done"], true);
        ids.push(id);
    }
    let page = h.w.get(&s.at).cookie(&s.session).send().await.expect(200);
    assert!(!page.text().contains("mot.pdf"));
    let field = format!("gui.{}", s.paper);
    let named = [(field.as_str(), ids[1].as_str()), (field.as_str(), ids[0].as_str())];
    hand(&h, &s.session, &s.at, &s.paper, &named, &[]).await.expect(303);
    let page = h.w.get(&s.at).cookie(&s.session).send().await.expect(200);
    assert!(page.text().contains("mot.pdf") && page.text().contains("2 trang"), "{}", page.text());
}

/// The profile says for how long parts wait: 72 hours.
#[tokio::test(flavor = "multi_thread")]
async fn parts_that_nobody_goes_on_with_are_swept_after_the_time_of_the_profile() {
    let h = home().await;
    let session = h.enter("0912345678").await;
    let (at, paper) = papers(&h, &session).await;
    let s = Sender { h: &h, session, at, paper };
    let file = large();
    let begun = s.begin("ban-do.pdf", &file).await.expect(200).json();
    let id = begun["id"].as_str().unwrap();
    s.piece(id, 0, &file[..PIECE], &hash(&file[..PIECE])).await.expect(200);
    let rows =
        |w: &World| w.app.db.read_blocking(|q| motcua::online::upload::store::stale(q, i64::MAX, 10)).unwrap().len();
    h.w.app.machine.advance(71 * 3_600_000);
    motcua::online::sweep(&h.w.app).await.unwrap();
    assert_eq!(rows(&h.w), 1);
    h.w.app.machine.advance(3_600_000 + 1);
    motcua::online::sweep(&h.w.app).await.unwrap();
    assert_eq!(rows(&h.w), 0);
}
