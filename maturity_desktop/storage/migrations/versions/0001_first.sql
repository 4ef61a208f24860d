-- First form of the database. Statements are separated by blank lines; never edit a released file.

CREATE TABLE edition (
	digest TEXT NOT NULL,
	standard_id TEXT NOT NULL,
	edition_id TEXT NOT NULL,
	name_zh TEXT DEFAULT '' NOT NULL,
	name_en TEXT DEFAULT '' NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_edition PRIMARY KEY (digest),
	CONSTRAINT ck_edition_digest CHECK (length(digest) = 64)
);

CREATE TRIGGER edition_no_update BEFORE UPDATE ON edition BEGIN SELECT RAISE(ABORT, 'edition is append-only'); END;

CREATE TRIGGER edition_no_delete BEFORE DELETE ON edition BEGIN SELECT RAISE(ABORT, 'edition is append-only'); END;

CREATE TABLE evidence (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	kind TEXT NOT NULL,
	grade TEXT NOT NULL,
	custody TEXT NOT NULL,
	request_code TEXT DEFAULT '' NOT NULL,
	received_from TEXT DEFAULT '' NOT NULL,
	received_at TEXT,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TEXT,
	CONSTRAINT pk_evidence PRIMARY KEY (number),
	CONSTRAINT ck_evidence_kind CHECK (kind IN ('document', 'screenshot', 'video')),
	CONSTRAINT ck_evidence_grade CHECK (grade IN ('public', 'internal', 'sensitive', 'restricted')),
	CONSTRAINT ck_evidence_custody CHECK (custody IN ('copied', 'by_reference')),
	CONSTRAINT uq_evidence_id UNIQUE (id)
);

CREATE TABLE institution (
	id TEXT NOT NULL,
	name_zh TEXT DEFAULT '' NOT NULL,
	name_en TEXT DEFAULT '' NOT NULL,
	aliases JSON NOT NULL,
	type TEXT NOT NULL,
	credit_code TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_institution PRIMARY KEY (id),
	CONSTRAINT ck_institution_type CHECK (type IN ('state-owned', 'joint-stock', 'city-commercial', 'rural-commercial', 'private', 'direct', 'consumer-finance', 'other'))
);

CREATE TABLE journal (
	sequence INTEGER NOT NULL,
	at TEXT NOT NULL,
	monotonic_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	event TEXT NOT NULL,
	subject TEXT NOT NULL,
	old TEXT DEFAULT '' NOT NULL,
	new TEXT DEFAULT '' NOT NULL,
	reason TEXT DEFAULT '' NOT NULL,
	previous_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	CONSTRAINT pk_journal PRIMARY KEY (sequence)
);

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;

CREATE TABLE checkpoint (
	id INTEGER NOT NULL,
	sequence INTEGER NOT NULL,
	hash TEXT NOT NULL,
	at TEXT NOT NULL,
	mac TEXT NOT NULL,
	CONSTRAINT pk_checkpoint PRIMARY KEY (id)
);

CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value JSON NOT NULL,
	CONSTRAINT pk_setting PRIMARY KEY ("key")
);

CREATE TABLE evidence_revision (
	id TEXT NOT NULL,
	evidence_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	file_name TEXT NOT NULL,
	size_bytes INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	added_by TEXT NOT NULL,
	added_at TEXT NOT NULL,
	blob TEXT NOT NULL,
	place TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_evidence_revision PRIMARY KEY (id),
	CONSTRAINT uq_evidence_revision_evidence_id_number UNIQUE (evidence_id, number),
	CONSTRAINT fk_evidence_revision_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
);

CREATE INDEX ix_evidence_revision_blob ON evidence_revision (blob);

CREATE INDEX ix_evidence_revision_sha256 ON evidence_revision (sha256);

CREATE TRIGGER evidence_revision_no_update BEFORE UPDATE ON evidence_revision BEGIN SELECT RAISE(ABORT, 'evidence_revision is append-only'); END;

