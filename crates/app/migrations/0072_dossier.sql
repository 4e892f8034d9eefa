-- "The telephone as scanner": an address for one sending, good for minutes, and the pictures that came through it.
CREATE TABLE scan_links (
    id BIGINT PRIMARY KEY,
    -- SHA-256 of the secret in the address.
    digest TEXT NOT NULL,
    officer_id BIGINT NOT NULL REFERENCES officers (id),
    made_at BIGINT NOT NULL,
    used_at BIGINT,
    CONSTRAINT scan_links_digest UNIQUE (digest)
);
CREATE TABLE scan_files (
    link_id BIGINT NOT NULL REFERENCES scan_links (id),
    sha256 TEXT NOT NULL,
    PRIMARY KEY (link_id, sha256)
);
