-- Slips about several dossiers: one receipt for what a person handed in together, the list of what goes to the post. Their data
-- is frozen like that of other slips.
CREATE TABLE joint_slips (
    id BIGINT PRIMARY KEY,
    form TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    centre_id BIGINT NOT NULL,
    officer_id BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX joint_slips_centre ON joint_slips (centre_id, form, id);
CREATE TABLE joint_slip_dossiers (
    slip_id BIGINT NOT NULL,
    dossier_id BIGINT NOT NULL,
    PRIMARY KEY (slip_id, dossier_id)
);
CREATE INDEX joint_slip_dossiers_dossier ON joint_slip_dossiers (dossier_id, slip_id);

-- Results given to the post at a centre (RES-02); `listed_on` is the manifest that names the parcel, none until it is made.
CREATE TABLE parcels (
    dossier_id BIGINT PRIMARY KEY,
    centre_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    listed_on BIGINT
);
CREATE INDEX parcels_open ON parcels (centre_id, at, dossier_id) WHERE listed_on IS NULL;