CREATE TRIGGER evidence_revision_no_delete BEFORE DELETE ON evidence_revision BEGIN SELECT RAISE(ABORT, 'evidence_revision is append-only'); END;

CREATE TABLE system (
	id TEXT NOT NULL,
	institution_id TEXT NOT NULL,
	name_zh TEXT DEFAULT '' NOT NULL,
	name_en TEXT DEFAULT '' NOT NULL,
	kind TEXT NOT NULL,
	description TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_system PRIMARY KEY (id),
	CONSTRAINT ck_system_kind CHECK (kind IN ('business-system', 'tool-platform')),
	CONSTRAINT fk_system_institution_id FOREIGN KEY(institution_id) REFERENCES institution (id)
);

CREATE INDEX ix_system_institution_id ON system (institution_id);

CREATE TABLE engagement (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	institution_id TEXT NOT NULL,
	title TEXT NOT NULL,
	starts_on TEXT,
	ends_on TEXT,
	phase TEXT NOT NULL,
	handling TEXT NOT NULL,
	is_sample INTEGER DEFAULT '0' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_engagement PRIMARY KEY (number),
	CONSTRAINT ck_engagement_phase CHECK (phase IN ('application', 'self-assessment', 'material-preparation', 'first-review', 'on-site', 'report', 'institution-check', 'expert-review', 'certificate')),
	CONSTRAINT ck_engagement_handling CHECK (handling IN ('public', 'internal', 'confidential')),
	CONSTRAINT ck_engagement_is_sample CHECK (is_sample IN (0, 1)),
	CONSTRAINT uq_engagement_id UNIQUE (id),
	CONSTRAINT fk_engagement_institution_id FOREIGN KEY(institution_id) REFERENCES institution (id)
);

CREATE INDEX ix_engagement_institution_id ON engagement (institution_id);

CREATE TABLE assessment (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	engagement_id TEXT NOT NULL,
	system_id TEXT NOT NULL,
	edition_digest TEXT NOT NULL,
	target_level TEXT NOT NULL,
	profile_id TEXT NOT NULL,
	modules JSON NOT NULL,
	nodes JSON NOT NULL,
	result_level INTEGER DEFAULT '0' NOT NULL,
	result_half TEXT DEFAULT 'full' NOT NULL,
	result_label TEXT DEFAULT '' NOT NULL,
	answered INTEGER DEFAULT '0' NOT NULL,
	total INTEGER DEFAULT '0' NOT NULL,
	needed_answered INTEGER DEFAULT '0' NOT NULL,
	needed_total INTEGER DEFAULT '0' NOT NULL,
	flagged INTEGER DEFAULT '0' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	CONSTRAINT pk_assessment PRIMARY KEY (number),
	CONSTRAINT ck_assessment_result_half CHECK (result_half IN ('minus', 'full', 'plus')),
	CONSTRAINT uq_assessment_id UNIQUE (id),
	CONSTRAINT fk_assessment_engagement_id FOREIGN KEY(engagement_id) REFERENCES engagement (id),
	CONSTRAINT fk_assessment_system_id FOREIGN KEY(system_id) REFERENCES system (id),
	CONSTRAINT fk_assessment_edition_digest FOREIGN KEY(edition_digest) REFERENCES edition (digest)
);

CREATE INDEX ix_assessment_engagement_id ON assessment (engagement_id);

CREATE INDEX ix_assessment_edition_digest ON assessment (edition_digest);

CREATE INDEX ix_assessment_system_id ON assessment (system_id);

CREATE TABLE person (
	engagement_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	department TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (engagement_id, place),
	CONSTRAINT ck_person_role CHECK (role IN ('lead-assessor', 'assessor', 'coordinator', 'interviewee')),
	CONSTRAINT fk_person_engagement_id FOREIGN KEY(engagement_id) REFERENCES engagement (id)
);

