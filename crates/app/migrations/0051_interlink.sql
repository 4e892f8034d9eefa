-- Open branches of dossiers: what an agency is asked, and its part in an interlinked dossier (ILK-01 … ILK-05). The rows
-- repeat what the dossier's state says, so that an agency finds its work.
CREATE TABLE branches (
    dossier_id BIGINT NOT NULL,
    -- consultation, part
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    -- The place among those asked; 0 for a part.
    place BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    unit_id BIGINT,
    officer_id BIGINT,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (dossier_id, kind, number, place)
);
CREATE INDEX branches_agency ON branches (agency_id, due_at, dossier_id);
CREATE INDEX branches_due ON branches (kind, due_at, dossier_id);
