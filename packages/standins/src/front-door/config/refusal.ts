import { StandinError } from '../../standin-error.ts';

/** The stand-in does what its configuration says, or says what it cannot do: nothing is ignored in silence. */
export const cannotObey = (what: string, line: number): StandinError =>
  new StandinError('CONFIGURATION_UNSUPPORTED', {
    what: `the front door's stand-in cannot obey nginx.conf line ${line}`,
    why: what,
    next: 'take that out of the configuration, or use the real nginx',
  });
