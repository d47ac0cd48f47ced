/** Any other address under /app: an answer inside the app's frame, with its navigation. */
import type { LoaderFunctionArgs } from "@remix-run/node";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  throw new Response(null, { status: 404 });
}

export default function NoSuchPage() {
  return null;
}
