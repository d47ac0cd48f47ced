/** The frame of every page in the admin: Polaris, and the navigation menu that Shopify shows. */
import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import {
  Link,
  Outlet,
  useRouteLoaderData,
  useRouteError,
  isRouteErrorResponse,
} from "@remix-run/react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { NavMenu } from "@shopify/app-bridge-react";
import { PageError } from "#app/components/page-error.tsx";
import type { loader as rootLoader } from "#app/root.tsx";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await context.shopify.authenticate.admin(request);
  return null;
}

/** Shopify's library answers through thrown responses whose headers must survive to the browser. */
export const headers: HeadersFunction = ({
  errorHeaders,
  parentHeaders,
  loaderHeaders,
  actionHeaders,
}) => errorHeaders ?? new Headers([...parentHeaders, ...loaderHeaders, ...actionHeaders]);

export default function AppFrame() {
  return (
    <Polaris>
      <NavMenu>
        <Link to="/app" rel="home">
          Ringtrue
        </Link>
        <Link to="/app/settings">Settings</Link>
      </NavMenu>
      <Outlet />
    </Polaris>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const status = isRouteErrorResponse(error) ? error.status : null;
  return (
    <Polaris>
      <PageError status={status} />
    </Polaris>
  );
}

/** The root already loads App Bridge, first in the head; the provider must not load it again. */
function Polaris({ children }: React.PropsWithChildren) {
  const root = useRouteLoaderData<typeof rootLoader>("root");
  return (
    <AppProvider isEmbeddedApp={false} apiKey={root?.apiKey ?? ""}>
      {children}
    </AppProvider>
  );
}
