// Answers Admin GraphQL requests by the official schema: what Shopify would refuse to parse or
// validate is refused here with the same kind of error.
import {
  defaultFieldResolver,
  execute,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type GraphQLFieldResolver,
} from "graphql";
import type { Shop } from "../shop.ts";
import { isObject } from "../../control/json.ts";
import { priceOf, type CostBucket } from "./cost.ts";
import { rootValue } from "./roots.ts";
import { loadSchema } from "./schema.ts";

export type GraphqlAnswer = {
  data?: unknown;
  errors?: unknown[];
  extensions?: Record<string, unknown>;
};

const resolve: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (info.path.prev === undefined && isObject(source) && !(info.fieldName in source)) {
    throw new GraphQLError(
      `The simulator does not answer ${info.parentType.name}.${info.fieldName}`,
    );
  }
  return defaultFieldResolver(source, args, context, info);
};

function plain(error: GraphQLError, code?: string): unknown {
  return { ...error.toJSON(), ...(code === undefined ? {} : { extensions: { code } }) };
}

function parseQuery(query: unknown): DocumentNode | GraphQLError {
  try {
    return parse(String(query));
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

export async function answerGraphql(
  shop: Shop,
  bucket: CostBucket,
  throttle: boolean,
  request: unknown,
): Promise<GraphqlAnswer> {
  const { query, variables, operationName } = isObject(request) ? request : {};
  const document = parseQuery(query ?? "");
  if (document instanceof GraphQLError) return { errors: [plain(document)] };
  const schema = loadSchema();
  const faults = validate(schema, document);
  if (faults.length > 0) return { errors: faults.map((fault) => plain(fault)) };
  const given = isObject(variables) ? variables : {};
  const cost = priceOf(document, given);
  if (cost > 1000) {
    return {
      errors: [
        plain(
          new GraphQLError(
            `Query cost is ${cost}, which exceeds the single query max cost limit (1000).`,
          ),
          "MAX_COST_EXCEEDED",
        ),
      ],
    };
  }
  if (throttle || !bucket.take(cost)) {
    return {
      errors: [plain(new GraphQLError("Throttled"), "THROTTLED")],
      extensions: bucket.extensions(cost, null),
    };
  }
  const result = await execute({
    schema,
    document,
    rootValue: rootValue(shop),
    variableValues: { ...given },
    operationName: typeof operationName === "string" ? operationName : null,
    fieldResolver: resolve,
  });
  const errors = result.errors?.map((error) => plain(error));
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(errors === undefined ? {} : { errors }),
    extensions: bucket.extensions(cost, cost),
  };
}
