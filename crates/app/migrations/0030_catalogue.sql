-- What people say instead of what the law says (CAT-01), and the occasions of life by which they look for procedures.
CREATE TABLE search_synonyms (
    id BIGINT PRIMARY KEY,
    -- Written with its marks, in small letters.
    phrase TEXT NOT NULL,
    -- What the catalogue calls it; several with | between.
    means TEXT NOT NULL,
    CONSTRAINT search_synonyms_phrase UNIQUE (phrase)
);
CREATE TABLE life_events (
    id BIGINT PRIMARY KEY,
    -- The end of its address, such as sinh-con.
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    name_en TEXT NOT NULL,
    icon TEXT NOT NULL,
    place BIGINT NOT NULL,
    -- Procedures that belong to it, in order, as questions to the search or as codes: one a line.
    procedures TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT life_events_key UNIQUE (key)
);
