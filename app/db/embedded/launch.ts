// As whom PostgreSQL runs. It refuses to be root, and containers and small servers are often root:
// then it runs as "nobody", who owns its files; and where nobody can't reach the binaries or the
// data (a repository under /root, say), as root inside a user namespace that shows it as nobody.
import { spawnSync } from "node:child_process";
import { chownSync, statSync } from "node:fs";
import { userInfo } from "node:os";

export type Launch = {
  /** Command and leading arguments that stand before the binary. */
  prefix: readonly string[];
  /** Account of the process; empty: our own. */
  account: { uid: number; gid: number } | Record<string, never>;
  /** Who must own the files, as seen from here; null: whoever does. */
  owner: number | null;
};

export type Command = {
  file: string;
  args: string[];
  options: { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number };
};

const NOBODY = 65_534;
const NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

// Messages in English, and nothing of our own environment, which holds secrets.
const ENVIRONMENT = {
  LC_ALL: "C",
  PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
} as unknown as NodeJS.ProcessEnv; // some framework declares NODE_ENV as always there

const OWN_ACCOUNT: Launch = { prefix: [], account: {}, owner: null };
const AS_NOBODY: Launch = { prefix: [], account: { uid: NOBODY, gid: NOBODY }, owner: NOBODY };
const IN_NAMESPACE: Launch = { prefix: NAMESPACE, account: {}, owner: 0 };

/** `dataDir` exists. Throws, saying what to do, when root has no way to run PostgreSQL here. */
export function chooseLaunch(postgres: string, dataDir: string): Launch {
  if (userInfo().uid !== 0) return OWN_ACCOUNT;
  const found = [AS_NOBODY, IN_NAMESPACE].find(
    (launch) =>
      runs(launch, [postgres, "--version"]) && runs(launch, ["test", "-d", `${dataDir}/.`]),
  );
  if (found !== undefined) return found;
  throw new Error(
    "PostgreSQL does not run as root, and no other account can reach its files here: set " +
      "DATABASE_URL to a PostgreSQL of yours, run as another user, or move the application and " +
      "RINGTRUE_DATA_DIR to where every user may go (/srv, /opt)",
  );
}

/** The command line of a program under this launch. */
export function commandFor(launch: Launch, command: readonly string[]): Command {
  const [file = "", ...args] = [...launch.prefix, ...command];
  return { file, args, options: { ...launch.account, cwd: "/", env: ENVIRONMENT } };
}

/** Gives a file or a directory with all that is in it to the account of the launch. */
export function handOver(launch: Launch, path: string): void {
  if (launch.owner === null || statSync(path).uid === launch.owner) return;
  chownSync(path, launch.owner, launch.owner);
  const { status } = spawnSync("chown", ["-R", `${launch.owner}:${launch.owner}`, path]);
  if (status !== 0) throw new Error(`${path} could not be given to user ${launch.owner}`);
}

function runs(launch: Launch, command: readonly string[]): boolean {
  const { file, args, options } = commandFor(launch, command);
  return spawnSync(file, args, { ...options, stdio: "ignore" }).status === 0;
}
