// The import directions of the house (docs/decisions, CONTRIBUTING): downwards only.
//   routes → intake, pipeline → customerio, shopify, twilio, db, queue → core
// `platform` may be used by all but the core; composition files (app/*.ts) may import everything.

const ADAPTERS = "^app/(customerio|shopify|twilio|db|queue)/";
const TESTS = "\\.test\\.tsx?$";

export default {
  forbidden: [
    {
      name: "no-circles",
      comment:
        "Two modules that need each other are one, or lack a third: move what both need there.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-imports-itself-only",
      comment:
        "The core is pure: hand in what it needs as an argument. libphonenumber-js, zod and " +
        "node:crypto's digests are what it may import.",
      severity: "error",
      from: { path: "^app/core/", pathNot: TESTS },
      to: { pathNot: "^app/core/|node_modules/(libphonenumber-js|zod)/|^(node:)?crypto$" },
    },
    {
      name: "platform-imports-platform-only",
      comment: "The platform knows nothing of the product: move the product's part to who uses it.",
      severity: "error",
      from: { path: "^app/platform/" },
      to: { path: "^app/(?!platform/)" },
    },
    {
      name: "adapters-import-downwards",
      comment:
        "An adapter knows the core, the platform and the database, no other adapter and nobody above " +
        "it: let the pipeline or the intake bring the two together, or pass a function in.",
      severity: "error",
      from: { path: "^app/(customerio|shopify|twilio|db|queue)/" },
      to: { path: "^app/", pathNot: "^app/(core|platform|db|$1)/" },
    },
    {
      name: "db-knows-no-other-adapter",
      comment: "The database is below the other adapters: take the value as an argument.",
      severity: "error",
      from: { path: "^app/db/" },
      to: { path: "^app/", pathNot: "^app/(core|platform|db)/" },
    },
    {
      name: "intake-and-pipeline-import-downwards",
      comment:
        "Intake and pipeline meet in the database only; neither knows routes or components: share " +
        "through core or db.",
      severity: "error",
      from: { path: "^app/(intake|pipeline)/" },
      to: { path: "^app/", pathNot: `^app/(core|platform|$1)/|${ADAPTERS}` },
    },
    {
      name: "routes-and-components-are-on-top",
      comment: "Nobody imports a route or a component but routes, components and the root.",
      severity: "error",
      from: { path: "^app/.+/", pathNot: "^app/(routes|components)/" },
      to: { path: "^app/(routes|components)/" },
    },
    {
      name: "compositions-are-imported-by-nobody",
      comment:
        "A composition file (app/web.ts, app/worker.ts, app/cli.ts, app/main.ts) builds adapters; " +
        "take what you need as an argument instead of importing it. Only main and tests start them.",
      severity: "error",
      from: { path: "^(app|simulator)/.+/", pathNot: TESTS },
      to: { path: "^app/(web|worker|cli|main)\\.ts$" },
    },
    {
      name: "app-knows-no-simulator-nor-tests",
      comment: "Production code knows nothing of tests, demo and benchmarks: give it a parameter.",
      severity: "error",
      from: { path: "^app/", pathNot: TESTS },
      to: { path: "^(simulator|tests|bench|scripts)/" },
    },
    {
      name: "unit-tests-need-no-suite-services",
      comment: "A test beside its code runs without services; what needs them lives in tests/.",
      severity: "error",
      from: { path: `^app/.*${TESTS}` },
      to: { path: "^(simulator|tests|bench)/" },
    },
    {
      name: "simulator-knows-no-app",
      comment:
        "The simulator is the outside world: sharing code with the app would hide its errors.",
      severity: "error",
      from: { path: "^simulator/" },
      to: { path: "^(app|tests|bench|scripts)/" },
    },
    {
      name: "only-db-speaks-sql",
      comment: "Queries live in app/db, so that every one of them is seen to be scoped by shop.",
      severity: "error",
      from: { path: "^app/", pathNot: `^app/(db|queue)/|^app/[^/]+\\.ts$|${TESTS}` },
      to: { path: "node_modules/(pg|@prisma)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "declared-dependencies-only",
      comment: "Add the package to package.json with its exact version, or do without it.",
      severity: "error",
      from: { path: "^(app|simulator|tests|bench|scripts)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown", "undetermined"] },
    },
    {
      name: "app-runs-without-dev-dependencies",
      comment: "What production imports is a dependency, not a devDependency.",
      severity: "error",
      from: { path: "^app/", pathNot: `${TESTS}|^app/routes\\.ts$` },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types"],
    },
  },
};
