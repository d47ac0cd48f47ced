// The secrets that stand in our documentation and in the demo. Everybody knows them, so they serve
// development, and production refuses them.
export const EXAMPLE_SECRETS = {
  shopifyApiKey: "ringtrue-example-key",
  shopifyApiSecret: "ringtrue-example-secret",
  encryptionKey: "cmluZ3RydWUtZXhhbXBsZS1lbmNyeXB0aW9uLWtleSE=",
} as const;
