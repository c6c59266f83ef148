/** Files outside of the parts that name a product, each group with its reason. It may only shrink. */
export const STILL_NAMED: readonly { readonly why: string; readonly files: readonly string[] }[] = [];