CREATE TABLE interview (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	engagement_id TEXT NOT NULL,
	held_on TEXT,
	method TEXT NOT NULL,
	people JSON NOT NULL,
	notes TEXT DEFAULT '' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TEXT,
	CONSTRAINT pk_interview PRIMARY KEY (number),
	CONSTRAINT ck_interview_method CHECK (method IN ('interview', 'document-review', 'demonstration')),
	CONSTRAINT uq_interview_id UNIQUE (id),
	CONSTRAINT fk_interview_engagement_id FOREIGN KEY(engagement_id) REFERENCES engagement (id)
);

CREATE INDEX ix_interview_engagement_id ON interview (engagement_id);

CREATE TABLE answer (
	assessment_id TEXT NOT NULL,
	criterion_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	value TEXT NOT NULL,
	rationale TEXT DEFAULT '' NOT NULL,
	flagged INTEGER DEFAULT '0' NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_answer PRIMARY KEY (assessment_id, criterion_id, revision),
	CONSTRAINT ck_answer_value CHECK (value IN ('compliant', 'partially_compliant', 'not_compliant', 'not_applicable', 'not_assessed')),
	CONSTRAINT ck_answer_flagged CHECK (flagged IN (0, 1)),
	CONSTRAINT fk_answer_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
)
 WITHOUT ROWID;

CREATE TRIGGER answer_no_update BEFORE UPDATE ON answer BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TABLE answer_current (
	assessment_id TEXT NOT NULL,
	criterion_id TEXT NOT NULL,
	revision INTEGER NOT NULL,
	value TEXT NOT NULL,
	rationale TEXT DEFAULT '' NOT NULL,
	flagged INTEGER DEFAULT '0' NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_answer_current PRIMARY KEY (assessment_id, criterion_id),
	CONSTRAINT ck_answer_current_value CHECK (value IN ('compliant', 'partially_compliant', 'not_compliant', 'not_applicable', 'not_assessed')),
	CONSTRAINT ck_answer_current_flagged CHECK (flagged IN (0, 1)),
	CONSTRAINT fk_answer_current_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
)
 WITHOUT ROWID;

