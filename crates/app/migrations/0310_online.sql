-- Who agreed, when they first signed in, to what their data is used for: the number of the wording that stood before the button.
CREATE TABLE citizen_consents (
    contact TEXT NOT NULL,
    wording BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (contact, wording)
);
