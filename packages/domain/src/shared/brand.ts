/** A primitive that remembers what it stands for: a `ProductId` is never taken for an `OrderId`. */
export type Brand<Primitive, Name extends string> = Primitive & { readonly __brand: Name };
