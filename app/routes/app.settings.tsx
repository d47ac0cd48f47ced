/** Settings: one form, one save, judged by the same schema as the command line. */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { SaveBar } from "#app/components/save-bar.tsx";
import { AttributesCard } from "#app/components/settings/attributes-card.tsx";
import { ConnectionCard } from "#app/components/settings/connection-card.tsx";
import { listCountries } from "#app/components/settings/country-options.ts";
import { summarizeConnection } from "#app/components/settings/draft.ts";
import { ModeCard } from "#app/components/settings/mode-card.tsx";
import { NumbersCard } from "#app/components/settings/numbers-card.tsx";
import { QuietTimesCard } from "#app/components/settings/quiet-times-card.tsx";
import { useSettingsForm, type Outcome } from "#app/components/settings/use-settings-form.ts";
import { decideSubmission, readSubmission } from "#app/core/settings/submission.ts";
import { openPolicy, savePolicy } from "#app/db/shop-policy.ts";
import { requireShop } from "#app/shopify/require-shop.ts";

export const meta: MetaFunction = () => [{ title: "Settings" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const shop = await requireShop(context, request);
  const { mode, settings, connection } = openPolicy(context.sealer, shop);
  return {
    page: { mode, settings, connection: summarizeConnection(connection) },
    countries: listCountries("en"),
  };
}

export async function action({ request, context }: ActionFunctionArgs): Promise<Outcome> {
  const shop = await requireShop(context, request);
  const submission = readSubmission(await request.json().catch(() => null));
  if (!submission) throw new Response("This is not a settings form", { status: 400 });
  const decided = decideSubmission(openPolicy(context.sealer, shop), submission);
  if (!decided.ok) return decided;
  await savePolicy(context, shop, decided.policy, new Date());
  return { ok: true, done: submission.intent === "save" ? "saved" : "disconnected" };
}

export default function SettingsRoute() {
  const { page, countries } = useLoaderData<typeof loader>();
  const form = useSettingsForm(page);
  return (
    <Page title="Settings">
      <SaveBar
        id="settings-save-bar"
        dirty={form.dirty}
        saving={form.saving}
        onSave={form.save}
        onDiscard={form.discard}
      />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <ConnectionCard form={form} connection={page.connection} />
            <ModeCard form={form} />
            <NumbersCard form={form} countries={countries} />
            <QuietTimesCard form={form} />
            <AttributesCard form={form} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
