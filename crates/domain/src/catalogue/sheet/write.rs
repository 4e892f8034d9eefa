//! A version as rows of the template.

use super::columns::{Part, column};
use super::{Row, cells};
use crate::catalogue::{ProcedureVersion, answers_text};

/// A cell of a workbook holds 32,767 characters of UTF-16; longer texts go on in the part [`Part::Rest`].
pub const LONGEST_CELL: usize = 32_000;

/// The rows of a version. `most` is the longest text of one cell, where there is such a thing.
pub fn rows(v: &ProcedureVersion, most: Option<usize>) -> Vec<Row> {
    let code = v.code.as_str();
    let mut out = vec![Row { part: Part::Procedure, cells: procedure(v) }];
    let mut put = |part: Part, cells: Vec<String>| {
        let cells = std::iter::once(code.to_owned()).chain(cells).collect();
        out.push(Row { part, cells });
    };
    for s in &v.steps {
        put(Part::Steps, vec![s.title.clone(), s.text.clone()]);
    }
    for c in &v.variants {
        let limit = c.limit.map(cells::limit).unwrap_or_default();
        put(Part::Variants, vec![c.id.clone(), c.name.clone(), limit, answers_text(&c.answers)]);
        for p in &c.components {
            let cells = vec![
                c.id.clone(),
                p.id.clone(),
                p.name.clone(),
                p.section.clone(),
                p.originals.to_string(),
                p.copies.to_string(),
                cells::yes(p.required),
                p.form.clone().unwrap_or_default(),
                p.form_file.clone().unwrap_or_default(),
                cells::yes(p.e_form),
            ];
            put(Part::Components, cells);
        }
    }
    for (at, w) in v.ways.iter().enumerate() {
        let number = (at + 1).to_string();
        let case = w.variant.clone().unwrap_or_default();
        put(Part::Ways, vec![number.clone(), cells::channel(w.channel), case, cells::limit(w.limit), w.note.clone()]);
        for f in &w.fees {
            let amount = f.amount.map(|a| a.to_string()).unwrap_or_default();
            let from = cells::day(f.effective_from);
            let kind = cells::fee_kind(f.kind);
            put(Part::Fees, vec![number.clone(), kind, amount, f.text.clone(), f.basis.clone(), from]);
        }
    }
    for b in &v.legal_bases {
        put(Part::LegalBases, vec![b.number.clone(), b.name.clone()]);
    }
    for r in &v.results {
        put(Part::Results, vec![r.code.clone(), r.name.clone()]);
    }
    if let Some(most) = most {
        cut(&mut out, code, most);
    }
    out
}

fn procedure(v: &ProcedureVersion) -> Vec<String> {
    let (f, p) = (&v.flags, &v.publication);
    vec![
        v.code.to_string(),
        v.name.clone(),
        v.field.code.clone(),
        v.field.name.clone(),
        cells::levels(&v.levels),
        cells::departments(&v.executing),
        cells::departments(&v.participating),
        v.applicants.join("\n"),
        v.sets.to_string(),
        v.conditions.clone(),
        cells::online(v.online_level),
        cells::yes(f.same_day),
        cells::yes(f.on_the_spot),
        f.delegated_by.clone().unwrap_or_default(),
        cells::yes(f.post_intake),
        cells::yes(f.second_seal),
        cells::yes(f.returned_by_agency),
        cells::yes(f.anywhere),
        f.supplement_window_working_days.map(|days| days.to_string()).unwrap_or_default(),
        f.handled_elsewhere.clone().unwrap_or_default(),
        p.number.clone(),
        p.issuer.clone(),
        cells::day(p.date),
        cells::kind(p.kind),
        cells::day(p.effective_from),
        p.replaced_by.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// Moves what is too long for a cell into rows of its own.
fn cut(rows: &mut Vec<Row>, code: &str, most: usize) {
    let mut rest = Vec::new();
    for part in Part::ALL {
        for (nth, row) in rows.iter_mut().filter(|r| r.part == part).enumerate() {
            for (name, cell) in part.columns().iter().zip(&mut row.cells) {
                let letters: Vec<char> = cell.chars().collect();
                let mut pieces = letters.chunks(most).map(|p| p.iter().collect::<String>());
                let head = pieces.next().unwrap_or_default();
                for text in pieces {
                    let cells = [code, part.title(), &(nth + 1).to_string(), name, &text].map(str::to_owned).to_vec();
                    rest.push(Row { part: Part::Rest, cells });
                }
                *cell = head;
            }
        }
    }
    debug_assert_eq!(Part::Rest.columns().last(), Some(&column::TEXT), "the text stands last");
    rows.append(&mut rest);
}
