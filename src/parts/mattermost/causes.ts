/** What goes wrong inside Mattermost's container, in its own words, and what its answers mean. */
import { lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

const NO_DATABASE =
  /Failed to ping DB|failed to connect to (?:`|the )?database|dial tcp .+:5432|pq: the database system is starting up/i;

const databaseUnreachable = ofRole('mattermost', {
  name: 'PostgreSQL not reachable',
  recognise: ({ log }) =>
    NO_DATABASE.test(log)
      ? {
          what: `it cannot reach its PostgreSQL: ${lineWith(log, NO_DATABASE)}`,
          next: '`chatops-up status` shows whether the database is usable',
        }
      : undefined,
});

/** Code 28P01. */
const databaseRefuses = ofRole('mattermost', {
  name: 'PostgreSQL refuses its login',
  hopeless: true,
  recognise: ({ log }) =>
    /password authentication failed for user/.test(log)
      ? {
          what: 'its PostgreSQL has another password than .env says',
          next: 'put the old one back into .env, or set it in PostgreSQL (`\\password` of psql)',
        }
      : undefined,
});

/** channels/store/sqlstore/store.go, ensureMinimumDBVersion. */
const TOO_OLD = /minimum Postgres version requirements not met\.? ?(Found: \S+, Wanted: [\d.]+\d)?/;

/** MySQL and PostgreSQL below 14 went with 11.0 (important upgrade notes). */
const databaseTooOld = ofRole('mattermost', {
  name: 'PostgreSQL too old',
  hopeless: true,
  recognise: ({ log }) =>
    TOO_OLD.test(log)
      ? {
          what: `its PostgreSQL is older than it takes: ${TOO_OLD.exec(log)?.[1] ?? 'Mattermost 11 wants 14 or later'}`,
          next: 'name a newer one under `images: { postgres: … }`, and move the data with pg_dump and pg_restore',
        }
      : undefined,
});

/** Bind mounts and volumes made by others. */
const foldersNotIts = ofRole('mattermost', {
  name: 'folders of another user',
  hopeless: true,
  recognise: ({ log }) =>
    /permission denied/i.test(log) && /\/mattermost\/(?:config|data|plugins|client)/.test(log)
      ? {
          what: 'a volume of it belongs to another user than 2000, as which it runs',
          next: 'give it back: `docker run --rm -v VOLUME:/v busybox chown -R 2000:2000 /v`',
        }
      : undefined,
});

const loginBlocked: Recogniser = {
  name: 'too many logins',
  explains: 'refusal',
  recognise: ({ said }) =>
    /check_user_login_attempts\.too_many/.test(said)
      ? {
          what: 'the account is locked after ten wrong passwords',
          next: 'correct the password in .env, then have the account unlocked: `docker compose exec mattermost mmctl --local user reset-failed-attempts NAME`, or start the server again',
        }
      : undefined,
};

export const mattermostCauses: readonly Recogniser[] = [
  databaseRefuses,
  databaseTooOld,
  databaseUnreachable,
  foldersNotIts,
  loginBlocked,
];
