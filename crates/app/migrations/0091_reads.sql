-- Who saw personal data of which dossier (SEC-01): one row for each officer, dossier, way and half of a day.
CREATE TABLE personal_reads (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    -- The home agency at that time.
    agency_id BIGINT NOT NULL,
    way TEXT NOT NULL,
    -- When the half of the day began, by the machine's clock.
    half BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    CONSTRAINT personal_reads_once UNIQUE (dossier_id, officer_id, way, half)
);
CREATE INDEX personal_reads_officer ON personal_reads (officer_id, id);
CREATE INDEX personal_reads_agency ON personal_reads (agency_id, id);
