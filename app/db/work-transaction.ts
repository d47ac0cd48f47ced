/**
 * How the workers' transactions begin.
 *
 * What a crash undoes is done again from what is durable, so the commit need not be waited for. Every
 * access goes by index, row by row: a young table's statistics promise that reading all of it is
 * cheap, and would have a batch of a hundred rows read a shop of a million people. So would remembering
 * a shop's rows instead of looking each of them up, where most shops have a handful.
 */
export const BEGIN_WORK = [
  "BEGIN",
  "SET LOCAL synchronous_commit = off",
  "SET LOCAL enable_seqscan = off",
  "SET LOCAL enable_hashjoin = off",
  "SET LOCAL enable_mergejoin = off",
  "SET LOCAL enable_material = off",
  "SET LOCAL random_page_cost = 0.01",
  "SET LOCAL jit = off",
].join("; ");
