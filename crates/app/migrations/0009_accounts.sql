-- A password that somebody else chose is good for one sign-in, which asks for an own one (ADM-03).
ALTER TABLE officers ADD COLUMN one_time_password BOOLEAN NOT NULL DEFAULT FALSE;
-- The name as it is searched: small letters without marks.
ALTER TABLE officers ADD COLUMN folded TEXT NOT NULL DEFAULT '';
