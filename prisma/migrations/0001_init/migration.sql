-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "shop" (
    "id" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "mode" TEXT NOT NULL DEFAULT 'observe',
    "settings" JSON NOT NULL DEFAULT '{}',
    "settings_version" INTEGER NOT NULL DEFAULT 1,
    "credentials" TEXT,
    "environment_id" TEXT,
    "salt" BYTEA NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalled_at" TIMESTAMPTZ(3),
    "live_since" TIMESTAMPTZ(3),

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "event_id" TEXT,
    "api_version" TEXT,
    "triggered_at" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" BYTEA NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "pending" (
    "shop" TEXT NOT NULL,
    "lane" SMALLINT NOT NULL,
    "id" BIGINT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "pending_pkey" PRIMARY KEY ("shop","lane","id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "content" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "replayed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("shop","id")
);

-- CreateTable
CREATE TABLE "identity" (
    "shop_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "cluster_id" BIGINT NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("shop_id","key")
);

-- CreateTable
CREATE TABLE "observation" (
    "shop_id" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "id" BYTEA NOT NULL,
    "told_at" TIMESTAMPTZ(3) NOT NULL,
    "triggered_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "message_id" BIGINT,
    "content" JSON NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("shop_id","document","id")
);

-- CreateTable
CREATE TABLE "person" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "cluster_id" BIGINT NOT NULL,
    "anchor" TEXT NOT NULL,
    "merged_into" BIGINT,
    "email" TEXT,
    "customer_id" TEXT,
    "address" TEXT,
    "phone" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "told_version" INTEGER NOT NULL DEFAULT 0,
    "told" JSON,
    "stamp" BIGINT NOT NULL DEFAULT 0,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_change_at" TIMESTAMPTZ(3),
    "held_since" TIMESTAMPTZ(3),
    "holdout" BOOLEAN,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "profile" (
    "shop_id" INTEGER NOT NULL,
    "person_id" BIGINT NOT NULL,
    "decision" JSON NOT NULL,
    "attributes" JSON NOT NULL,

    CONSTRAINT "profile_pkey" PRIMARY KEY ("shop_id","person_id")
);

-- CreateTable
CREATE TABLE "person_number" (
    "shop_id" INTEGER NOT NULL,
    "e164" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "is_phone" BOOLEAN NOT NULL,
    "is_own" BOOLEAN NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "consent_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_number_pkey" PRIMARY KEY ("shop_id","e164","person_id")
);

-- CreateTable
CREATE TABLE "number_said" (
    "shop_id" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "id" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "says" JSON NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "number_said_pkey" PRIMARY KEY ("shop_id","digest","id")
);

-- CreateTable
CREATE TABLE "consent_entry" (
    "shop_id" INTEGER NOT NULL,
    "id" BYTEA NOT NULL,
    "digest" BYTEA NOT NULL,
    "seq" INTEGER NOT NULL,
    "previous_hash" BYTEA NOT NULL,
    "content_digest" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3),
    "e164" TEXT,
    "source" TEXT,
    "document" TEXT,
    "identity" TEXT,
    "level" TEXT,
    "purposes" TEXT[],
    "disclosure" TEXT,
    "evidence" JSON NOT NULL DEFAULT '{}',
    "salt" BYTEA,

    CONSTRAINT "consent_entry_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "event_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "resource" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSON NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "told" (
    "shop_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "names" JSON NOT NULL,
    "stamp" BIGINT NOT NULL,

    CONSTRAINT "told_pkey" PRIMARY KEY ("shop_id","address")
);

-- CreateTable
CREATE TABLE "delivery" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "person_id" BIGINT,
    "reference" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "delivery_state" (
    "shop_id" INTEGER NOT NULL,
    "paused_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "delivered" BIGINT NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_state_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "privacy_request" (
    "shop" TEXT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "customer_id" TEXT,
    "message_id" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("shop","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "message_shop_topic_webhook_id_key" ON "message"("shop", "topic", "webhook_id");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_shop_kind_reference_key" ON "dead_letter"("shop", "kind", "reference");

-- CreateIndex
CREATE INDEX "identity_shop_id_cluster_id_idx" ON "identity"("shop_id", "cluster_id");

-- CreateIndex

-- CreateIndex
CREATE INDEX "person_shop_id_cluster_id_idx" ON "person"("shop_id", "cluster_id");

-- CreateIndex
CREATE INDEX "person_shop_id_address_idx" ON "person"("shop_id", "address");

-- CreateIndex
CREATE INDEX "person_number_shop_id_person_id_idx" ON "person_number"("shop_id", "person_id");

-- CreateIndex
CREATE INDEX "consent_entry_shop_id_identity_idx" ON "consent_entry"("shop_id", "identity");

-- CreateIndex
CREATE INDEX "consent_entry_shop_id_document_idx" ON "consent_entry"("shop_id", "document");

-- CreateIndex
CREATE UNIQUE INDEX "consent_entry_shop_id_digest_seq_key" ON "consent_entry"("shop_id", "digest", "seq");

-- CreateIndex
CREATE INDEX "outbox_shop_id_person_id_idx" ON "outbox"("shop_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_shop_id_event_id_key" ON "outbox"("shop_id", "event_id");

-- CreateIndex
CREATE INDEX "told_shop_id_person_id_idx" ON "told"("shop_id", "person_id");

-- CreateIndex
CREATE INDEX "delivery_shop_id_person_id_id_idx" ON "delivery"("shop_id", "person_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_shop_message_id_key" ON "privacy_request"("shop", "message_id");


-- What follows cannot be said in schema.prisma.

-- Keys that machines compare byte by byte need no locale.
ALTER TABLE "identity" ALTER COLUMN "key" TYPE TEXT COLLATE "C";
ALTER TABLE "observation" ALTER COLUMN "document" TYPE TEXT COLLATE "C";
ALTER TABLE "message" ALTER COLUMN "shop" TYPE TEXT COLLATE "C";
ALTER TABLE "message" ALTER COLUMN "topic" TYPE TEXT COLLATE "C";
ALTER TABLE "message" ALTER COLUMN "webhook_id" TYPE TEXT COLLATE "C";
ALTER TABLE "pending" ALTER COLUMN "shop" TYPE TEXT COLLATE "C";
ALTER TABLE "person" ALTER COLUMN "anchor" TYPE TEXT COLLATE "C";
ALTER TABLE "person" ALTER COLUMN "address" TYPE TEXT COLLATE "C";
ALTER TABLE "person_number" ALTER COLUMN "e164" TYPE TEXT COLLATE "C";
ALTER TABLE "consent_entry" ALTER COLUMN "identity" TYPE TEXT COLLATE "C";
ALTER TABLE "consent_entry" ALTER COLUMN "document" TYPE TEXT COLLATE "C";
ALTER TABLE "outbox" ALTER COLUMN "event_id" TYPE TEXT COLLATE "C";
ALTER TABLE "told" ALTER COLUMN "address" TYPE TEXT COLLATE "C";

-- The work lists: each holds only what is still to do, so it stays small whatever the history.
CREATE INDEX "person_to_tell" ON "person" ("shop_id", "urgent" DESC, "changed_at", "id")
  WHERE "version" <> "told_version" AND ("address" IS NOT NULL OR "told" IS NOT NULL);
CREATE INDEX "person_next_change" ON "person" ("next_change_at", "shop_id") WHERE "next_change_at" IS NOT NULL;
CREATE INDEX "person_held" ON "person" ("shop_id", "held_since") WHERE "held_since" IS NOT NULL;
CREATE UNIQUE INDEX "person_active_anchor" ON "person" ("shop_id", "anchor") WHERE "merged_into" IS NULL;
CREATE INDEX "outbox_pending" ON "outbox" ("shop_id", "due_at", "id") WHERE "state" = 'pending';
CREATE INDEX "consent_entry_stop" ON "consent_entry" ("shop_id", "digest", "at") WHERE "kind" = 'stop';

-- Rows that are written once and deleted soon: vacuum them early, and keep room on the page.
ALTER TABLE "pending" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
ALTER TABLE "person" SET (fillfactor = 80);
ALTER TABLE "profile" SET (fillfactor = 80);

-- An entry of the consent ledger is whole or erased, nothing between. A stop keeps its time either way.
ALTER TABLE "consent_entry" ADD CONSTRAINT "consent_entry_whole_or_erased" CHECK (
  ("salt" IS NOT NULL AND "at" IS NOT NULL AND "source" IS NOT NULL AND "document" IS NOT NULL
    AND "identity" IS NOT NULL AND json_typeof("evidence") = 'object')
  OR ("salt" IS NULL AND "e164" IS NULL AND "source" IS NULL AND "document" IS NULL AND "identity" IS NULL
    AND "level" IS NULL AND "purposes" = '{}' AND "disclosure" IS NULL AND "evidence"::text = '{}'
    AND CASE "kind" WHEN 'stop' THEN "at" IS NOT NULL WHEN 'erased' THEN "at" IS NULL ELSE false END)
);

-- The consent ledger only grows. A transaction that erases says so first, in a setting that ends with it:
--   SET LOCAL ringtrue.erasing = 'shopper 7'   content and salt of entries of shop 7 may be destroyed
--   SET LOCAL ringtrue.erasing = 'shop 7'      entries of shop 7 may be deleted
-- What links the chain, and the kind and time of a stop, never change. This keeps code from an accident.
-- Who owns the table can do without it, which `ringtrue ledger verify` finds.
-- (Prisma cuts a migration at every semicolon, hence the one written as \x3B.)
CREATE FUNCTION "refuse_change_of_ledger"() RETURNS trigger LANGUAGE plpgsql AS
  E'BEGIN RAISE EXCEPTION ''the consent ledger only grows'' USING ERRCODE = ''restrict_violation''\x3B END';

CREATE TRIGGER "consent_entry_deleted" BEFORE DELETE ON "consent_entry" FOR EACH ROW
  WHEN (current_setting('ringtrue.erasing', true) IS DISTINCT FROM 'shop ' || OLD."shop_id")
  EXECUTE FUNCTION "refuse_change_of_ledger"();

CREATE TRIGGER "consent_entry_changed" BEFORE UPDATE ON "consent_entry" FOR EACH ROW
  WHEN (
    current_setting('ringtrue.erasing', true) IS DISTINCT FROM 'shopper ' || OLD."shop_id"
    OR NEW."salt" IS NOT NULL
    OR (NEW."shop_id", NEW."id", NEW."digest", NEW."seq", NEW."previous_hash", NEW."content_digest",
        NEW."hash", NEW."recorded_at")
      IS DISTINCT FROM (OLD."shop_id", OLD."id", OLD."digest", OLD."seq", OLD."previous_hash",
        OLD."content_digest", OLD."hash", OLD."recorded_at")
    OR (OLD."kind" = 'stop' AND (NEW."kind", NEW."at") IS DISTINCT FROM (OLD."kind", OLD."at"))
    OR (OLD."kind" <> 'stop' AND NEW."kind" <> 'erased')
  )
  EXECUTE FUNCTION "refuse_change_of_ledger"();
