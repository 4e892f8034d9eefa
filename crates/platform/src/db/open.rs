//! How a data base is opened.

/// What the process means to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The server or a worker: reads and writes for many callers.
    Serve,
    /// A command such as `migrate` or `import`: reads and writes for one.
    Tool,
    /// A command that makes what nobody relies on before it ends, such as a demo: on SQLite what it wrote reaches the disc at its end,
    /// together. A process that is killed leaves whole units behind; a computer that loses its power may leave a broken file.
    Fill,
    /// A command that only looks; on SQLite it may run beside the writer.
    ReadOnly,
}

/// Sizes; start from [`Options::new`].
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What the process means to do.
    pub mode: Mode,
    /// SQLite: connections that read.
    pub readers: usize,
    /// PostgreSQL: connections that read and write.
    pub connections: usize,
    /// Callers that may wait in one line before the next is refused with [`DbError::Busy`](super::DbError::Busy).
    pub most_waiting: usize,
    /// SQLite: the file may not grow beyond so many pages of 4 KiB.
    pub max_pages: Option<u32>,
}

impl Options {
    /// Sizes that suit `mode`.
    pub fn new(mode: Mode) -> Self {
        let many = mode == Mode::Serve;
        Self {
            mode,
            readers: if many { at_once() } else { 2 },
            connections: if many { 16 } else { 4 },
            most_waiting: 4096,
            max_pages: None,
        }
    }
}

/// Readers of a server: one that waits for the disc holds up no other. No more of them than that, because each keeps a cache and
/// some hundred prepared statements.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(4, |cores| (2 * cores.get()).clamp(4, 16))
}
