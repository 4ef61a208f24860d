-- Schema 6, frozen for ever: what was chosen among a model's own answers, and SM2 roots in the trust store.

ALTER TABLE answer ADD COLUMN choice TEXT DEFAULT '' NOT NULL;

ALTER TABLE answer_current ADD COLUMN choice TEXT DEFAULT '' NOT NULL;

ALTER TABLE trust_item RENAME TO trust_item_before;

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
	CONSTRAINT ck_trust_item_kind CHECK (kind IN ('root', 'pinned', 'revocation_list', 'qr_key', 'certificate_list', 'sm2_root')),
	CONSTRAINT ck_trust_item_role CHECK (role IN ('issuing_body', 'lead_assessor', 'institution')),
	CONSTRAINT uq_trust_item_id UNIQUE (id)
);

INSERT INTO trust_item SELECT * FROM trust_item_before;

DROP TABLE trust_item_before;
