-- AlterTable
ALTER TABLE "shop" ADD COLUMN "stops_read_at" TIMESTAMPTZ(3),
ADD COLUMN "stops_read_upto" BIGINT,
ADD COLUMN "stops_read_of" TEXT;

-- AlterTable
ALTER TABLE "person" ADD COLUMN "stage" SMALLINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "dead_letter" ADD COLUMN "times" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "workspace_circuit" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "probing_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workspace_circuit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "feedback" (
    "shop_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "person_id" BIGINT,
    "customer_id" TEXT,
    "e164" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "detail" TEXT NOT NULL DEFAULT '',
    "senders" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "feedback_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "profile_seen" (
    "shop_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "found" TEXT NOT NULL,
    "cio_id" TEXT,
    "had" JSON NOT NULL DEFAULT '{}',
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "profile_seen_pkey" PRIMARY KEY ("shop_id","address")
);

-- CreateTable
CREATE TABLE "opt_out_seen" (
    "shop_id" INTEGER NOT NULL,
    "entry" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opt_out_seen_pkey" PRIMARY KEY ("shop_id","entry")
);

-- CreateTable
CREATE TABLE "drift" (
    "shop_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "person_id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "names" JSON NOT NULL DEFAULT '[]',
    "found_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "drift_pkey" PRIMARY KEY ("shop_id","address")
);

-- CreateTable
CREATE TABLE "chore" (
    "shop_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cursor" JSON,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "detail" TEXT NOT NULL DEFAULT '',
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "chore_pkey" PRIMARY KEY ("shop_id","name")
);

-- CreateTable
CREATE TABLE "text_sent" (
    "shop_id" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "e164" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "text_sent_pkey" PRIMARY KEY ("shop_id","reference")
);

-- CreateTable
CREATE TABLE "text_failed" (
    "shop_id" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "id" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "stated_at" TIMESTAMPTZ(3),
    "says" JSON NOT NULL,
    "kept_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "text_failed_pkey" PRIMARY KEY ("shop_id","reference","id")
);

-- CreateTable
CREATE TABLE "shop_funnel" (
    "shop_id" INTEGER NOT NULL,
    "stage" SMALLINT NOT NULL,
    "people" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "shop_funnel_pkey" PRIMARY KEY ("shop_id","stage")
);

-- CreateTable
CREATE TABLE "shop_day" (
    "shop_id" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,
    "count" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "shop_day_pkey" PRIMARY KEY ("shop_id","day","name")
);

-- CreateIndex
CREATE UNIQUE INDEX "feedback_shop_id_kind_reference_key" ON "feedback"("shop_id", "kind", "reference");

-- CreateIndex
CREATE INDEX "feedback_shop_id_person_id_idx" ON "feedback"("shop_id", "person_id");

-- CreateIndex
CREATE INDEX "profile_seen_shop_id_person_id_idx" ON "profile_seen"("shop_id", "person_id");

-- CreateIndex
CREATE INDEX "profile_seen_seen_at_idx" ON "profile_seen"("seen_at");

-- CreateIndex
CREATE INDEX "profile_seen_shop_id_cio_id_idx" ON "profile_seen"("shop_id", "cio_id");

-- CreateIndex
CREATE INDEX "chore_due_at_idx" ON "chore"("due_at");

-- CreateIndex
CREATE INDEX "text_sent_shop_id_e164_idx" ON "text_sent"("shop_id", "e164");

-- CreateIndex
CREATE INDEX "text_sent_at_idx" ON "text_sent"("at");

-- CreateIndex
CREATE INDEX "text_failed_kept_at_idx" ON "text_failed"("kept_at");

-- What follows cannot be said in schema.prisma.

-- Keys that machines compare byte by byte need no locale.
ALTER TABLE "feedback" ALTER COLUMN "reference" TYPE TEXT COLLATE "C";
ALTER TABLE "profile_seen" ALTER COLUMN "address" TYPE TEXT COLLATE "C";
ALTER TABLE "opt_out_seen" ALTER COLUMN "entry" TYPE TEXT COLLATE "C";
ALTER TABLE "drift" ALTER COLUMN "address" TYPE TEXT COLLATE "C";
ALTER TABLE "text_sent" ALTER COLUMN "reference" TYPE TEXT COLLATE "C";
ALTER TABLE "text_failed" ALTER COLUMN "reference" TYPE TEXT COLLATE "C";
ALTER TABLE "text_sent" ALTER COLUMN "e164" TYPE TEXT COLLATE "C";

-- The work list: it holds only what is still to do, so it stays small whatever the history.
CREATE INDEX "feedback_pending" ON "feedback" ("shop_id", "kind", "due_at", "id") WHERE "state" = 'pending';
CREATE INDEX "drift_open" ON "drift" ("shop_id", "found_at") WHERE "resolved_at" IS NULL;
CREATE INDEX "dead_letter_open" ON "dead_letter" ("shop", "id") WHERE "replayed_at" IS NULL;
CREATE INDEX "dead_letter_content" ON "dead_letter" ("created_at") WHERE "content" IS NOT NULL;

-- When the letters that stand already died first is not known: when they died last is the best there is.
UPDATE "dead_letter" SET "first_at" = "created_at";

-- People who were there before are shoppers until they are looked at again.
INSERT INTO "shop_funnel" ("shop_id", "stage", "people")
SELECT "shop_id", 0, count(*) FROM "person" WHERE "merged_into" IS NULL GROUP BY "shop_id";
