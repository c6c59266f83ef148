import { createKnownSecrets } from '../../src/values/words/known-secrets.ts';
import { createOutlet, type Outlet } from '../../src/values/words/outlet.ts';

/** No secret is known yet. */
export const known = () => createKnownSecrets({});

export const outletTo = (write: (text: string) => unknown): Outlet =>
  createOutlet((text) => void write(text), known().clean);

/** For what is said and not looked at. */
export const nowhere = outletTo(() => undefined);
