-- Files that come in pieces: what has come, so that a broken line, a reload or a restart costs one piece and not the file.
CREATE TABLE online_uploads (
    id BIGINT PRIMARY KEY,
    contact TEXT NOT NULL,
    -- The draft, or the dossier for whose supplement the file comes.
    draft_id BIGINT NOT NULL,
    place TEXT NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    -- By which the browser finds it again: a digest of name, size and beginning.
    mark TEXT NOT NULL,
    received BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- Once it is whole and taken in: the file, as `draft_files` has it.
    sha256 TEXT,
    kind TEXT,
    pages BIGINT,
    kept_name TEXT,
    CONSTRAINT online_uploads_mark UNIQUE (draft_id, place, mark)
);
CREATE INDEX online_uploads_contact ON online_uploads (contact, draft_id);
CREATE INDEX online_uploads_changed ON online_uploads (changed_at);
CREATE INDEX online_uploads_sha256 ON online_uploads (sha256) WHERE sha256 IS NOT NULL;
-- A piece is a file of its own in the store, named by its hash.
CREATE TABLE online_upload_pieces (
    upload_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (upload_id, at)
);
CREATE INDEX online_upload_pieces_sha256 ON online_upload_pieces (sha256);
