-- Sessions, keys and the trace of administration (ADM-01, ADM-03, SEC-01).
CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    second_factor BOOLEAN NOT NULL
);
CREATE INDEX sessions_officer ON sessions (officer_id);
CREATE TABLE api_keys (
    id BIGINT PRIMARY KEY,
    digest TEXT NOT NULL,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    CONSTRAINT api_keys_digest UNIQUE (digest)
);
-- Who changed which account, agency or list; written in the unit that makes the change.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    officer_id BIGINT,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, id);
