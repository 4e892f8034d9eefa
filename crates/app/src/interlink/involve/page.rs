//! Give other agencies their parts: on paper one after the other, electronically all at once (ILK-01 … ILK-03, FLW-06).

use crate::{
    accounts::SignedIn,
    app::App,
    dossier::{Act, Step},
    error::AppError,
    http::{Form, Nav, Shell},
    interlink::{
        ask::page::places,
        input::{self, ChildrenInput, PartInput},
    },
};
use askama::Template;
use domain::dossier::{Command, CommandName};

#[derive(Template)]
#[template(path = "interlink/involve/page.html")]
pub struct Page {
    shell: Shell,
    act: Act,
    places: Vec<(String, String)>,
}

/// Rows of the form; more agencies than these take part in no procedure of the catalogue.
const ROWS: usize = 6;

impl Step for Page {
    const WHAT: CommandName = CommandName::Children;

    fn drafted(_app: &App, _me: &SignedIn, mut act: Act) -> Act {
        act.form = std::mem::take(&mut act.form).with("travel", "electronic");
        act
    }

    fn command(app: &App, _me: &SignedIn, act: &mut Act) -> Result<Command, AppError> {
        input::children(app, &typed(&act.form))
    }

    fn page(app: &App, me: &SignedIn, act: Act) -> Self {
        let shell = Shell::officer(app, me, Nav::Work, me.reader.lang.t("Chuyển cơ quan phối hợp"));
        Self { shell, act, places: places(app, me) }
    }
}

/// The rows down to the last that was filled in, so that the faults name the rows as they stand.
fn typed(form: &Form) -> ChildrenInput {
    let row = |n: usize| {
        let field = |name: &str| form.value(&format!("parts.{n}.{name}")).trim().to_owned();
        let needs = field("needs");
        PartInput {
            agency: field("agency"),
            outside: field("outside"),
            work: field("work"),
            due_at: field("due_at"),
            needs: needs.split([',', ' ']).filter_map(|n| n.trim().parse().ok()).collect(),
        }
    };
    let is_filled = |p: &PartInput| !(p.agency.is_empty() && p.outside.is_empty() && p.work.is_empty());
    let rows: Vec<_> = (1..=ROWS).map(row).collect();
    let last = rows.iter().rposition(is_filled).map_or(0, |at| at + 1);
    ChildrenInput { travel: form.value("travel").to_owned(), parts: rows.into_iter().take(last).collect() }
}

impl Page {
    /// The rows with the names of their fields.
    #[expect(clippy::unused_self, reason = "the template reaches it through the page")]
    fn rows(&self) -> Vec<Row> {
        let field = |n: usize, name: &str| format!("parts.{n}.{name}");
        let row = |n| Row {
            number: n,
            agency: field(n, "agency"),
            outside: field(n, "outside"),
            work: field(n, "work"),
            due_at: field(n, "due_at"),
            needs: field(n, "needs"),
        };
        (1..=ROWS).map(row).collect()
    }
}

struct Row {
    number: usize,
    agency: String,
    outside: String,
    work: String,
    due_at: String,
    needs: String,
}
