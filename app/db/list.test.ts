import { expect, test } from "vitest";
import { list } from "./list.ts";

test("what needs no quotes gets none", () => {
  expect(list(["customer:77", "2026-11-21T10:00:00.000Z", "+14155552671", 3, -1, true, null])).toBe(
    "{customer:77,2026-11-21T10:00:00.000Z,+14155552671,3,-1,true,NULL}",
  );
});

test("text that would end an element, or mean nothing at all, stays itself", () => {
  expect(
    list(["", "a,b", "{c}", 'say "d"', "back\\slash", "NULL", "null", "é", "a b", "a\nb"]),
  ).toBe(
    String.raw`{"","a,b","{c}","say \"d\"","back\\slash","NULL","null","é","a b","a` + '\nb"}',
  );
});

test("nothing is an empty array", () => {
  expect(list([])).toBe("{}");
});
