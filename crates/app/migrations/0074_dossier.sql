-- Notes on a dossier inside one agency, and who is named in them.
CREATE TABLE dossier_notes (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    agency_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX dossier_notes_dossier ON dossier_notes (dossier_id, agency_id, id);
CREATE TABLE note_mentions (
    officer_id BIGINT NOT NULL,
    note_id BIGINT NOT NULL,
    PRIMARY KEY (officer_id, note_id)
);
