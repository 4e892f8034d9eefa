-- The return desk and the register: found by the result's number, by how long a result has lain ready, by book and period.
ALTER TABLE dossiers ADD COLUMN result_number TEXT;
ALTER TABLE dossiers ADD COLUMN ready_at BIGINT;
CREATE INDEX dossiers_result ON dossiers (result_number, id) WHERE result_number IS NOT NULL;
CREATE INDEX dossiers_ready ON dossiers (holder_centre_id, ready_at, id) WHERE ready_at IS NOT NULL;
CREATE INDEX dossiers_register ON dossiers (centre_id, opened_at, id);
-- That somebody was asked to come for a result, and how.
CREATE TABLE return_contacts (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    how TEXT NOT NULL
);
CREATE INDEX return_contacts_dossier ON return_contacts (dossier_id, id);
