import { expect, test } from "vitest";
import { maskValue } from "./show-profiles.ts";

test("a sample shows codes, numbers and yes or no, and nobody's number, address, id or name", () => {
  expect(maskValue("phone", "+14155552671")).toBe("+141*****71");
  expect(maskValue("phone", "(415) 555-2671")).toBe("(*****71");
  expect(maskValue("phone_source", "ada@example.com")).toBe("a***@e***.com");
  expect(maskValue("shopify_customer_id", "7320019468522")).toBe("7*****22");
  expect(maskValue("first_name", "ada")).toBe("a*****");
  expect(maskValue("phone_source", "checkout_consent")).toBe("checkout_consent");
  expect(maskValue("currency", "USD")).toBe("USD");
  expect(maskValue("sms_consent", true)).toBe(true);
  expect(maskValue("orders_count", 3)).toBe(3);
});
