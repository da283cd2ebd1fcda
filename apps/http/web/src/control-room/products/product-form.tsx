import type { Refusal } from '../../api/answer.js';
import { api } from '../../api/api.js';
import type { Schemas } from '../../api/document.js';
import { useDeed } from '../../api/use-deed.js';
import { toast } from '../../shell/toasts.js';
import { DeedForm } from '../parts/deed-form.js';
import { Field } from '../parts/field.js';
import { numberIn, textIn } from '../parts/fields.js';
import { productsText } from './messages.js';
import type { Shelf } from './shelf.js';

interface Terms {
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly price: number;
  /** Of a new product alone. */
  readonly stock: number | null;
}

type Product = Schemas['Product'];

/** A new product, or what is changed of one that there is. */
function useProductDeed(id: number | null) {
  return useDeed<Terms, Product, Refusal>(
    `product.${id ?? 'new'}`,
    ({ request: { stock, ...terms } }, options) =>
      id === null
        ? api.post('/api/v1/admin/products', { body: { ...terms, stock: stock ?? 0 } }, options)
        : api.patch('/api/v1/admin/products/{id}', { path: { id }, body: terms }, options),
  );
}

function termsIn(fields: FormData, isNew: boolean): Terms | null {
  const price = numberIn(fields, 'price');
  const stock = isNew ? numberIn(fields, 'stock') : null;
  if (price === null || (isNew && stock === null)) return null;
  return {
    name: textIn(fields, 'name'),
    category: textIn(fields, 'category'),
    description: textIn(fields, 'description'),
    price,
    stock,
  };
}

/** Asks for a product's texts and price. `product` null: a new one, and how much of it there is at first. */
export function ProductForm({
  product,
  onDone,
  onClose,
}: {
  readonly product: Shelf | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const t = productsText();
  const isNew = product === null;
  const deed = useProductDeed(product?.id ?? null);
  return (
    <DeedForm
      title={isNew ? t.newProduct : t.editOf(product.name)}
      action={isNew ? t.register : t.save}
      deed={deed}
      request={(fields) => termsIn(fields, isNew)}
      onDone={({ name }) => {
        toast({ kind: 'good', text: isNew ? t.registered(name) : t.saved(name) });
        onDone();
      }}
      onClose={onClose}
    >
      <Field name="name" label={t.name} maxLength={200} first={product?.name ?? ''} />
      <div class="form-pair">
        <Field name="category" label={t.category} maxLength={100} first={product?.category ?? ''} />
        <Field name="price" label={t.price} type="number" min={0} first={product?.price ?? ''} />
      </div>
      {isNew && <Field name="stock" label={t.firstStock} type="number" min={0} first={50} />}
      <label class="field">
        <span>{t.description}</span>
        <textarea name="description" maxLength={2000} defaultValue={product?.description ?? ''} />
      </label>
    </DeedForm>
  );
}
