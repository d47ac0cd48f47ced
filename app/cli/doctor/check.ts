/** One thing the doctor looked at: what was found, and where something is wrong, what helps. */
export type Check = {
  name: string;
  state: "ok" | "warning" | "wrong";
  finding: string;
  remedy: string | null;
};

export function ok(name: string, finding: string): Check {
  return { name, state: "ok", finding, remedy: null };
}

/** It works, but not as it should in production. */
export function warning(name: string, finding: string, remedy: string): Check {
  return { name, state: "warning", finding, remedy };
}

export function wrong(name: string, finding: string, remedy: string): Check {
  return { name, state: "wrong", finding, remedy };
}
