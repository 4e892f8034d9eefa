//! A printed slip in the hands of outside programs.

use documents::{Form, Paper, render};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A slip on disk; it goes with the test.
pub struct Printed {
    pub bytes: Vec<u8>,
    folder: TempDir,
}

impl Printed {
    pub fn of(form: &Form, paper: Paper) -> Self {
        let bytes = render(form, paper).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("slip.pdf"), &bytes).unwrap();
        Self { bytes, folder }
    }

    fn pdf(&self) -> PathBuf {
        self.folder.path().join("slip.pdf")
    }

    /// The words in reading order, one blank between them.
    pub fn text(&self) -> String {
        self.text_of("1", "-1")
    }

    /// The words in the order they were set: a table cell by cell.
    pub fn cell_by_cell(&self) -> String {
        words(&run(Command::new("pdftotext").arg("-raw").args([self.pdf(), PathBuf::from("-")]), "poppler-utils"))
    }

    /// The words of one page, counted from 1.
    pub fn page(&self, number: usize) -> String {
        self.text_of(&number.to_string(), &number.to_string())
    }

    fn text_of(&self, first: &str, last: &str) -> String {
        let pages: &[&str] = if last == "-1" { &[] } else { &["-f", first, "-l", last] };
        let out = run(Command::new("pdftotext").args(pages).args([self.pdf(), PathBuf::from("-")]), "poppler-utils");
        words(&out)
    }

    /// What `pdfinfo` says.
    pub fn info(&self) -> String {
        run(Command::new("pdfinfo").arg(self.pdf()), "poppler-utils")
    }

    pub fn pages(&self) -> usize {
        let info = self.info();
        let line = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
        line.trim().parse().unwrap()
    }

    /// What a scanner reads on the first page, one code a line, such as `QR-Code:https://…`.
    pub fn scanned(&self) -> String {
        let picture = self.folder.path().join("page");
        run(
            Command::new("pdftoppm")
                .args(["-r", "200", "-gray", "-f", "1", "-l", "1", "-singlefile", "-png"])
                .args([self.pdf(), picture]),
            "poppler-utils",
        );
        run(Command::new("zbarimg").arg("-q").arg(self.folder.path().join("page.png")), "zbar-tools")
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{200b}', "")
}

fn run(command: &mut Command, package: &str) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let out = command.output().unwrap_or_else(|e| panic!("{program} does not start ({e}): apt-get install {package}"));
    assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// What a form says on A4.
pub fn text(form: &Form) -> String {
    Printed::of(form, Paper::A4).text()
}

/// Each of these stands in the text.
pub fn assert_says(text: &str, sayings: &[&str]) {
    for saying in sayings {
        assert!(text.contains(saying), "{saying:?} is not in: {text}");
    }
}
