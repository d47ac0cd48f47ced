// The official Admin GraphQL schema, built when first asked for: parsing its eleven megabytes takes
// seconds that most runs never need.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";

let built: GraphQLSchema | null = null;

export function loadSchema(): GraphQLSchema {
  if (built !== null) return built;
  const packed = readFileSync(new URL("../schema/admin_2026-10.json.gz", import.meta.url));
  const parsed: { data: IntrospectionQuery } = JSON.parse(gunzipSync(packed).toString());
  built = buildClientSchema(parsed.data, { assumeValid: true });
  return built;
}
