-- What citizens are told (NTF-01): a row a channel, its words frozen when they were written. No address stands here: it is looked
-- up among the people of the dossier when the message goes out, so that who was erased hears nothing and leaves nothing behind.
CREATE TABLE notices (
    id BIGINT PRIMARY KEY,
    dossier_id BIGINT NOT NULL,
    -- The event of the dossier of which it speaks.
    seq BIGINT NOT NULL,
    about TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    -- When it happened, by the legal clock.
    at BIGINT NOT NULL,
    -- By the machine clock; absent until it went out.
    sent_at BIGINT,
    CONSTRAINT notices_once UNIQUE (dossier_id, seq, channel)
);
-- Kept with each message that goes out: the post is paid by the piece (DN 9.2l).
CREATE TABLE notice_counts (
    month TEXT NOT NULL,
    channel TEXT NOT NULL,
    sent BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    PRIMARY KEY (month, channel)
);
-- Wordings that an administrator has changed; the others are as the product carries them.
CREATE TABLE notice_templates (
    about TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (about, channel)
);
-- What the applicant chose; without a row every channel that the province has opened.
CREATE TABLE notice_choices (
    dossier_id BIGINT PRIMARY KEY,
    channels TEXT NOT NULL
);
