/**
 * Renders a document. The headers that let the admin frame this page are made per shop by Shopify's
 * library: a frame-ancestors that named every shop would let any of them frame another's page.
 */
import { PassThrough } from "node:stream";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { createReadableStreamFromReadable } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";

const ABORT_AFTER_MS = 5_000;

export const streamTimeout = ABORT_AFTER_MS;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  context.shopify.addDocumentResponseHeaders(request, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return renderDocument(request, status, headers, remixContext, context);
}

/** What a loader or action threw and nobody handled: logged here, by Remix's own contract. */
export function handleError(
  err: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
): void {
  if (request.signal.aborted) return;
  context.log.error({ err, path: new URL(request.url).pathname }, "a page failed");
}

function renderDocument(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let shellRendered = false;
    const { pipe, abort } = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} />,
      {
        onShellReady() {
          shellRendered = true;
          const body = new PassThrough();
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
        onError(err) {
          if (shellRendered)
            context.log.error({ err, path: new URL(request.url).pathname }, "rendering failed");
        },
      },
    );
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}
