-- Who proved an identity number at the province's OpenID provider has a session like any other; its address is `id:` and the
-- number. On which device a session is open is said in two words, never with the browser's whole name.
ALTER TABLE citizen_sessions ADD COLUMN name TEXT;
ALTER TABLE citizen_sessions ADD COLUMN device TEXT;
CREATE INDEX citizen_sessions_contact ON citizen_sessions (contact, opened_at);
-- How somebody wants to be told, for the drafts they will open.
CREATE TABLE citizen_accounts (
    contact TEXT PRIMARY KEY,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    channels TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
