-- An officer's keys, newest first.
CREATE INDEX api_keys_officer ON api_keys (officer_id, id);
-- Wrong guesses that a restart must not forget and that every process counts together. The key is a digest under the
-- installation's secret: no address, no login and no dossier stands here.
CREATE TABLE wrong_guesses (
    guard TEXT NOT NULL,
    digest TEXT NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (guard, digest)
);
CREATE INDEX wrong_guesses_last ON wrong_guesses (last_at);
