import type { Page } from '../lib/crowd-tasks.ts';
import type { Past, PastSize } from './history.ts';

/** Pages of one kind, and how the right answer of each begins. */
export interface PageKind {
  readonly name: string;
  readonly pages: readonly Page[];
}

const SIZE = 20;
const API = '/api/v1';

const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => at + 1);

/** What is read here: everybody's wallet, orders and latest order, and all products, alone and in lists. */
export function pageKinds(past: Past, { customers, products }: PastSize): readonly PageKind[] {
  const everybody = range(customers);
  const latestOf = (customer: number): number => past[customer - 1]?.at(-1) ?? 0;
  return [
    {
      name: 'wallet',
      pages: everybody.map((customer) => ({
        path: `${API}/wallet`,
        customer,
        begins: `{"userId":${customer},"balance":`,
      })),
    },
    {
      name: 'product',
      pages: range(products).map((id) => ({
        path: `${API}/products/${id}`,
        begins: `{"id":${id},"name":"상품 ${id}","description":"`,
      })),
    },
    {
      name: 'product list',
      pages: range(products / SIZE).map((page) => ({
        path: `${API}/products?page=${page}&size=${SIZE}`,
        begins: `{"items":[{"id":${(page - 1) * SIZE + 1},"name":`,
      })),
    },
    {
      name: 'order',
      pages: everybody.map((customer) => ({
        path: `${API}/orders/${latestOf(customer)}`,
        customer,
        begins: `{"id":${latestOf(customer)},"status":"COMPLETED","items":[`,
      })),
    },
    {
      name: 'order list',
      pages: everybody.map((customer) => ({
        path: `${API}/orders`,
        customer,
        begins: `{"items":[{"id":${latestOf(customer)},"status":"COMPLETED",`,
      })),
    },
  ];
}
