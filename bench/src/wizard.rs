//! How long citizens wait at each step of the wizard: at most 20 ms of the server's time, 95 of 100.

use crate::{
    Fault,
    client::{Ask, Client, Said},
    fixture::command,
    process::Server,
    search, table,
};
use clap::Args;
use platform::clock::Stopwatch;
use std::path::PathBuf;

#[derive(Args)]
pub struct Plan {
    /// The product's binary, built with `--release`.
    #[arg(long)]
    motcua: PathBuf,
    /// Dossiers in the data base.
    #[arg(long, default_value_t = 20_000)]
    dossiers: u32,
    /// Answers to each kind of question.
    #[arg(long, default_value_t = 1_000)]
    answers: usize,
}

/// Where citizens hand in on the province's portal, and a procedure that has an e-form there.
const PROFILE: &str = "dong-nai";
const PROCEDURE: &str = "1.010041";
/// Citizens who walk at the same time, each with a draft and an address of their own.
const CITIZENS: usize = 20;
/// Answers that nobody counts.
const WARM: usize = 40;

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=bench";
/// The page of who asks, as its form sends it.
const PERSON: &str = "applicant.kind=citizen&applicant.name=Nguy%E1%BB%85n+Th%E1%BB%8B+M%E1%BA%ABu\
    &applicant.identity=075190004567&applicant.phone=0912345678&applicant.address=S%E1%BB%91+5%2C+Tr%E1%BA%A5n+Bi%C3%AAn";

/// Somebody on the way.
struct Citizen {
    client: Client,
    cookie: String,
    /// `/ban-nhap/ID`.
    draft: String,
}

