import { describe, expect, it } from "vitest";

import { takeApart } from "./written-number.ts";

function written(text: string) {
  const number = takeApart(text);
  return number.kind === "number" ? number : number.reason;
}

function digitsOf(text: string): string {
  const number = takeApart(text);
  return number.kind === "number" ? `${number.plus ? "+" : ""}${number.digits}` : number.reason;
}

function extensionOf(text: string): string | null {
  const number = takeApart(text);
  return number.kind === "number" ? number.extension : number.reason;
}

describe("a written number", () => {
  it("has a plus only where it stands before the first digit, in brackets or doubled", () => {
    for (const text of [
      "+1415",
      "(+1)415",
      "[+1] 415",
      " + 1415",
      "++1415",
      "+ + 1 415",
      "( (+1 415",
    ])
      expect(digitsOf(text), text).toBe("+1415");
    expect(digitsOf("1415")).toBe("1415");
    expect(digitsOf("1+415")).toBe("not_a_number");
    expect(digitsOf("-+1415")).toBe("not_a_number");
  });

  it("may be divided by blanks, dots, dashes, strokes, swung dashes and brackets", () => {
    expect(digitsOf("8~10 (44) [20].71/83-87 50")).toBe("8104420718387 50".replace(" ", ""));
    for (const odd of ["1_415", "1*415", "1:415", "1'415", "415 \\ 555"])
      expect(digitsOf(odd), odd).toBe("not_a_number");
  });

  it("tells its digits with and without a zero in brackets", () => {
    expect(written("+44 (0)20")).toEqual({
      kind: "number",
      plus: true,
      digits: "44020",
      digitsWithoutZero: "4420",
      extension: null,
    });
    expect(written("+44 [ 0 ] 20")).toMatchObject({ digitsWithoutZero: "4420" });
    expect(written("+44 (020)")).toMatchObject({ digits: "44020", digitsWithoutZero: null });
    expect(written("+44 (00)20")).toMatchObject({ digitsWithoutZero: null });
    expect(written("+44 020")).toMatchObject({ digitsWithoutZero: null });
  });

  it("is nothing when there is nothing, and no number without a digit", () => {
    expect(written("")).toBe("empty");
    for (const text of ["+", "-", "()", " / ", "ext 5"])
      expect(written(text), text).toBe("not_a_number");
  });
});

describe("an extension", () => {
  const NUMBER = "415 555 2671";

  it("is known by its word, in the languages of our shops, with or without dot and colon", () => {
    const words = [
      "extension",
      "extensión",
      "extension.",
      "Extn",
      "ext",
      "EXT.",
      "ext:",
      "xtn",
      "xt",
      "x",
    ];
    for (const word of [...words, "anexo", "poste", "Durchwahl", "DW", "int.", "доб.", "#"]) {
      expect(extensionOf(`${NUMBER} ${word} 512`), word).toBe("512");
      expect(extensionOf(`${NUMBER}${word}512`), word).toBe("512");
    }
    expect(written(`${NUMBER} , ext. 5`)).toMatchObject({ digits: "4155552671", extension: "5" });
  });

  it("is known by its sign: RFC 3966, a pause, a hash at the end", () => {
    expect(extensionOf("+14155552671;ext=5")).toBe("5");
    expect(extensionOf(`${NUMBER},,5`)).toBe("5");
    expect(extensionOf(`${NUMBER},,5#`)).toBe("5");
    expect(extensionOf(`${NUMBER} - x5#`)).toBe("5");
    expect(extensionOf(`${NUMBER}-512#`)).toBe("512");
    expect(extensionOf(`${NUMBER}-1234567#`)).toBe("not_a_number");
    expect(extensionOf(`${NUMBER}-512#abc`)).toBe("not_a_number");
  });

  it("has one to nine digits and ends the field", () => {
    expect(extensionOf(`${NUMBER} x123456789`)).toBe("123456789");
    expect(extensionOf(`${NUMBER} x1234567890`)).toBe("not_a_number");
    expect(extensionOf(`${NUMBER} x`)).toBe("vanity_letters");
    expect(extensionOf(`${NUMBER} x5 5`)).toBe("vanity_letters");
  });

  it("needs a number before it, of five digits at least", () => {
    expect(written("12345 x6")).toMatchObject({ digits: "12345", extension: "6" });
    expect(written("1234 x6")).toBe("not_a_number");
    expect(written("x6")).toBe("not_a_number");
  });

  it("is none in a number without one", () => {
    expect(extensionOf(NUMBER)).toBeNull();
    expect(extensionOf("415-555-2671")).toBeNull();
  });
});

