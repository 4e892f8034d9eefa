-- Times in which one officer acts for another (FLW-07, STF-02).
CREATE TABLE stand_ins (
    id BIGINT PRIMARY KEY,
    -- absence, delegation
    kind TEXT NOT NULL,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    backup_id BIGINT NOT NULL REFERENCES officers (id),
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    sudden BOOLEAN NOT NULL,
    decision TEXT,
    decided_on TEXT,
    made_by BIGINT,
    made_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX stand_ins_to ON stand_ins (to_at, id);
