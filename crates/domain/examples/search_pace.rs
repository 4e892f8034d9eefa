//! How long a search takes over 6,000 procedures: `cargo run --release -p domain --example search_pace`.
#![expect(clippy::disallowed_methods, reason = "it measures the machine's clock")]

use domain::catalogue::{
    ProcedureCode,
    search::{SearchIndex, Searchable, Synonym},
};
use flate2::read::GzDecoder;
use std::{error::Error, fs, io::Read, time::Instant};

/// A ministry's and a province's catalogue together.
const PROCEDURES: usize = 6_000;
const ROUNDS: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue/search/testdata");
    let mut names = String::new();
    GzDecoder::new(fs::File::open(format!("{folder}/names.csv.gz"))?).read_to_string(&mut names)?;
    let names: Vec<&str> = names.lines().skip(1).filter_map(|l| l.split_once(',').map(|(_, rest)| rest)).collect();
    let codes: Vec<ProcedureCode> = (0..PROCEDURES).map(|n| format!("7.{n:06}").parse()).collect::<Result<_, _>>()?;
    let synonyms = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/data/synonyms.csv"))?;
    let synonyms: Vec<_> =
        synonyms.lines().skip(1).filter_map(|l| l.split_once(',')).map(|(p, m)| Synonym::new(p, m)).collect();

    let begun = Instant::now();
    let all =
        codes.iter().zip(names.iter().cycle()).map(|(code, name)| Searchable { code, name, field: "Hộ tịch" });
    let index = SearchIndex::build(all, &synonyms);
    println!("index of {} procedures built in {:?}", index.len(), begun.elapsed());

    let questions = fs::read_to_string(format!("{folder}/questions.csv"))?;
    let questions: Vec<_> = questions.lines().skip(1).filter_map(|l| l.split(',').nth(1)).collect();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        for question in &questions {
            let begun = Instant::now();
            std::hint::black_box(index.search(question, 500));
            times.push((begun.elapsed(), *question));
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].0;
    println!("{} questions: median {:?}, 95 % within {:?}, 99 % within {:?}", times.len(), at(50), at(95), at(99));
    for (time, question) in times.iter().rev().take(3) {
        println!("slowest {time:?}: {question}");
    }
    Ok(())
}
