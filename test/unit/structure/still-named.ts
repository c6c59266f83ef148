/** Files outside of the parts that name a product, each group with its reason. It may only shrink. */
export const STILL_NAMED: readonly { readonly why: string; readonly files: readonly string[] }[] = [
  {
    why: 'the variables of secrets of our own parts, which targets.ts names',
    files: ['src/config/secret-names.ts'],
  },
  {
    why: 'what is built from the sections of our own parts: names, targets, variations',
    files: [
      'src/stack/named-files.ts',
      'src/stack/names.ts',
      'src/stack/stack.ts',
      'src/stack/targets.ts',
      'src/stack/variation.ts',
    ],
  },
];
