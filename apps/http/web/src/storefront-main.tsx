import './ui/style.css';
import { LocationProvider } from 'preact-iso';
import type { ShopPath } from '../../src/pages/page-paths.js';
import { RushButton } from './demo/rush-button.js';
import { Frame } from './shell/frame.js';
import { shellText } from './shell/messages.js';
import { page, Pages, type PageTable } from './shell/pages.js';
import { settings } from './shell/settings.js';
import { start } from './shell/start.js';
import { HomePage } from './storefront/home/home-page.js';
import { cartCount } from './storefront/cart/cart.js';

/** Every path of the shop has its page: one without does not compile. */
const PAGES: PageTable<ShopPath> = {
  '/': HomePage,
  '/popular': page(async () => (await import('./storefront/popular/popular-page.js')).PopularPage),
  '/products': page(
    async () => (await import('./storefront/catalogue/catalogue-page.js')).CataloguePage,
  ),
  '/products/:id': page(
    async () => (await import('./storefront/product/product-page.js')).ProductPage,
  ),
  '/cart': page(async () => (await import('./storefront/cart/cart-page.js')).CartPage),
  '/orders': page(async () => (await import('./storefront/orders/orders-page.js')).OrdersPage),
  '/orders/:id': page(async () => (await import('./storefront/orders/order-page.js')).OrderPage),
  '/wallet': page(async () => (await import('./storefront/wallet/wallet-page.js')).WalletPage),
  '/coupons': page(async () => (await import('./storefront/coupons/coupons-page.js')).CouponsPage),
};

/** Links of ours; what other apps serve on this address is theirs. */
const OURS = /^\/(?!admin|docs|api\/|openapi)/;

function Storefront() {
  const t = shellText();
  const count = cartCount.value;
  return (
    <LocationProvider scope={OURS}>
      <Frame
        place="shop"
        home="/"
        name={t.shop}
        tools={settings.personas && <RushButton />}
        links={[
          { href: '/popular', label: t.popular, icon: 'chart' },
          { href: '/products', label: t.products, icon: 'grid' },
          { href: '/coupons', label: t.coupons, icon: 'ticket' },
          { href: '/orders', label: t.orders, icon: 'receipt' },
          { href: '/wallet', label: t.wallet, icon: 'wallet' },
          { href: '/cart', label: t.cart, icon: 'cart', count, spoken: t.cartWith(count) },
        ]}
      >
        <Pages table={PAGES} />
      </Frame>
    </LocationProvider>
  );
}

start(<Storefront />, 'kim');
