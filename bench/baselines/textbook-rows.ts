// The rows that the order flow reads and writes, as the tables have them.

export interface ProductRow {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

export interface StockRow {
  readonly product_id: number;
  readonly on_hand: number;
  readonly reserved: number;
}

export interface WalletRow {
  readonly user_id: number;
  readonly balance: number;
  readonly entries: number;
  readonly updated_at: number;
}

export interface WalletEntryRow {
  readonly user_id: number;
  readonly sequence: number;
  readonly id: number;
  readonly kind: string;
  readonly amount: number;
  readonly balance_after: number;
  readonly order_id: number | null;
  readonly created_at: number;
}

export interface OrderRow {
  readonly id: number;
  readonly user_id: number;
  readonly coupon_id: number | null;
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
  readonly created_at: number;
  readonly expires_at: number;
  readonly status: 'PENDING' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED';
  readonly payment_id: number | null;
  readonly paid_at: number | null;
  readonly closed_at: number | null;
}

export interface OrderLineRow {
  readonly order_id: number;
  readonly line_number: number;
  readonly product_id: number;
  readonly name: string;
  readonly unit_price: number;
  readonly quantity: number;
  readonly amount: number;
  readonly discount: number;
}

export interface SalesRecordRow {
  readonly order_id: number;
  readonly product_id: number;
  readonly sign: number;
  readonly day: number;
  readonly quantity: number;
  readonly revenue: number;
}

export interface DeliveryRow {
  readonly id: number;
  readonly order_id: number;
  readonly sequence: number;
  readonly type: string;
  readonly payload: string;
  readonly created_at: number;
  readonly status: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly next_attempt_at: number | null;
  readonly delivered_at: number | null;
}

export interface AnswerRow {
  readonly user_id: number;
  readonly idempotency_key: string;
  readonly fingerprint: string;
  readonly answer: string;
  readonly created_at: number;
}
