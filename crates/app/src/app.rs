//! The running application: what every handler, worker and command shares.

use crate::{
    accounts::Keys,
    catalogue::Versions,
    dossier::{
        states::{Known, States},
        written::Written,
    },
    error::AppError,
    guessing::Guards,
    pulse::Pulse,
    reads::Book,
    reference::Reference,
};
use domain::{profile::Profile, time::Instant};
use platform::{
    background::Activity,
    blobs::Blobs,
    clock::{LegalClock, MachineClock},
    config::Config,
    db::Db,
    ids::IdMaker,
    password::Hasher,
    random::Random,
    secret_key::SecretKey,
    shutdown::Shutdown,
};
use std::{
    ops::Deref,
    sync::{Arc, PoisonError, RwLock},
};

/// A cheap handle; clones share everything.
#[derive(Clone)]
pub struct App(Arc<Parts>);

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

pub struct Parts {
    pub config: Config,
    pub profile: Arc<Profile>,
    pub db: Db,
    pub ids: IdMaker,
    /// What the law counts; settable in tests.
    pub legal: LegalClock,
    /// Sessions, one-time codes, leases, retries.
    pub machine: MachineClock,
    pub random: Random,
    pub blobs: Blobs,
    pub hasher: Hasher,
    pub secret: SecretKey,
    /// What slows guessing down.
    pub guards: Guards,
    /// Looks at personal data that are not in the store yet.
    pub reads: Arc<Book>,
    /// Holders of API keys, as they were last read.
    pub keys: Keys,
    /// The wish to stop; every loop hears it.
    pub shutdown: Arc<Shutdown>,
    /// Who waits for an answer now; background work steps aside for them.
    pub activity: Arc<Activity>,
    /// Tells open work lists that something moved.
    pub pulse: Pulse,
    /// Procedure versions by id, read once: they never change.
    pub versions: Versions,
    /// States of dossiers that lists asked for.
    pub states: States,
    /// What lists by API say of them to anybody.
    pub written: Known<Written>,
    /// Citizens are told of what happens; of a made-up past nobody is.
    pub tells: bool,
    reference: RwLock<Arc<Reference>>,
}

/// The parts that opening an application needs from outside.
pub struct Opening {
    pub config: Config,
    pub profile: Arc<Profile>,
    pub db: Db,
    pub legal: LegalClock,
    pub machine: MachineClock,
    pub random: Random,
}

impl App {
    /// Opens over a migrated data base.
    pub fn open(o: Opening) -> Result<Self, AppError> {
        let data = o.config.data.clone();
        let holder = format!("{}-{}", std::process::id(), o.random.hex(8));
        let ids = IdMaker::leased(&o.db, &holder, o.machine.clone())?;
        let secret = SecretKey::open_or_create(&data, &o.random).map_err(AppError::internal)?;
        let blobs = Blobs::open(&data, o.random.clone()).map_err(AppError::internal)?;
        let hasher = Hasher::new(o.config.sign_in.hashing, o.random.clone()).map_err(AppError::internal)?;
        let profile = Arc::clone(&o.profile);
        let guards = Guards::new(&o.config.guessing);
        let now = Instant::from_millis(o.legal.now());
        let reference = o.db.read_blocking(move |q| Reference::load(q, &profile, now))?;
        Ok(Self(Arc::new(Parts {
            config: o.config,
            profile: o.profile,
            db: o.db,
            ids,
            legal: o.legal,
            machine: o.machine,
            random: o.random,
            blobs,
            hasher,
            secret,
            guards,
            reads: Arc::default(),
            keys: Keys::default(),
            shutdown: Arc::new(Shutdown::new()),
            activity: Arc::default(),
            pulse: Pulse::default(),
            versions: Versions::following(&reference.heirs),
            states: States::default(),
            written: Known::default(),
            tells: true,
            reference: RwLock::new(Arc::new(reference)),
        })))
    }

    /// The same application with a legal clock and a randomness of its own: the demo lives through weeks while the server
    /// it runs in stays in the present.
    pub fn with_clock(&self, legal: LegalClock, random: Random) -> Result<Self, AppError> {
        let secret = SecretKey::open_or_create(&self.config.data, &random).map_err(AppError::internal)?;
        Ok(Self(Arc::new(Parts {
            config: self.config.clone(),
            profile: Arc::clone(&self.profile),
            db: self.db.clone(),
            ids: self.ids.clone(),
            legal,
            machine: self.machine.clone(),
            random,
            blobs: self.blobs.clone(),
            hasher: self.hasher.clone(),
            secret,
            guards: Guards::new(&self.config.guessing),
            reads: Arc::clone(&self.reads),
            keys: Keys::default(),
            shutdown: Arc::clone(&self.shutdown),
            activity: Arc::clone(&self.activity),
            pulse: self.pulse.clone(),
            versions: Versions::following(&self.reference().heirs),
            states: States::default(),
            written: Known::default(),
            tells: false,
            reference: RwLock::new(self.reference()),
        })))
    }

    /// The data base holds the made-up province: the welcome page may let a newcomer in.
    pub fn is_demo(&self) -> bool {
        self.reference().is_demo
    }

    /// The legal moment.
    pub fn now(&self) -> Instant {
        Instant::from_millis(self.legal.now())
    }

    /// Agencies, centres, officers' names, procedures and calendars as they stand.
    pub fn reference(&self) -> Arc<Reference> {
        Arc::clone(&self.reference.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the reference data again when another process or an administrator has changed it, or a new day has come.
    /// `schedule` calls it every second, and whoever changes it calls it at once.
    pub async fn refresh(&self) -> Result<(), AppError> {
        let (profile, before, now) = (Arc::clone(&self.profile), self.reference(), self.now());
        let newer = self
            .db
            .read(move |q| {
                let version = crate::settings::reference_version(q)?;
                if version == before.version && now.day() == before.day {
                    return Ok::<_, AppError>(None);
                }
                Reference::load_after(q, &profile, now, Some(&before)).map(Some)
            })
            .await?;
        if let Some(newer) = newer {
            let mut held = self.reference.write().unwrap_or_else(PoisonError::into_inner);
            // Of two refreshes at once the slower one may have read the older state.
            if newer.version >= held.version {
                self.versions.follow(&newer.heirs);
                *held = Arc::new(newer);
            }
        }
        Ok(())
    }

    /// A new identifier.
    pub fn id<T>(&self) -> Result<domain::id::Id<T>, AppError> {
        Ok(domain::id::Id::new(self.ids.next()?))
    }

    /// The address under which staff reach this system, without a slash at the end (ADM-04).
    pub fn staff_url(&self) -> String {
        self.config.public.staff_url.clone().unwrap_or_else(|| self.public_url())
    }

    /// The address under which citizens reach this system, without a slash at the end.
    pub fn public_url(&self) -> String {
        let own = || format!("http://{}", self.config.listen);
        self.config.public_url.clone().unwrap_or_else(own).trim_end_matches('/').to_owned()
    }
}
