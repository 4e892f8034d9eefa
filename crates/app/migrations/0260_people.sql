-- Which procedures a delegation of approval names (DN 16.1c), as a JSON list; empty for all.
ALTER TABLE stand_ins ADD COLUMN procedures TEXT NOT NULL DEFAULT '[]';

-- Who steps in at which officer's post at the Centre, as the agency gave notice (STF-02).
CREATE TABLE reserves (
    id BIGINT PRIMARY KEY,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    backup_id BIGINT NOT NULL REFERENCES officers (id),
    from_day TEXT NOT NULL,
    to_day TEXT,
    made_by BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX reserves_listed ON reserves (id) WHERE ended_at IS NULL;
