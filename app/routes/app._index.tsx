/** The first page: is it working? */
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { StatusNumbers } from "#app/components/status-numbers.tsx";
import { sayStatus } from "#app/components/status-sentence.ts";
import { readStatus } from "#app/db/status.ts";
import { requireShop } from "#app/shopify/require-shop.ts";

export const meta: MetaFunction = () => [{ title: "Ringtrue" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(context, request);
  return { status: await readStatus(context.pool, shop.id), connected: shop.credentials !== null };
}

export default function Home() {
  const { status, connected } = useLoaderData<typeof loader>();
  const { tone, sentence } = sayStatus(status, connected);
  return (
    <Page title="Overview">
      <BlockStack gap="400">
        <Banner
          tone={tone}
          title={sentence}
          {...(connected
            ? {}
            : { action: { content: "Connect Customer.io", url: "/app/settings" } })}
        />
        <StatusNumbers status={status} />
      </BlockStack>
    </Page>
  );
}
