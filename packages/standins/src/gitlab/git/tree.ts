/** path → blob. Paths come from anybody: only what the tree itself holds is an entry, `__proto__` is a name like others. */
export type Tree<E> = Readonly<Record<string, E>>;

export const entryAt = <E>(tree: Tree<E> | undefined, path: string): E | undefined =>
  tree !== undefined && Object.hasOwn(tree, path) ? tree[path] : undefined;
