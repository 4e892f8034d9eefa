-- A dossier's deadlines lie in one row. Each had a row and an entry in the order of time: seven of each for every dossier taken in,
-- where the next one is all that the clock looks for.
CREATE TABLE due_moments_by_dossier (
    dossier_id BIGINT PRIMARY KEY,
    -- What it waits for and what has fired, each `key@moment`, with `!` once it has fired, in between `;`.
    moments TEXT NOT NULL,
    -- The first of those that wait and remind somebody; absent when none does.
    reminds_at BIGINT,
    -- The first of those that wait and on which the system acts: something lapses or goes on.
    acts_at BIGINT,
    -- The last of those that wait.
    last_at BIGINT
);
INSERT INTO due_moments_by_dossier (dossier_id, moments, reminds_at, acts_at, last_at)
    SELECT dossier_id, string_agg(key || '@' || fires_at || CASE WHEN fired_at IS NULL THEN '' ELSE '!' END, ';'),
           MIN(CASE WHEN fired_at IS NULL AND NOT acts THEN fires_at END),
           MIN(CASE WHEN fired_at IS NULL AND acts THEN fires_at END),
           MAX(CASE WHEN fired_at IS NULL THEN fires_at END)
    FROM due_moments GROUP BY dossier_id;
DROP TABLE due_moments;
ALTER TABLE due_moments_by_dossier RENAME TO due_moments;
CREATE INDEX due_moments_reminding ON due_moments (reminds_at) WHERE reminds_at IS NOT NULL;
CREATE INDEX due_moments_acting ON due_moments (acts_at, dossier_id) WHERE acts_at IS NOT NULL;

-- An API key is known by the first sixteen digits of its hash: the answers kept under it name it in every row, twice.
UPDATE idempotency SET principal = SUBSTR(principal, 1, 20) WHERE principal LIKE 'key/%';
