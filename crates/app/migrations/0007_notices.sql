-- The outbox: effects outside the data base, computed in the unit, done by the worker, each once per key.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- waiting, done, dead
    state TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    CONSTRAINT outbox_key UNIQUE (key)
);
CREATE INDEX outbox_due ON outbox (run_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
