// Time is handed in: a scenario sets it, the live simulator reads the machine's.

export type Clock = { now(): Date };

export type SettableClock = Clock & { set(time: Date): void; advance(milliseconds: number): void };

export function createSettableClock(start: Date): SettableClock {
  let time = start.getTime();
  return {
    now: () => new Date(time),
    set: (next) => {
      time = next.getTime();
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

export const machineClock: Clock = { now: () => new Date() };
