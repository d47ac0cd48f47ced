// Prisma, for what is asked seldom and by people: configuration, sessions, pages. Whatever runs per
// message is SQL on the pool (database.ts).
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";

const CONNECTIONS = 3;

/** Connects when first asked. The caller ends it with `$disconnect()`. */
export function createPrisma(url: string): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: CONNECTIONS }) });
}
