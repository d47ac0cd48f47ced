// Shopify's sample bodies (tests/fixtures/shopify), by the topic they belong to.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { allTopics, type Topic } from "#app/core/topics.ts";

const FOLDER = fileURLToPath(new URL("../fixtures/shopify", import.meta.url));

export type Sample = { name: string; topic: Topic; body: Buffer };

/** Every sample of a topic Ringtrue hears, Shopify's own and those with values from real shops. */
export function readSamples(): Sample[] {
  const topicOf = new Map(allTopics().map((topic) => [topic.replaceAll("/", "_"), topic]));
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .sort()
    .flatMap((file) => {
      const name = file.slice(file.lastIndexOf("/") + 1);
      const topic = topicOf.get(name.slice(0, name.indexOf("--")));
      return topic === undefined
        ? []
        : [{ name: file, topic, body: readFileSync(join(FOLDER, file)) }];
    });
}

/** One sample's body, to be changed at will. */
export function sampleOf(name: string): Record<string, unknown> {
  const sample = readSamples().find((each) => each.name === `${name}.json`);
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  const body: unknown = JSON.parse(sample.body.toString());
  return { ...Object(body) };
}
