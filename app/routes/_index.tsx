/** Where a visitor lands who did not come through the admin. A shop's own visit is sent on to the app. */
import type { LoaderFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { PlainError } from "#app/components/plain-error.tsx";

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  if (searchParams.has("shop")) throw redirect(`/app?${searchParams.toString()}`);
  return null;
}

export default function Index() {
  return (
    <PlainError
      title="Ringtrue"
      advice="Ringtrue lives in your Shopify admin. Open it there, under Apps."
    />
  );
}
