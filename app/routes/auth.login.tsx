/**
 * Where Shopify's library sends a visit that names no shop. It asks for nothing: an app must never
 * ask a merchant to type a shop's domain, so it says where to go instead.
 */
import { PlainError } from "#app/components/plain-error.tsx";

export default function Login() {
  return (
    <PlainError
      title="Open Ringtrue from your Shopify admin"
      advice="This address does not say which shop it is for. In your Shopify admin choose Apps, then Ringtrue."
    />
  );
}
