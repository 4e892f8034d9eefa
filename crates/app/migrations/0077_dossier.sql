-- What goes by post has a shelf of its own at the return desk, found by an index like the others.
ALTER TABLE dossiers ADD COLUMN by_post BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE dossiers SET by_post = TRUE WHERE state LIKE '%"result_by":"post"%';
CREATE INDEX dossiers_post ON dossiers (holder_centre_id, ready_at, id) WHERE ready_at IS NOT NULL AND by_post = TRUE;
