//! "Something moved": told to every open work list of this process, so that its counts are live without asking.

use tokio::sync::watch;

/// The state of the process as an open page sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// Counts up with every change of a dossier.
    On(u64),
    /// The process stops; open streams end, so that nobody has to wait for them.
    Over,
}

/// Clones share it.
#[derive(Clone, Debug)]
pub struct Pulse(watch::Sender<Beat>);

impl Default for Pulse {
    fn default() -> Self {
        Self(watch::Sender::new(Beat::On(0)))
    }
}

impl Pulse {
    /// A dossier changed.
    pub fn beat(&self) {
        self.0.send_modify(|now| {
            if let Beat::On(count) = now {
                *count += 1;
            }
        });
    }
    /// Ends every open stream.
    pub fn end(&self) {
        self.0.send_replace(Beat::Over);
    }
    /// For one open page.
    pub fn follow(&self) -> watch::Receiver<Beat> {
        self.0.subscribe()
    }
}
