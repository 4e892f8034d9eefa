-- To which fields a counter and an officer are bound (ADM-02, STF-01), as JSON lists of names; empty for all.
ALTER TABLE counters ADD COLUMN fields TEXT NOT NULL DEFAULT '[]';
ALTER TABLE officers ADD COLUMN fields TEXT NOT NULL DEFAULT '[]';
