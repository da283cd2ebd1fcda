import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useDeed } from '../../api/use-deed.js';
import { language } from '../../shell/language.js';
import { toast } from '../../shell/toasts.js';
import { formatNumber } from '../../ui/format.js';
import { DeedForm } from '../parts/deed-form.js';
import { Field } from '../parts/field.js';
import { numberIn } from '../parts/fields.js';
import { productsText } from './messages.js';
import type { Shelf } from './shelf.js';

interface Restock {
  readonly quantity: number;
}

/** Puts pieces on the shelf. */
export function RestockForm({
  product: { id, name },
  onDone,
  onClose,
}: {
  readonly product: Shelf;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = productsText();
  const deed = useDeed<Restock, Schemas['Restocked'], Refusal>(
    `restock.${id}`,
    ({ request }, options) =>
      api.post('/api/v1/admin/products/{id}/restock', { path: { id }, body: request }, options),
  );
  return (
    <DeedForm
      title={t.restockOf(name)}
      action={t.restock}
      deed={deed}
      request={(fields) => {
        const quantity = numberIn(fields, 'quantity');
        return quantity === null ? null : { quantity };
      }}
      unsettled={({ quantity }) => t.unsettledRestock(formatNumber(quantity, language.value))}
      onDone={({ stock }) => {
        toast({ kind: 'good', text: t.restocked(name, formatNumber(stock, language.value)) });
        onDone();
      }}
      onClose={onClose}
    >
      <Field name="quantity" label={t.pieces} type="number" min={1} first={10} />
    </DeedForm>
  );
}
