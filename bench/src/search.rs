//! How long citizens wait for a search and for a procedure's page over a whole catalogue (CAT-01): at most 5 ms, 95 of 100.

use crate::{
    Fault,
    client::{Ask, Client},
    long::{self, Plan},
    process::Server,
    table,
};
use platform::clock::Stopwatch;
use std::{ffi::OsStr, fmt::Write, path::Path};

/// Answers to each kind of question, after a few that nobody counts.
const ANSWERS: usize = 1_000;
const WARM: usize = 50;
/// Questions from one address before it becomes another's turn: whoever asks too fast is slowed down.
const FROM_ONE: usize = 20;

/// As people type: with, without and with wrong marks, abbreviations, codes, words that nothing has.
const WORDS: [&str; 12] = [
    "đăng ký khai sinh",
    "dang ky ket hon",
    "giấy phép xây dựng",
    "gpxd",
    "so do",
    "cap lai the bao hiem y te",
    "hộ kinh doanh",
    "xác nhận tình trạng hôn nhân",
    "đang kí thuờng trú",
    "lay vo",
    "1.00",
    "trợ cấp người có công thân nhân liệt sĩ",
];

pub async fn run(plan: &Plan) -> Result<(), Fault> {
    let room = tempfile::tempdir()?;
    let data = long::import(plan, room.path())?;
    let server = serve(&plan.motcua, &data).await?;
    let words = |path: &str| WORDS.map(|w| format!("{path}{}", encoded(w))).to_vec();
    let letters = "ĐCTHGBXN".chars().map(|c| format!("/thu-tuc?chu={}", encoded(&c.to_string())));
    let pages = (0..ANSWERS).map(|n| format!("/thu-tuc/7.{:06}", 100_000 + n * 37 % plan.procedures));
    table::head();
    for (what, asks) in [
        ("suggestions while typing", words("/thu-tuc/goi-y?q=")),
        ("search", words("/thu-tuc?q=")),
        ("search in one field's list", words("/thu-tuc?cap=commune&q=")),
        ("a letter", letters.collect()),
        ("the first page of all", vec!["/thu-tuc".to_owned()]),
        ("a procedure's page", pages.collect()),
    ] {
        measure(&server, what, &asks).await?;
    }
    println!("private memory: {} MiB", server.private_kib()? / 1024);
    Ok(())
}

/// Serves this folder on free ports.
pub async fn serve(motcua: &Path, data: &Path) -> Result<Server, Fault> {
    let data = data.to_str().ok_or("path")?;
    let arguments = ["--data", data, "serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"];
    let arguments: Vec<&OsStr> = arguments.iter().map(OsStr::new).collect();
    Server::start(motcua.as_os_str(), &arguments).await
}

async fn measure(server: &Server, what: &str, asks: &[String]) -> Result<(), Fault> {
    let mut times = Vec::with_capacity(ANSWERS);
    let mut client = Client::connect(&server.address).await?;
    let mut begun = server.cpu_ms()?;
    for (n, path) in asks.iter().cycle().take(WARM + ANSWERS).enumerate() {
        if n % FROM_ONE == 0 {
            client = Client::connect_from(n / FROM_ONE, &server.address).await?;
        }
        if n == WARM {
            begun = server.cpu_ms()?;
        }
        let watch = Stopwatch::start();
        let said = client.ask(&Ask(format!("GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n"))).await?;
        if said.status != 200 {
            return Err(format!("{path}: {}", said.status).into());
        }
        if n >= WARM {
            times.push(watch.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let cpu = (server.cpu_ms()? - begun) / f64::from(u32::try_from(ANSWERS)?);
    table::line(what, times, cpu);
    Ok(())
}

fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        // Writing into a text cannot fail.
        let _ = write!(out, "%{byte:02X}");
        out
    })
}
