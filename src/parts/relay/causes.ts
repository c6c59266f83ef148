/** What goes wrong with the relay: its own words, in its log and in the answer of its health. */
import { lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

const relayCause = (recogniser: Recogniser): Recogniser => ofRole('relay', recogniser);

/** `SECRET_MISSING  ROCKETCHAT_PASSWORD is not set` */
const SECRET = /(?:SECRET_MISSING|SECRET_INVALID) +(\w+)/;

const secretMissing = relayCause({
  name: 'a secret of the relay is missing',
  hopeless: true,
  recognise: ({ log }) => {
    const [, variable] = SECRET.exec(log) ?? [];
    if (variable === undefined) return undefined;
    return {
      what: `the relay was started without a usable ${variable}`,
      next: 'run `chatops-up up`: it completes .env and starts the relay again',
    };
  },
});

const settingsRefused = relayCause({
  name: 'settings of the relay',
  hopeless: true,
  recognise: ({ log }) =>
    /CONFIG_INVALID|CONFIG_UNREADABLE/.test(log)
      ? {
          what: `the relay does not take its settings: ${lineWith(log, /CONFIG_INVALID|CONFIG_UNREADABLE/)}`,
          next: 'run `chatops-up up`: it writes them anew, with a tools image of the same version',
        }
      : undefined,
});

const roomMissing = relayCause({
  name: 'a room the relay cannot post in',
  explains: 'refusal',
  recognise: ({ said, log }) => {
    const [, account, room] = /(\S+) cannot post in #(\S+): it is missing or archived/.exec(`${said}\n${log}`) ?? [];
    if (room === undefined) return undefined;
    return {
      what: `${account} cannot post in #${room}: the room is missing or archived`,
      next: 'take it out of the archive, or run `chatops-up up`, which makes a room that is missing',
    };
  },
});

const loginRefused = relayCause({
  name: 'a chat that refuses the relay',
  explains: 'refusal',
  recognise: ({ said, log }) => {
    const [, account] = /refused the login of (\S+?)[:\s]/.exec(`${said}\n${log}\n`) ?? [];
    if (account === undefined) return undefined;
    return {
      what: `the chat refuses the login of ${account}, as which the relay posts`,
      next: 'run `chatops-up up`: it says whether the account is missing, or its password differs from the one in .env',
    };
  },
});

const ASIDE = /its memory cannot be read and is set aside as (\S+): ([^;\n]+)/;

/** It goes on with an empty memory: this explains what is missing in the chat, and nothing that explains more. */
const memorySetAside = relayCause({
  name: 'a damaged memory of the relay',
  explains: 'patience',
  recognise: ({ log }) => {
    const [, file, why] = ASIDE.exec(log) ?? [];
    if (file === undefined) return undefined;
    return {
      what: `the memory of the relay was damaged (${why}): it began a new one and kept the old one as ${file}`,
      next: `messages that waited in it are not sent; \`docker compose cp relay:/var/lib/chatops/${file} .\` takes it out to be read`,
    };
  },
});

export const relayCauses: readonly Recogniser[] = [
  secretMissing,
  settingsRefused,
  loginRefused,
  roomMissing,
  memorySetAside,
];
