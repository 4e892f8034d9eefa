-- The register of enterprises and household businesses (STO-03): what each accepted dossier says of the business whose dossier it is.
-- The latest dossier of a number is what the register believes. It goes with the people of the dossier when those are erased.
CREATE TABLE enterprise_sources (
    dossier_id BIGINT PRIMARY KEY REFERENCES dossier_people (dossier_id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX enterprise_sources_number ON enterprise_sources (number, dossier_id);
-- The words of name and number, folded, by which it is found.
CREATE TABLE enterprise_words (
    -- By bytes, so that the beginning of a word is a range of the index whatever the data base sorts by.
    word TEXT {bytes} NOT NULL,
    dossier_id BIGINT NOT NULL REFERENCES enterprise_sources (dossier_id) ON DELETE CASCADE,
    PRIMARY KEY (word, dossier_id)
);
CREATE INDEX enterprise_words_dossier ON enterprise_words (dossier_id);
