-- Agencies, units, centres, counters and officers (ADM-01, ADM-04).
CREATE TABLE agencies (
    id BIGINT PRIMARY KEY,
    identifier TEXT NOT NULL,
    name TEXT NOT NULL,
    short TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    police BOOLEAN NOT NULL,
    aliases TEXT NOT NULL,
    area TEXT,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT agencies_identifier UNIQUE (identifier)
);
CREATE TABLE units (
    id BIGINT PRIMARY KEY,
    agency_id BIGINT NOT NULL REFERENCES agencies (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT units_code UNIQUE (agency_id, code)
);
CREATE TABLE centres (
    id BIGINT PRIMARY KEY,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    level TEXT NOT NULL,
    agency_id BIGINT NOT NULL REFERENCES agencies (id),
    area TEXT,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    sessions TEXT,
    active BOOLEAN NOT NULL,
    CONSTRAINT centres_code UNIQUE (code)
);
CREATE TABLE counters (
    id BIGINT PRIMARY KEY,
    centre_id BIGINT NOT NULL REFERENCES centres (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT counters_number UNIQUE (centre_id, number)
);
CREATE TABLE officers (
    id BIGINT PRIMARY KEY,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    agency_id BIGINT NOT NULL REFERENCES agencies (id),
    unit_id BIGINT NOT NULL REFERENCES units (id),
    centre_id BIGINT REFERENCES centres (id),
    counter_id BIGINT REFERENCES counters (id),
    roles TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    password_hash TEXT,
    totp_secret TEXT,
    totp_step BIGINT,
    recovery_codes TEXT,
    active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT officers_login UNIQUE (login)
);
CREATE INDEX officers_agency ON officers (agency_id, login);
