-- What the platform itself keeps.

-- Answers to commands that came with a key, so that a repeated request is answered and not done twice.
-- status 0: claimed by the unit that is running; nobody else ever sees it.
CREATE TABLE idempotency (
    principal TEXT NOT NULL,
    key TEXT NOT NULL,
    command_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal, key)
);
CREATE INDEX idempotency_created_at ON idempotency (created_at);

-- Who makes ids with which node number, and up to which logical millisecond.
CREATE TABLE node_leases (
    node BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- The health page's real write.
CREATE TABLE write_probe (
    id BIGINT PRIMARY KEY,
    beat BIGINT NOT NULL
);
