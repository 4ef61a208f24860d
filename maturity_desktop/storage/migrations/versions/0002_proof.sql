-- Second form: sign-off, signed checkpoints, trust store. Statements are separated by blank lines; never edit a released file.

CREATE TABLE trust_item (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	role TEXT,
	fingerprint TEXT NOT NULL,
	subject TEXT DEFAULT '' NOT NULL,
	issuer TEXT DEFAULT '' NOT NULL,
	valid_from TEXT,
	valid_until TEXT,
	content BLOB NOT NULL,
	file_name TEXT DEFAULT '' NOT NULL,
	added_at TEXT NOT NULL,
	added_by TEXT NOT NULL,
	removed_at TEXT,
	CONSTRAINT pk_trust_item PRIMARY KEY (number),
	CONSTRAINT ck_trust_item_kind CHECK (kind IN ('root', 'pinned', 'revocation_list', 'qr_key', 'certificate_list')),
	CONSTRAINT ck_trust_item_role CHECK (role IN ('issuing_body', 'lead_assessor', 'institution')),
	CONSTRAINT uq_trust_item_id UNIQUE (id)
);

CREATE TABLE checkpoint_signature (
	checkpoint_id INTEGER NOT NULL,
	purpose TEXT NOT NULL,
	signer TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_checkpoint_signature PRIMARY KEY (checkpoint_id),
	CONSTRAINT fk_checkpoint_signature_checkpoint_id FOREIGN KEY(checkpoint_id) REFERENCES checkpoint (id)
);

CREATE TRIGGER checkpoint_signature_no_update BEFORE UPDATE ON checkpoint_signature BEGIN SELECT RAISE(ABORT, 'checkpoint_signature is append-only'); END;

CREATE TRIGGER checkpoint_signature_no_delete BEFORE DELETE ON checkpoint_signature BEGIN SELECT RAISE(ABORT, 'checkpoint_signature is append-only'); END;

CREATE TABLE signoff_step (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	assessment_id TEXT NOT NULL,
	act TEXT NOT NULL,
	"by" TEXT NOT NULL,
	role TEXT,
	at TEXT NOT NULL,
	comment TEXT DEFAULT '' NOT NULL,
	content_digest TEXT DEFAULT '' NOT NULL,
	content BLOB,
	CONSTRAINT pk_signoff_step PRIMARY KEY (number),
	CONSTRAINT ck_signoff_step_act CHECK (act IN ('submit', 'request_changes', 'approve', 'reopen')),
	CONSTRAINT ck_signoff_step_role CHECK (role IN ('lead-assessor', 'assessor', 'coordinator', 'interviewee')),
	CONSTRAINT uq_signoff_step_id UNIQUE (id),
	CONSTRAINT fk_signoff_step_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_signoff_step_assessment_id ON signoff_step (assessment_id);

CREATE TRIGGER signoff_step_no_update BEFORE UPDATE ON signoff_step BEGIN SELECT RAISE(ABORT, 'signoff_step is append-only'); END;

CREATE TRIGGER signoff_step_no_delete BEFORE DELETE ON signoff_step BEGIN SELECT RAISE(ABORT, 'signoff_step is append-only'); END;
