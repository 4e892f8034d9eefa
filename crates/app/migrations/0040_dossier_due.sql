-- The deadlines that the clock owns: rows with a key of their own, fired once by any number of workers (CLK-07).
CREATE TABLE due_moments (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The system itself acts: something lapses or goes on.
    acts BOOLEAN NOT NULL,
    fires_at BIGINT NOT NULL,
    fired_at BIGINT,
    -- Fired long after its time: the service had been away.
    late BOOLEAN NOT NULL,
    CONSTRAINT due_moments_once UNIQUE (dossier_id, key)
);
CREATE INDEX due_moments_waiting ON due_moments (acts, fires_at, id) WHERE fired_at IS NULL;
-- Whom a deadline calls: the list "việc cần chú ý". A row is closed when what it spoke of has passed.
CREATE TABLE attentions (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    called TEXT NOT NULL,
    -- The officer, agency or centre; 0 for the province.
    target_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    late BOOLEAN NOT NULL,
    closed_at BIGINT,
    CONSTRAINT attentions_once UNIQUE (dossier_id, key, called)
);
CREATE INDEX attentions_open ON attentions (called, target_id, id) WHERE closed_at IS NULL;
-- The public list of overdue dossiers (CLK-08).
CREATE INDEX dossiers_running ON dossiers (due_key, id) WHERE status IN ('accepted', 'in_progress');
