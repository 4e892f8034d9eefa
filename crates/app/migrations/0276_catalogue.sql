-- Imports that are being undone, a few versions at a time: whoever looks next goes on after a kill (CAT-02).
CREATE INDEX import_batches_undoing ON import_batches (lease_until) WHERE state = 'undoing';