describe("the parameters of a link", () => {
  it("give a local number its context, and are left out otherwise", () => {
    expect(digitsOf("555-2671;phone-context=+1415")).toBe("+14155552671");
    expect(digitsOf("555-2671;phone-context=1415")).toBe("5552671");
    expect(digitsOf("555-2671;phone-context=example.com")).toBe("5552671");
    expect(digitsOf("+14155552671;phone-context=+44")).toBe("+14155552671");
    expect(digitsOf("+14155552671;isub=12;rn=+1")).toBe("+14155552671");
    expect(digitsOf("+14155552671;npdi")).toBe("+14155552671");
    expect(written("+14155552671;npdi;ext=5")).toMatchObject({ extension: "5" });
    expect(written("+14155552671;ext=5;npdi")).toMatchObject({ extension: "5" });
    expect(digitsOf("555-2671;PHONE-CONTEXT=+1-415")).toBe("+14155552671");
  });
});

describe("more than one number", () => {
  it("is refused, however the two are put together", () => {
    const one = "415 555 2671";
    const two = "415 555 2672";
    for (const sign of ["/", ";", ",", "|", "&", "\n", " or ", " and ", " et ", " ou ", " oder "])
      expect(digitsOf(one + sign + two), sign).toBe("two_numbers");
    for (const word of [" und ", " o ", " y ", " OR "])
      expect(digitsOf(one + word + two), word).toBe("two_numbers");
  });

  it("is a number of seven digits and another ending for it, of up to four", () => {
    for (const text of [
      "030 1234567/68",
      "5552671 / 2",
      "5552671, 2672",
      "5552671;72",
      "5552671 & 72",
    ])
      expect(digitsOf(text), text).toBe("two_numbers");
    expect(digitsOf("5552671\n5552672, 73")).toBe("two_numbers");
    expect(digitsOf("5552671/26725")).toBe("555267126725");
    expect(digitsOf("555267/2672")).toBe("5552672672");
  });

  it("is not a stroke within one number", () => {
    expect(digitsOf("0171/1234567")).toBe("01711234567");
    expect(digitsOf("0171/12/34567")).toBe("01711234567");
    expect(digitsOf("415/555/2671")).toBe("4155552671");
    expect(digitsOf("1234567/123456")).toBe("1234567123456");
    expect(digitsOf("1234567/1234567")).toBe("two_numbers");
  });
});

describe("letters for digits", () => {
  it("are told apart from mere words: they follow a digit, and make seven to fifteen signs with it", () => {
    for (const text of [
      "1-800-FLOWERS",
      "+1 (800) FLOWERS",
      "1800flowers",
      "555-SHIP",
      "1 ABCDEFGHIJKLMN",
    ])
      expect(digitsOf(text), text).toBe("vanity_letters");
    for (const text of [
      "55-SHIP",
      "1 ABCDEFGHIJKLMNO",
      "FLOWERS",
      "SHIP-555",
      "n/a 5551234",
      "1-800-FLOWERS!",
      "call 555-SHIP",
      "555/SHIP",
      "555_SHIP",
    ])
      expect(digitsOf(text), text).toBe("not_a_number");
  });
});
