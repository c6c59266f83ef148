/**
 * The world on disk, so that the next start meets it. Logins end with the process; a real server keeps them in its
 * database, and a client of one must stand its end anyway.
 */
import type { Collection, Store } from '../kit/store.ts';
import type { Channel, Hook, Person, Post, Team, Token, World } from './world.ts';

/** JSON knows no sets. */
type Flat<T> = Omit<T, 'members'> & { readonly members: readonly string[] };

const flat = <T extends { readonly members: Set<string> }>(thing: T): Flat<T> => ({
  ...thing,
  members: [...thing.members],
});

export interface Keeper {
  /** What was kept becomes part of the world. */
  recall(): void;
  /** Everything that has changed is on disk when it returns. */
  save(): void;
  close(): void;
}

type Documents = readonly (readonly [id: string, document: unknown])[];

const documentsOf = <T extends { readonly id: string }>(things: Iterable<T>): Documents =>
  [...things].map((thing) => [thing.id, thing] as const);

const keepIn = (collection: Collection<string>, documents: Documents): void => {
  const gone = new Set(collection.all().map((text) => (JSON.parse(text) as { readonly id: string }).id));
  for (const [id, document] of documents) {
    gone.delete(id);
    const text = JSON.stringify(document);
    if (collection.get(id) !== text) collection.put(id, text);
  }
  for (const id of gone) collection.delete(id);
};

const read = <T>(collection: Collection<string>): readonly T[] => collection.all().map((text) => JSON.parse(text) as T);

export const createKeeper = (store: Store, world: World): Keeper => {
  const of = (name: string): Collection<string> => store.collection<string>(name);
  const withMembers = <T extends { readonly members: Set<string> }>(name: string): readonly T[] =>
    read<Flat<T>>(of(name)).map((each) => ({ ...each, members: new Set(each.members) }) as unknown as T);
  return {
    recall: () => {
      world.teams.push(...withMembers<Team>('teams'));
      world.channels.push(...withMembers<Channel>('channels'));
      world.people.push(...read<Person>(of('people')));
      world.tokens.push(...read<Token>(of('tokens')));
      world.hooks.push(...read<Hook>(of('hooks')));
      for (const post of read<Post>(of('posts'))) world.posts.set(post.id, post);
    },
    save: () => {
      keepIn(of('teams'), documentsOf(world.teams.map(flat)));
      keepIn(of('channels'), documentsOf(world.channels.map(flat)));
      keepIn(of('people'), documentsOf(world.people));
      keepIn(of('tokens'), documentsOf(world.tokens));
      keepIn(of('hooks'), documentsOf(world.hooks));
      keepIn(of('posts'), documentsOf(world.posts.values()));
    },
    close: () => store.close(),
  };
};
