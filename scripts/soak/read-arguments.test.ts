import { expect, test } from "vitest";
import { readSoakArguments } from "./read-arguments.ts";

test("everything has a default, and a seed is drawn", () => {
  const reading = readSoakArguments([]);
  expect(reading).toMatchObject({
    ok: true,
    wanted: { webhooks: 100_000, shops: 20, queue: "postgres", seed: expect.any(Number) },
  });
});

test("what is given is taken", () => {
  const args = "--webhooks 500 --shops 3 --seed 7 --queue redis --minutes 2".split(" ");
  expect(readSoakArguments(args)).toEqual({
    ok: true,
    wanted: { webhooks: 500, shops: 3, seed: 7, queue: "redis", minutes: 2 },
  });
});

test.each(["--webhooks none", "--shops 0", "--queue sqs", "--fast", "twice"])(
  "%s is answered with how it is used",
  (args) => {
    expect(readSoakArguments(args.split(" "))).toMatchObject({ ok: false });
  },
);
