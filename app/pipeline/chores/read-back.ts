/**
 * Reading back a sample of what was told. Customer.io answers 200 to an identify it does not carry
 * out, such as one whose email another profile has; only a look at the profile tells. A person who
 * changed or was told again while we looked says nothing, and is left for another time.
 */
import { z } from "zod";
import type { Settings } from "#app/core/settings/schema.ts";
import { identifiersOf } from "#app/core/tell/address.ts";
import { differencesOf, driftOf, type Drift } from "#app/core/tell/drift.ts";
import type { AppAnswer, AppApi } from "#app/customerio/app-api.ts";
import {
  firstTold,
  listDrift,
  loadTold,
  pickTold,
  resolveDrift,
  resolveDriftOfUntold,
  saveDrift,
  type ToReadBack,
} from "#app/db/drift.ts";
import { openConnection } from "#app/db/shop-connection.ts";
import type { WorkingShop } from "#app/db/working-shop.ts";
import { waitFor, type NotNow } from "./app-answers.ts";
import type { ChoreRun } from "./create-chores.ts";
import type { AppPorts } from "./look-up.ts";

/** `random` in [0, 1) picks whom to read. */
export type ReadBackPorts = AppPorts & { random: () => number };

/** What was told is given this long to be worked in. */
const SETTLES_MS = 60_000;
const EVERY_MS = 60_000;
/** Each is one request or two: some hundred an hour. */
const AT_RANDOM = 2;
const FIRST_TOLD = 2;
const FOUND_BEFORE = 2;
const LOG_PAGE = 200;

const cursorSchema = z.object({
  /** The place in the log of deliveries up to which first tellings were looked for. */
  delivery: z.number(),
  /** The drift that was read again last. */
  drift: z.iso.datetime(),
});

type Cursor = z.output<typeof cursorSchema>;

const START: Cursor = { delivery: 0, drift: new Date(0).toISOString() };

export function createReadBack(ports: ReadBackPorts): ChoreRun {
  return async (shop, kept, isOver) => {
    const api = ports.openAppApi(openConnection(ports.sealer, shop.credentials ?? ""));
    if (api === null || shop.mode === "observe") {
      const detail = api === null ? "no App API key" : "nothing is told";
      return { cursor: kept, againInMs: EVERY_MS, detail, isDone: false };
    }
    const parsed = cursorSchema.safeParse(kept);
    await resolveDriftOfUntold(ports.pool, shop.id);
    const { people, cursor } = await choose(ports, shop, parsed.success ? parsed.data : START);
    for (const person of people) {
      if (isOver()) return { cursor: kept, againInMs: 0, detail: "stopped", isDone: false };
      const notNow = await readBack(ports, shop, api, person);
      if (notNow) return { cursor: kept, ...waitFor(notNow), isDone: false };
    }
    const detail = `${people.length} profiles read back`;
    return { cursor, againInMs: EVERY_MS, detail, isDone: true };
  };
}

async function choose(
  { pool, now, random }: ReadBackPorts,
  { id }: WorkingShop,
  cursor: Cursor,
): Promise<{ people: ToReadBack[]; cursor: Cursor }> {
  const until = now() - SETTLES_MS;
  const seconds = Math.floor(until / 1000);
  const atRandom = await pickTold(pool, id, seconds, random(), AT_RANDOM);
  const first = await firstTold(pool, id, cursor.delivery, new Date(until), LOG_PAGE);
  const open = await listDrift(pool, id, new Date(cursor.drift), FOUND_BEFORE);
  const named = [...first.people.slice(0, FIRST_TOLD), ...open.map(({ personId }) => personId)];
  const people = [...atRandom, ...(await loadTold(pool, id, seconds, named))];
  // After the last drift that is open, the first one's turn comes again.
  const drift = open.length < FOUND_BEFORE ? START.drift : open.at(-1)?.foundAt.toISOString();
  return {
    people: [...new Map(people.map((person) => [person.personId, person])).values()],
    cursor: { delivery: first.upTo, drift: drift ?? START.drift },
  };
}

/** The answer that keeps us from going on, if there was one. */
async function readBack(
  { pool }: ReadBackPorts,
  shop: WorkingShop,
  api: AppApi,
  person: ToReadBack,
): Promise<NotNow | null> {
  const answer = await readDrift(api, person, shop.settings);
  if (answer.kind === "later" || answer.kind === "unauthorized") return answer;
  if (answer.kind !== "ok" || !(await isAsItWas(pool, shop.id, person))) return null;
  const { address, personId } = person;
  if (answer.value === null) await resolveDrift(pool, shop.id, address);
  else await saveDrift(pool, shop.id, { personId, address, ...answer.value });
  return null;
}

async function isAsItWas(
  pool: ReadBackPorts["pool"],
  shopId: number,
  { personId, address, version, stamp }: ToReadBack,
): Promise<boolean> {
  const [now] = await loadTold(pool, shopId, stamp, [personId]);
  return now?.address === address && now.version === version && now.stamp === stamp;
}

/** Null when the profile holds what was told, or is rightly not there. */
async function readDrift(
  api: AppApi,
  { address, attributes, names, stamp, customerId }: ToReadBack,
  { create_people }: Settings,
): Promise<AppAnswer<Drift | null>> {
  const answer = await api.attributesOf(identifiersOf(address));
  if (answer.kind === "missing") {
    const isMade =
      create_people === "all" || (create_people === "customers" && customerId !== null);
    return { kind: "ok", value: isMade ? { reason: "profile_missing", names: [] } : null };
  }
  if (answer.kind !== "ok") return answer;
  const { value: found } = answer;
  const told = Object.fromEntries(
    Object.entries(attributes).filter(([name]) => names.includes(name)),
  );
  const asks = differencesOf(told, found.attributes).includes("email");
  const owner = asks ? await api.findByEmail(String(told["email"])) : null;
  if (owner !== null && owner.kind !== "ok") return owner;
  const emailIsAnothers =
    owner?.value.some(({ cioId }) => cioId !== null && cioId !== found.cioId) ?? false;
  return { kind: "ok", value: driftOf(told, stamp, { ...found, emailIsAnothers }) };
}
