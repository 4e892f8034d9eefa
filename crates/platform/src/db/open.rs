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
            readers: if many { 8 } else { 2 },
            connections: if many { 16 } else { 4 },
            most_waiting: 4096,
            max_pages: None,
        }
    }
}
