//! The figures of both, side by side.

use crate::load::{Act, Reached};

/// What one server reached in one act, over all rounds.
#[derive(Default)]
pub struct Figures {
    pub answers: f64,
    pub seconds: f64,
    pub cpu_ms: f64,
    /// Of the background thread meanwhile.
    pub background_ms: f64,
    /// Answers of all connections and of one.
    pub created: u64,
    /// Milliseconds at one connection.
    pub alone: Vec<f64>,
}

impl Figures {
    pub fn add(&mut self, reached: &Reached, cpu_ms: f64, background_ms: f64) {
        self.answers += f64::from(reached.answers);
        self.seconds += reached.seconds;
        self.cpu_ms += cpu_ms;
        self.background_ms += background_ms;
    }
    fn rate(&self) -> f64 {
        self.answers / self.seconds
    }
    fn cpu(&self) -> f64 {
        self.cpu_ms / self.answers
    }
    fn p50(&self) -> f64 {
        let mut sorted = self.alone.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }
}

/// A Markdown table: product, limit, ratio.
pub fn print(rows: &[(Act, Figures, Figures)], connections: usize) {
    println!("| | answers/s at {connections} | | | CPU ms an answer | | p50 ms at 1 | | |");
    println!("|---|---|---|---|---|---|---|---|---|");
    println!("| | product | limit | ratio | product | limit | product | limit | ratio |");
    for (act, product, limit) in rows {
        if !act.has_limit() {
            let (rate, cpu, p50) = (product.rate(), product.cpu(), product.p50());
            println!("| {} | {rate:.0} | – | – | {cpu:.3} | – | {p50:.2} | – | – |", act.words());
            continue;
        }
        println!(
            "| {} | {:.0} | {:.0} | {:.0} % | {:.3} | {:.3} | {:.2} | {:.2} | {:.2} |",
            act.words(),
            product.rate(),
            limit.rate(),
            100.0 * product.rate() / limit.rate(),
            product.cpu(),
            limit.cpu(),
            product.p50(),
            limit.p50(),
            product.p50() / limit.p50(),
        );
    }
    let (behind, seconds) =
        rows.iter().fold((0.0, 0.0), |(ms, s), (_, product, _)| (ms + product.background_ms, s + product.seconds));
    println!("\nbehind it, the product's background thread took {:.1} % of one core", behind / seconds / 10.0);
}

/// What [`line`] prints under.
pub fn head() {
    println!("{:<34} {:>8} {:>8} {:>8} {:>10}", "one connection", "p50 ms", "p95 ms", "p99 ms", "CPU ms");
}

/// The times of one kind of answer, in milliseconds, and the processor's share of each.
pub fn line(what: &str, mut times: Vec<f64>, cpu: f64) {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get((times.len() * percent / 100).min(times.len().saturating_sub(1)));
    let [p50, p95, p99] = [50, 95, 99].map(|percent| at(percent).copied().unwrap_or_default());
    println!("{what:<34} {p50:>8.2} {p95:>8.2} {p99:>8.2} {cpu:>10.3}");
}
