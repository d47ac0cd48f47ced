/**
 * The document. App Bridge must be the first script of every page: it adds the session token to each
 * request the page makes, and it measures what Shopify holds us to.
 */
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import type { PropsWithChildren } from "react";
import { PlainError } from "#app/components/plain-error.tsx";

const APP_BRIDGE = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

/** The key is public: it names the app, and signs nothing. */
export function loader({ context }: LoaderFunctionArgs) {
  return { apiKey: context.config.shopify.apiKey };
}

export const headers: HeadersFunction = () => ({ "X-Content-Type-Options": "nosniff" });

export function Layout({ children }: PropsWithChildren) {
  const data = useRouteLoaderData<typeof loader>("root");
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        {data ? <meta name="shopify-api-key" content={data.apiKey} /> : null}
        {data ? <script src={APP_BRIDGE} /> : null}
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="preconnect" href="https://cdn.shopify.com/" />
        <link rel="stylesheet" href="https://cdn.shopify.com/static/fonts/inter/v4/styles.css" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) {
    return (
      <PlainError
        title="There is no such page"
        advice="Open Ringtrue from your Shopify admin, under Apps."
      />
    );
  }
  return (
    <PlainError
      title="Ringtrue could not show this page"
      advice="Nothing was lost: messages from your shop are still received and kept. Reload the page; if this stays, open Ringtrue again from your Shopify admin."
    />
  );
}
