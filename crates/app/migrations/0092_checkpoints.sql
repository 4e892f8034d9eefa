-- Signed check-points over what was written (SEC-01): who cuts, changes or takes back history after one is found out.
CREATE TABLE checkpoints (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    -- What it covers, as it was signed.
    body TEXT NOT NULL,
    -- The signature of the one before, nothing for the first.
    before TEXT NOT NULL,
    -- Names the key without telling it.
    key_mark TEXT NOT NULL,
    signature TEXT NOT NULL
);
-- The ends of dossiers' chains that it covers: a dossier's version once.
CREATE TABLE checkpoint_heads (
    dossier_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    checkpoint BIGINT NOT NULL,
    head TEXT NOT NULL,
    PRIMARY KEY (dossier_id, version)
);
CREATE INDEX checkpoint_heads_checkpoint ON checkpoint_heads (checkpoint, dossier_id);