/// One kind of question: what it is called, its address behind the draft, what is sent, which answers are right.
struct Step {
    name: &'static str,
    page: &'static str,
    sent: Option<(&'static str, String)>,
    right: &'static [u16],
}

pub async fn run(plan: &Plan) -> Result<(), Fault> {
    let room = tempfile::tempdir()?;
    let data = room.path().join("data");
    eprintln!("filling with {} dossiers …", plan.dossiers);
    let program = plan.motcua.as_os_str();
    command(program, &data, &[], &["migrate", "--profile", PROFILE])?;
    command(program, &data, &[], &["demo", "--dossiers", &plan.dossiers.to_string(), "--seed", "1"])?;
    let server = search::serve(&plan.motcua, &data).await?;
    let mut citizens = Vec::with_capacity(CITIZENS);
    for n in 0..CITIZENS {
        citizens.push(Citizen::begin(&server, n).await?);
    }
    table::head();
    for step in steps() {
        measure(&server, &mut citizens, &step, plan.answers).await?;
    }
    println!("private memory: {} MiB", server.private_kib()? / 1024);
    Ok(())
}

fn steps() -> Vec<Step> {
    let page = |name, page| Step { name, page, sent: None, right: &[200] };
    let typed = |act: &str| (FORM, format!("{PERSON}&act={act}"));
    vec![
        page("the list of tasks", "cac-buoc"),
        page("a page of questions", "nguoi-nop"),
        Step { name: "a page of questions, saved", page: "nguoi-nop", sent: Some(typed("next")), right: &[303] },
        Step { name: "kept by itself", page: "nguoi-nop", sent: Some(typed("draft")), right: &[204] },
        page("the e-form", "to-khai"),
        // Not everything is filled in: it is judged whole, and shown again with what is missing.
        Step { name: "the e-form, judged", page: "to-khai", sent: Some((PARTS, parts("next"))), right: &[303, 422] },
        Step {
            name: "the e-form, kept by itself",
            page: "to-khai",
            sent: Some((PARTS, parts("draft"))),
            right: &[204],
        },
        page("the papers", "giay-to"),
        page("how the result is wanted", "nhan-ket-qua"),
        page("everything once more", "kiem-tra"),
    ]
}

/// Some answers of the e-form as a browser sends a form that may hold files.
fn parts(act: &str) -> String {
    let fields = [
        ("to_khai.ho_ten", "Nguyễn Thị Mẫu"),
        ("to_khai.dinh_danh", "075190004567"),
        ("to_khai.ngay_sinh", "14/03/1990"),
        ("to_khai.muc_dich", "Bổ sung hồ sơ vay vốn"),
        ("act", act),
    ];
    let part = |(name, value): &(&str, &str)| {
        format!("--bench\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    fields.iter().map(part).collect::<String>() + "--bench--\r\n"
}

async fn measure(server: &Server, citizens: &mut [Citizen], step: &Step, answers: usize) -> Result<(), Fault> {
    let mut times = Vec::with_capacity(answers);
    let mut begun = server.cpu_ms()?;
    for n in 0..WARM + answers {
        if n == WARM {
            begun = server.cpu_ms()?;
        }
        let citizen = &mut citizens[n % CITIZENS];
        let path = format!("{}/{}", citizen.draft, step.page);
        let watch = Stopwatch::start();
        let said = citizen.ask(&path, step.sent.as_ref().map(|(kind, body)| (*kind, body.as_str()))).await?;
        if !step.right.contains(&said.status) {
            return Err(format!("{path}: {} {}", said.status, said.body).into());
        }
        if n >= WARM {
            times.push(watch.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let cpu = (server.cpu_ms()? - begun) / f64::from(u32::try_from(answers)?);
    table::line(step.name, times, cpu);
    Ok(())
}

impl Citizen {
    /// Enters as the demo lets anybody in, opens a draft and goes as far as who asks.
    async fn begin(server: &Server, n: usize) -> Result<Self, Fault> {
        let client = Client::connect_from(n, &server.address).await?;
        let mut me = Self { client, cookie: String::new(), draft: String::new() };
        let said = me.ask("/cong-dan/dang-nhap", Some((FORM, &format!("lien_he=0912{n:06}")))).await?;
        let cookie = said.header("set-cookie").and_then(|c| c.split(';').next());
        me.cookie = cookie.ok_or_else(|| format!("not let in: {} {}", said.status, said.body))?.to_owned();
        let start = format!("/nop-ho-so/{PROCEDURE}");
        let said = me.ask(&start, Some((FORM, &format!("once=bench-{n}")))).await?;
        let draft = said.header("location").filter(|to| to.starts_with("/ban-nhap/"));
        me.draft = draft.ok_or_else(|| format!("{start}: {} {}", said.status, said.body))?.to_owned();
        let case = format!("{}/truong-hop", me.draft);
        let page = me.ask(&case, None).await?.body;
        let variant = between(&page, "name=\"variant\" value=\"").unwrap_or_default();
        // Where there is nothing to choose, nothing is sent.
        let agency = page.split("<select").nth(1).and_then(|s| between(s, "<option value=\"H"));
        let agency = agency.map(|rest| format!("H{rest}")).unwrap_or_default();
        me.send(&case, &format!("variant={variant}&agency={agency}&act=next")).await?;
        let who = format!("{}/nguoi-nop", me.draft);
        me.send(&who, &format!("{PERSON}&act=next")).await?;
        Ok(me)
    }

    /// Sends a page that is right.
    async fn send(&mut self, path: &str, body: &str) -> Result<(), Fault> {
        let said = self.ask(path, Some((FORM, body))).await?;
        if said.status == 303 { Ok(()) } else { Err(format!("{path}: {} {}", said.status, said.body).into()) }
    }

    async fn ask(&mut self, path: &str, sent: Option<(&str, &str)>) -> Result<Said, Fault> {
        let cookie = &self.cookie;
        let Some((kind, body)) = sent else {
            return self
                .client
                .ask(&Ask(format!("GET {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n")))
                .await;
        };
        let ask = Ask(format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ));
        self.client.ask(&ask).await
    }
}

/// What stands behind these words, up to the next quotation mark.
fn between<'a>(page: &'a str, begin: &str) -> Option<&'a str> {
    page.split_once(begin)?.1.split('"').next()
}
