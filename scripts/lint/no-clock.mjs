// A lint rule of our own: `new Date()` and `Date()` read the clock, `new Date(instant)` does not.
const MESSAGE = "the core has no clock: hand the time in";

function isDate(callee) {
  return callee.type === "Identifier" && callee.name === "Date";
}

const rule = {
  create(context) {
    return {
      NewExpression(node) {
        if (isDate(node.callee) && node.arguments.length === 0) {
          context.report({ node, message: MESSAGE });
        }
      },
      CallExpression(node) {
        if (isDate(node.callee)) context.report({ node, message: MESSAGE });
      },
    };
  },
};

export default { meta: { name: "ringtrue" }, rules: { "no-clock": rule } };