CREATE TABLE rating_override (
	id INTEGER NOT NULL,
	assessment_id TEXT NOT NULL,
	item_code TEXT NOT NULL,
	level INTEGER,
	half TEXT,
	reason TEXT DEFAULT '' NOT NULL,
	"by" TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_rating_override PRIMARY KEY (id),
	CONSTRAINT ck_rating_override_half CHECK (half IN ('minus', 'full', 'plus')),
	CONSTRAINT fk_rating_override_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_rating_override_assessment_id_item_code ON rating_override (assessment_id, item_code);

CREATE TRIGGER rating_override_no_update BEFORE UPDATE ON rating_override BEGIN SELECT RAISE(ABORT, 'rating_override is append-only'); END;

CREATE TRIGGER rating_override_no_delete BEFORE DELETE ON rating_override BEGIN SELECT RAISE(ABORT, 'rating_override is append-only'); END;

CREATE TABLE self_rating (
	assessment_id TEXT NOT NULL,
	item_code TEXT NOT NULL,
	level INTEGER NOT NULL,
	half TEXT NOT NULL,
	remark TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_self_rating PRIMARY KEY (assessment_id, item_code),
	CONSTRAINT ck_self_rating_half CHECK (half IN ('minus', 'full', 'plus')),
	CONSTRAINT fk_self_rating_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE TABLE evidence_link (
	assessment_id TEXT NOT NULL,
	criterion_id TEXT NOT NULL,
	evidence_id TEXT NOT NULL,
	CONSTRAINT pk_evidence_link PRIMARY KEY (assessment_id, criterion_id, evidence_id),
	CONSTRAINT fk_evidence_link_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id),
	CONSTRAINT fk_evidence_link_evidence_id FOREIGN KEY(evidence_id) REFERENCES evidence (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_evidence_link_evidence_id ON evidence_link (evidence_id);

CREATE TABLE observation (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	assessment_id TEXT NOT NULL,
	grade TEXT NOT NULL,
	text TEXT NOT NULL,
	impact TEXT DEFAULT '' NOT NULL,
	recommendation TEXT DEFAULT '' NOT NULL,
	responsible TEXT DEFAULT '' NOT NULL,
	due_on TEXT,
	rework TEXT NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TEXT,
	CONSTRAINT pk_observation PRIMARY KEY (number),
	CONSTRAINT ck_observation_grade CHECK (grade IN ('major_nonconformity', 'minor_nonconformity', 'sensitive_point', 'opportunity', 'good_practice')),
	CONSTRAINT ck_observation_rework CHECK (rework IN ('none', 'open', 'in_progress', 'done', 'verified')),
	CONSTRAINT uq_observation_id UNIQUE (id),
	CONSTRAINT fk_observation_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_observation_assessment_id ON observation (assessment_id);

CREATE TABLE outcome_claim (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	assessment_id TEXT NOT NULL,
	metric TEXT NOT NULL,
	"after" TEXT NOT NULL,
	"before" TEXT DEFAULT '' NOT NULL,
	unit TEXT DEFAULT '' NOT NULL,
	base TEXT DEFAULT '' NOT NULL,
	source TEXT DEFAULT '' NOT NULL,
	version INTEGER DEFAULT '1' NOT NULL,
	deleted_at TEXT,
	CONSTRAINT pk_outcome_claim PRIMARY KEY (number),
	CONSTRAINT uq_outcome_claim_id UNIQUE (id),
	CONSTRAINT fk_outcome_claim_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_outcome_claim_assessment_id ON outcome_claim (assessment_id);

CREATE TABLE interview_criterion (
	interview_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	criterion_id TEXT NOT NULL,
	CONSTRAINT pk_interview_criterion PRIMARY KEY (interview_id, place),
	CONSTRAINT fk_interview_criterion_interview_id FOREIGN KEY(interview_id) REFERENCES interview (id)
);

CREATE TABLE export_record (
	number INTEGER NOT NULL,
	id TEXT NOT NULL,
	assessment_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	file_name TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	content_digest TEXT DEFAULT '' NOT NULL,
	signer TEXT DEFAULT '' NOT NULL,
	exported_at TEXT NOT NULL,
	exported_by TEXT NOT NULL,
	program_version TEXT DEFAULT '' NOT NULL,
	serial TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_export_record PRIMARY KEY (number),
	CONSTRAINT uq_export_record_id UNIQUE (id),
	CONSTRAINT fk_export_record_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_export_record_assessment_id ON export_record (assessment_id);

CREATE TABLE certificate (
	id TEXT NOT NULL,
	assessment_id TEXT NOT NULL,
	serial TEXT NOT NULL,
	year INTEGER NOT NULL,
	number_in_year INTEGER NOT NULL,
	content JSON NOT NULL,
	CONSTRAINT pk_certificate PRIMARY KEY (id),
	CONSTRAINT uq_certificate_serial UNIQUE (serial),
	CONSTRAINT uq_certificate_year_number_in_year UNIQUE (year, number_in_year),
	CONSTRAINT fk_certificate_assessment_id FOREIGN KEY(assessment_id) REFERENCES assessment (id)
);

CREATE INDEX ix_certificate_assessment_id ON certificate (assessment_id);

CREATE TABLE observation_criterion (
	observation_id TEXT NOT NULL,
	place INTEGER NOT NULL,
	criterion_id TEXT NOT NULL,
	CONSTRAINT pk_observation_criterion PRIMARY KEY (observation_id, place),
	CONSTRAINT fk_observation_criterion_observation_id FOREIGN KEY(observation_id) REFERENCES observation (id)
);

CREATE INDEX ix_observation_criterion_criterion_id ON observation_criterion (criterion_id);
