-- Where an appointed visit takes place, with whom and about what (FLW-03, QN 6.4b): a place may be somebody's home, so it stands in
-- a row that can be erased and not in the chain of events.
CREATE TABLE dossier_visits (
    dossier_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    place TEXT NOT NULL,
    -- One a line: capacity or unit.
    participants TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (dossier_id, number)
);
-- Steps and agencies' shares are called before their time is over too (CLK-07), and so are visits without minutes.
INSERT INTO due_moments_owed (dossier_id)
    SELECT id FROM dossiers WHERE status NOT IN ('draft', 'refused', 'stopped', 'withdrawn', 'returned')
    ON CONFLICT (dossier_id) DO NOTHING;
