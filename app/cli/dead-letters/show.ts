/**
 * `ringtrue dead-letters show`: one dead letter whole: what it was, when, why, how often, what to do.
 * Its content is masked, so that it can be shown to anybody; revealing it is written to the log.
 */
import { adviceFor } from "#app/core/letters/reasons.ts";
import { readForm } from "#app/core/hear/form-encoded.ts";
import { readBody } from "#app/core/hear/json.ts";
import type { LetterContent } from "#app/db/letter-content.ts";
import { loadLetterContent } from "#app/db/letter-content.ts";
import type { Letter } from "#app/db/letters.ts";
import { loadLetters } from "#app/db/letters.ts";
import { maskPayload, maskShape } from "#app/platform/mask-payload.ts";
import { detailOf } from "../dead-letters.ts";
import { forShop } from "../operator.ts";
import type { Outcome } from "../outcome.ts";
import { done, refused } from "../outcome.ts";
import { facts } from "../table.ts";

export function showDeadLetter(domain: string, id: number, reveal: boolean): Promise<Outcome> {
  return forShop(domain, async ({ pool, log }, shop) => {
    const letter = (await loadLetters(pool, shop, [id], new Date())).get(id);
    if (!letter) return refused(`${shop.domain} has no dead letter ${id}`);
    if (reveal) {
      log.warn({ shop: shop.domain, letter: id }, "the content of a dead letter was revealed");
    }
    const { about, content } = await loadLetterContent(pool, shop, letter);
    const { means, remedy } = adviceFor(letter);
    const data = {
      ...letter,
      detail: reveal ? letter.detail : detailOf(letter),
      means,
      remedy,
      about,
      revealed: reveal,
      content: show(letter, content, reveal),
    };
    return done(data, inWords(data));
  });
}

function show(letter: Letter, content: LetterContent["content"], reveal: boolean): unknown {
  if (content === null) return null;
  if (content.kind === "data") return reveal ? content.data : maskPayload(content.data);
  const text = content.bytes.toString("utf8");
  const isForm = letter.topic === "twilio/message";
  const read = isForm ? readForm(text) : readBody(text);
  if (read.ok) return reveal ? read.body : maskPayload(read.body);
  return reveal ? text : maskShape(text);
}

function inWords(
  data: Letter & ReturnType<typeof adviceFor> & Record<"about" | "content", unknown>,
) {
  const { content, about, means, remedy, cannotReplay, ...letter } = data;
  const known = Object.entries(about ?? {}).filter(([name]) => !(name in letter));
  const body = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  return [
    facts([...Object.entries(letter), ...known]),
    `Why: ${means}`,
    `What to do: ${remedy}`,
    cannotReplay === null
      ? `Replay: ringtrue dead-letters replay <domain> ${letter.id}`
      : `It cannot be replayed: ${cannotReplay}.`,
    content === null ? "Its content is no longer kept." : body,
  ].join("\n\n");
}
