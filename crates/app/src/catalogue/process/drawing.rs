//! The picture of a process as SVG, drawn on the server: readable without scripts, named for those who do not see it.

use super::words;
use crate::{messages::Lang, reference::Reference};
use askama::Template;
use domain::catalogue::{
    ProcedureVersion, Process, Step,
    process::{
        Fault,
        picture::{LANE_NAME, Node, Picture},
        working_time,
    },
};

/// Letters on one line of a box.
const LETTERS: usize = 22;
/// Letters on one line of a lane's name.
const LANE_LETTERS: usize = 19;
const LINE: i32 = 17;

/// What the picture shows beside the steps.
#[derive(Clone, Debug, Default)]
pub enum Position<'a> {
    /// Only the process.
    #[default]
    Plain,
    /// The faults that the lint found.
    Faults(&'a [Fault]),
    /// A dossier on its way: the keys of the steps behind it, and the one where it is.
    Dossier { done: Vec<String>, now: Option<String> },
}

#[derive(Template)]
#[template(path = "catalogue/process/drawing.html")]
pub struct Drawing {
    /// Tells the pictures on one page apart.
    id: String,
    lang: Lang,
    width: i32,
    height: i32,
    title: String,
    /// The steps in order, as a sentence.
    about: String,
    lanes: Vec<LaneView>,
    boxes: Vec<BoxView>,
    diamonds: Vec<String>,
    arrows: Vec<ArrowView>,
    begin: (i32, i32),
    end: (i32, i32),
}

struct LaneView {
    y: i32,
    height: i32,
    lines: Vec<(i32, String)>,
}

struct BoxView {
    x: i32,
    y: i32,
    w: i32,
    h: i32,
    /// `box`, `box box-fault`, `box box-done`, `box box-now`.
    class: &'static str,
    /// Said before the name: not by colour alone.
    mark: &'static str,
    lines: Vec<(i32, String)>,
    time: Option<String>,
}

struct ArrowView {
    points: String,
    label: Option<(i32, i32, String)>,
}

impl Drawing {
    pub fn of(
        id: impl Into<String>,
        process: &Process,
        position: &Position<'_>,
        procedure: Option<&ProcedureVersion>,
        reference: &Reference,
        lang: Lang,
        title: String,
    ) -> Self {
        let picture = Picture::of(process);
        let name = |s: &Step| lang.pick((&s.name_vi, &s.name_en)).to_owned();
        let about = process.steps.iter().enumerate().map(|(n, s)| format!("{}. {}", n + 1, name(s)));
        let band = |l: &domain::catalogue::process::picture::Lane| {
            let lines = wrapped(&words::place_of(&l.actor, reference, lang), LANE_LETTERS, 4);
            LaneView { y: l.y, height: l.height, lines: centred(lines, l.y + l.height / 2) }
        };
        let arrows = picture.arrows.iter().map(|a| {
            let points = a.points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" ");
            let label = a.way.as_ref().and_then(|(when, _)| {
                let (x, y) = *a.points.get(1)?;
                Some((x + 8, y - 6, words::condition(when, procedure, lang)))
            });
            ArrowView { points, label }
        });
        Self {
            id: id.into(),
            lang,
            width: picture.width,
            height: picture.height,
            about: about.collect::<Vec<_>>().join("; "),
            lanes: picture.lanes.iter().map(band).collect(),
            boxes: picture.boxes.iter().map(|b| box_view(*b, &process.steps[b.step], position, lang)).collect(),
            diamonds: picture.diamonds.iter().map(|d| diamond(*d)).collect(),
            arrows: arrows.collect(),
            begin: picture.begin.middle(),
            end: picture.end.middle(),
            title,
        }
    }
    /// The picture as it stands in a page; empty when it cannot be rendered, which the log says.
    pub fn svg(&self) -> String {
        self.render().unwrap_or_else(|e| {
            tracing::error!(why = %e, "picture of a process failed");
            String::new()
        })
    }
    #[expect(clippy::unused_self, reason = "templates call it on the page")]
    const fn lane_name(&self) -> i32 {
        LANE_NAME
    }
}

fn box_view(b: Node, step: &Step, position: &Position<'_>, lang: Lang) -> BoxView {
    let (class, mark) = look(step, position);
    let time = step.minutes.map(|m| {
        let (vi, en) = working_time(m);
        lang.pick((&vi, &en)).to_owned()
    });
    let lines = wrapped(lang.pick((&step.name_vi, &step.name_en)), LETTERS, 3);
    let middle = b.middle().1 - if time.is_some() { 9 } else { 0 };
    BoxView { x: b.x, y: b.y, w: b.w, h: b.h, class, mark, lines: centred(lines, middle), time }
}

fn look(step: &Step, position: &Position<'_>) -> (&'static str, &'static str) {
    match position {
        Position::Faults(faults) if faults.iter().any(|f| f.step.as_deref() == Some(&step.key)) => {
            ("box box-fault", "Có lỗi:")
        }
        Position::Dossier { now, .. } if now.as_deref() == Some(&step.key) => ("box box-now", "Đang ở bước:"),
        Position::Dossier { done, .. } if done.contains(&step.key) => ("box box-done", "Đã xong:"),
        _ => ("box", ""),
    }
}

fn diamond(d: Node) -> String {
    let (x, y) = d.middle();
    let half = d.w / 2;
    format!("{},{y} {x},{} {},{y} {x},{}", x - half, y - half, x + half, y + half)
}

/// Lines around a middle, each with its base line.
fn centred(lines: Vec<String>, middle: i32) -> Vec<(i32, String)> {
    let count = i32::try_from(lines.len()).unwrap_or(0);
    let first = middle - (count - 1) * LINE / 2 + 5;
    lines.into_iter().zip(0..).map(|(text, n)| (first + n * LINE, text)).collect()
}

/// Words on lines of at most so many letters; what does not fit ends in an ellipsis.
fn wrapped(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.chars().take(letters).collect()),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_broken_between_words_and_ends_in_an_ellipsis() {
        assert_eq!(wrapped("Vào số, đóng dấu, phát hành", 18, 3), ["Vào số, đóng dấu,", "phát hành"]);
        assert_eq!(wrapped("a b c d", 1, 3), ["a", "b", "c…"]);
        assert!(wrapped("  ", 10, 3).is_empty());
    }
}
