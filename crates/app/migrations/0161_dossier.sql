-- Uploads that never came to belong to a dossier are cleared away by age.
CREATE INDEX uploads_at ON uploads (at, id);
