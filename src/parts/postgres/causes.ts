/** What goes wrong with a PostgreSQL. Texts are the server's own in English, and those of the official image. */
import { allWords, lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

/** The server's own check at its start, and the image's from 18 on (docker-library/postgres, docker-entrypoint.sh). */
const OTHER_VERSION =
  /database files are incompatible with server|The data directory was initialized by PostgreSQL version|in 18\+, these Docker images are configured to store database data/;

const dataOfAnotherVersion = ofRole('postgres', {
  name: 'data of another PostgreSQL',
  hopeless: true,
  recognise: ({ log }) =>
    OTHER_VERSION.test(log)
      ? {
          what: 'the data in its volume are of another major version of PostgreSQL',
          next: 'set the image that they were made with under `images: { postgres: … }` and move them with pg_dump and pg_restore; or begin anew with `chatops-up down --volumes`',
        }
      : undefined,
});

/** The image makes the user once, with its data: .env has changed since. */
const otherPassword = ofRole('postgres', {
  name: 'another password',
  explains: 'refusal',
  recognise: ({ said, log }) =>
    /password authentication failed for user|\b28P01\b/.test(`${said}\n${log}`)
      ? {
          what: 'its user has another password than .env says: it got the one that stood there when its data were made',
          next: 'put that one back, or set the new one: `docker compose exec postgres psql -U USER -d DATABASE`, then `\\password`',
        }
      : undefined,
});

const DISK_FULL = /No space left on device|could not extend file|\b53100\b/;

const diskFull = ofRole('postgres', {
  name: 'full disk',
  explains: 'machine',
  recognise: (symptoms) =>
    DISK_FULL.test(allWords(symptoms))
      ? {
          what: `the disk with its data is full: ${lineWith(allWords(symptoms), DISK_FULL)}`,
          next: 'make room where the engine keeps its volumes (`docker system df`, `df -h`); it goes on by itself',
        }
      : undefined,
});

const noPassword = ofRole('postgres', {
  name: 'no password',
  hopeless: true,
  recognise: ({ log }) =>
    /superuser password is not specified/.test(log)
      ? {
          what: 'it was given no password, and makes no user without one',
          next: 'run `chatops-up up`, which puts one into .env and hands it over',
        }
      : undefined,
});

/** After a crash it replays its log first, which takes as long as there is to replay. */
const replaying = ofRole('postgres', {
  name: 'still starting',
  explains: 'patience',
  recognise: ({ code, said }) =>
    code === 'GATE_TIMED_OUT' && /\b57P03\b/.test(said)
      ? {
          what: 'it was still starting up: after a crash it replays what was not in its files yet',
          next: 'run `chatops-up up` again, or give it longer: `timeouts: { postgres: 10m }`',
        }
      : undefined,
});

export const postgresCauses: readonly Recogniser[] = [
  dataOfAnotherVersion,
  noPassword,
  otherPassword,
  diskFull,
  replaying,
];
