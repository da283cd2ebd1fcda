import './ui/style.css';
import { LocationProvider } from 'preact-iso';
import type { AdminPath } from '../../src/pages/page-paths.js';
import { Frame } from './shell/frame.js';
import { shellText } from './shell/messages.js';
import { page, Pages, type PageTable } from './shell/pages.js';
import { start } from './shell/start.js';

/** Every path of the control room has its page: one without does not compile. */
const PAGES: PageTable<AdminPath> = {
  '/admin': page(
    async () => (await import('./control-room/overview/overview-page.js')).OverviewPage,
  ),
  '/admin/products': page(
    async () => (await import('./control-room/products/products-page.js')).ProductsPage,
  ),
  '/admin/campaigns': page(
    async () => (await import('./control-room/campaigns/campaigns-page.js')).CampaignsPage,
  ),
  '/admin/orders': page(
    async () => (await import('./control-room/orders/orders-page.js')).OrdersPage,
  ),
  '/admin/deliveries': page(
    async () => (await import('./control-room/deliveries/deliveries-page.js')).DeliveriesPage,
  ),
};

const OURS = /^\/admin/;

function ControlRoom() {
  const t = shellText();
  return (
    <LocationProvider scope={OURS}>
      <Frame
        place="control-room"
        home="/admin"
        name={t.controlRoom}
        links={[
          { href: '/admin', label: t.overview, icon: 'chart' },
          { href: '/admin/products', label: t.products, icon: 'box' },
          { href: '/admin/campaigns', label: t.campaigns, icon: 'ticket' },
          { href: '/admin/orders', label: t.orders, icon: 'receipt' },
          { href: '/admin/deliveries', label: t.deliveries, icon: 'truck' },
        ]}
      >
        <Pages table={PAGES} />
      </Frame>
    </LocationProvider>
  );
}

start(<ControlRoom />, 'operator');
