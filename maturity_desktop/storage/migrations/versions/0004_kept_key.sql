-- Fourth form: signing keys kept in the workspace. Statements are separated by blank lines; never edit a released file.

CREATE TABLE kept_key (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	fingerprint TEXT NOT NULL,
	certificates BLOB NOT NULL,
	locked BLOB NOT NULL,
	kept_at TEXT NOT NULL,
	kept_by TEXT NOT NULL,
	CONSTRAINT pk_kept_key PRIMARY KEY (number),
	CONSTRAINT uq_kept_key_id UNIQUE (id),
	CONSTRAINT uq_kept_key_name UNIQUE (name),
	CONSTRAINT uq_kept_key_fingerprint UNIQUE (fingerprint)
);
