import { openInBrowser } from '../../adapters/open-in-browser.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import type { Stack } from '../../stack/stack.ts';
import { nearest } from '../../values/nearest.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { readDesired } from '../../wiring/live-stack.ts';

export interface OpenOptions {
  /** Label or title of an address. Undefined: the start page. */
  readonly what: string | undefined;
  /** The address is printed only. */
  readonly print: boolean;
}

/** Under which every stack has its start page. */
const START = 'www';

const folded = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** @throws ChatopsError USAGE: there is no such address */
export const addressOf = ({ addresses }: Pick<Stack, 'addresses'>, what: string): string => {
  const named = addresses.find(({ label, title }) => [label, title].some((name) => folded(name) === folded(what)));
  if (named) return named.url;
  const words = addresses.flatMap(({ label, title }) => [label, folded(title)]);
  const meant = nearest(folded(what), words);
  throw new ChatopsError('USAGE', {
    what: `this stack has no address ${JSON.stringify(what)}`,
    why: `it has ${addresses.map(({ label, title }) => `${label} (${title})`).join(', ')}`,
    next: meant === undefined ? 'name one of these' : `did you mean ${meant}?`,
  });
};

/** Where nobody sits at a browser, or none can be started, the address is printed. @throws ChatopsError CONFIG_*, USAGE */
export const openCommand = async (invocation: Invocation, { what = START, print }: OpenOptions): Promise<number> => {
  const { stack } = await readDesired(invocation);
  const url = addressOf(stack, what);
  const opened = !print && invocation.interactive && (await openInBrowser(url));
  invocation.out(invocation.json ? `${toJson({ type: 'open', url, opened })}\n` : `${url}\n`);
  return EXIT.ok;
};
