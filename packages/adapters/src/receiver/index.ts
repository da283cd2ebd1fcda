export { type Arrival, type Gap, OrderInbox } from './order-inbox.js';
export {
  type IncomingMessage,
  type OrderMessage,
  type Verified,
  verifyMessage,
  type VerifyOptions,
} from './verify-message.js';
