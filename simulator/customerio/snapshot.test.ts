import { expect, test } from "vitest";
import { takeSnapshot } from "./snapshot.ts";
import { createFixture, event, identify, NOON } from "./workspace-fixture.ts";

test("two runs that end alike have equal snapshots, whatever the order, the batches and the clock", () => {
  const items = [
    identify({ email: "a@x.com" }, { phone: "1", city: "Bern" }, NOON),
    identify({ email: "b@x.com" }, { phone: "2" }, NOON),
    event({ email: "a@x.com" }, "e", { id: "01HB4HBDKTFWYZCK01DMRSWRFD", timestamp: NOON }),
  ];
  const [straight, turned] = [createFixture(), createFixture()];
  straight.batch(...items);
  turned.clock.seconds += 3600;
  for (const item of items.toReversed()) turned.batch(item);
  turned.batch(...items);
  expect(takeSnapshot(turned.workspace)).toEqual(takeSnapshot(straight.workspace));
});
