/** What a user is asked for a first evening: what cannot be guessed. Everything else has a default that chatops.yaml shows. */
import type { Additions } from '../config/additions.ts';
import type { Config } from '../config/config.ts';
import { portNamed } from '../config/named.ts';
import { sectionOf } from '../config/section.ts';
import { ADMIN } from '../contracts/sections/admin.ts';
import { isLocalName } from '../values/local-name.ts';

export interface FirstQuestion {
  /** Its key in chatops.yaml: `ports.http`. */
  readonly key: string;
  readonly message: string;
  /** What the file says of it, or leaves to its default. Pure. */
  readonly stands: (config: Config) => string;
  /** Whether it is asked at all, by what is answered so far. Default: always. Pure. */
  readonly when?: (config: Config) => boolean;
}

const portQuestion = (name: string, about: string): FirstQuestion => ({
  key: `ports.${name}`,
  message: `Port of ${about}`,
  stands: (config) => String(portNamed(config, name)),
});

export const firstQuestions = ({ ports }: Pick<Additions, 'ports'>): readonly FirstQuestion[] => [
  { key: 'name', message: 'Name of the stack', stands: ({ name }) => name },
  { key: 'domain', message: 'Domain (chat., git., www. and hom. stand before it)', stands: ({ domain }) => domain },
  {
    key: 'bind',
    message: 'Address of this machine that it is reached at (0.0.0.0: all of them; 127.0.0.1: this machine alone)',
    stands: ({ bind }) => bind,
    when: ({ domain }) => !isLocalName(domain),
  },
  portQuestion('http', 'the front door'),
  ...Object.entries(ports).map(([name, { about }]) => portQuestion(name, about)),
  {
    key: 'admin.username',
    message: "User name of the chat's administrator",
    stands: (config) => sectionOf(config, ADMIN).username,
  },
  { key: 'admin.email', message: 'Their e-mail address', stands: (config) => sectionOf(config, ADMIN).email },
];
