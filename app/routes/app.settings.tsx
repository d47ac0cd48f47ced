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
import type { Connection } from "#app/core/settings/connection.ts";
import type { Problem } from "#app/core/settings/problems.ts";
import { checkWorkspace, type Account } from "#app/core/settings/shared-workspace.ts";
import { decideSubmission, readSubmission } from "#app/core/settings/submission.ts";
import type { ShopPolicy } from "#app/core/settings/submission.ts";
import { readAccount } from "#app/customerio/account.ts";
import { findNeighbours, loadEnvironment, noteEnvironment } from "#app/db/environments.ts";
import { openPolicy, savePolicy } from "#app/db/shop-policy.ts";
import type { Shop } from "#app/db/shops.ts";
import type { AppContext } from "#app/shopify/context.ts";
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
  const workspace = await lookAtWorkspace(context, shop, decided.policy);
  if (workspace.problems.length > 0) return { ok: false, problems: workspace.problems };
  await savePolicy(context, shop, decided.policy, new Date());
  await noteEnvironment(context.pool, shop.id, workspace.environment);
  return { ok: true, done: submission.intent === "save" ? "saved" : "disconnected" };
}

/** The workspace is asked who it is whenever its keys are saved; out of reach it is asked later. */
async function lookAtWorkspace(
  context: AppContext,
  shop: Shop,
  { mode, settings, connection }: ShopPolicy,
): Promise<{ problems: Problem[]; environment: string | null }> {
  if (connection === null) return { problems: [], environment: null };
  const account = await accountOf(context, shop, connection);
  const environment = account.kind === "known" ? account.environment : null;
  const neighbours =
    environment === null ? [] : await findNeighbours(context.pool, shop.domain, environment);
  const { region } = connection;
  return { problems: checkWorkspace({ mode, region, settings }, account, neighbours), environment };
}

/** What is known of the keys already is not asked again. */
async function accountOf(
  { pool, sealer, config }: AppContext,
  shop: Shop,
  connection: Connection,
): Promise<Account> {
  const before = openPolicy(sealer, shop).connection;
  const same = (["region", "site_id", "api_key"] as const).every(
    (key) => before?.[key] === connection[key],
  );
  const environment = same ? await loadEnvironment(pool, shop.id) : null;
  if (environment !== null) return { kind: "known", region: connection.region, environment };
  return readAccount(connection, config.customerio.trackUrl);
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
