/** An empty database on an embedded PostgreSQL of the demo's own, so that every day is the first. */
import pg from "pg";
import { startEmbeddedDatabase } from "../../app/db/embedded.ts";
import { readStatus } from "../../app/db/status.ts";
import { createLog } from "../../app/platform/log.ts";

const NAME = "ringtrue_demo";

export type DemoDatabase = {
  url: string;
  /** Nothing is pending for the shop: what was told has been understood and passed on. */
  isSettled(shop: string): Promise<boolean>;
  stop(): Promise<void>;
};

export async function freshDatabase(): Promise<DemoDatabase> {
  const log = createLog({ level: "warn", format: "json" });
  const server = await startEmbeddedDatabase({ dataDir: ".data/demo", log });
  const url = new URL(server.url);
  url.pathname = `/${NAME}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${NAME}`);
  await admin.end();
  const pool = new pg.Pool({ connectionString: url.href, max: 1 });
  return {
    url: url.href,
    async isSettled(shop) {
      const { rows } = await pool.query<{ id: number }>("SELECT id FROM shop WHERE domain = $1", [
        shop,
      ]);
      if (!rows[0]) return false;
      const status = await readStatus(pool, rows[0].id);
      return status.inboxPending + status.outboxPending === 0;
    },
    async stop() {
      await pool.end();
      await server.stop({ evenIfUsed: true });
    },
  };
}
