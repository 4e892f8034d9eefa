-- Of which procedures an officer has decided on a dossier, so that the first of its kind is known by one look (FLW-05).
CREATE TABLE approval_kinds (
    officer_id BIGINT NOT NULL,
    procedure_code TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (officer_id, procedure_code)
);
