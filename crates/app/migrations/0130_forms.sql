-- E-forms (CAT-06): every version of every form; and end-to-end tests of online services (CAT-10).
CREATE TABLE eforms (
    id BIGINT PRIMARY KEY,
    -- Code of the procedure and symbol of the form.
    code TEXT NOT NULL,
    number BIGINT NOT NULL,
    procedure_code TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    -- draft, published, replaced; what was published never changes: dossiers keep it.
    status TEXT NOT NULL,
    published_at BIGINT,
    changed_at BIGINT NOT NULL,
    -- Absent for the forms that the product carries.
    changed_by BIGINT,
    version BIGINT NOT NULL,
    CONSTRAINT eforms_number UNIQUE (code, number)
);
CREATE UNIQUE INDEX eforms_published ON eforms (procedure_code) WHERE status = 'published';
CREATE TABLE service_tests (
    id BIGINT PRIMARY KEY,
    procedure_code TEXT NOT NULL,
    at BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    -- Code of the dossier, or id of the draft, with which it was tried.
    subject TEXT NOT NULL,
    passed BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    -- The form in force at that time; absent where the procedure had none.
    form TEXT
);
CREATE INDEX service_tests_procedure ON service_tests (procedure_code, id);
