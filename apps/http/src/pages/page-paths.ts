/** Pages that are served, from the root. The server answers HTML on these alone; what shows them knows no others. */

/** Of the shop. */
export const SHOP_PATHS = [
  '/',
  '/popular',
  '/products',
  '/products/:id',
  '/cart',
  '/orders',
  '/orders/:id',
  '/wallet',
  '/coupons',
] as const;

/** Of the operators' control room. */
export const ADMIN_PATHS = [
  '/admin',
  '/admin/products',
  '/admin/campaigns',
  '/admin/orders',
  '/admin/deliveries',
] as const;

export type ShopPath = (typeof SHOP_PATHS)[number];
export type AdminPath = (typeof ADMIN_PATHS)[number];

/** Where what the pages load is served; below it stand names that change whenever their content does. */
export const PAGE_ASSETS = '/assets';
