/**
 * HEALTHCHECKs by their meaning, on real containers: each is broken from outside, by what an administrator or the world
 * does to the servers while every process goes on, seen by `docker inspect`, and fixed again.
 */
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { aContainerStack, type ContainerStack, docker } from './containers.ts';
import { within } from './images-used.ts';

/** Asked more often than in the product, nothing else is changed; the other services keep the product's pace. */
const PACE = { interval: '2s', retries: 2 };
const PACED = ['mongo', 'gitlab-runner', 'bot', 'nginx'];
const INSIDE = { mongo: 27017, rocketchat: 3000, gitlab: 80 } as const;
/** Only against a state that never comes: the bot waits a minute before it tries a refused password again. */
const WITHIN_MS = within(150_000);
const LOOK_EVERY_MS = 250;
const TEST_WITHIN_MS = 2 * WITHIN_MS + 60_000;

interface Health {
  readonly Status: 'starting' | 'healthy' | 'unhealthy';
  readonly Log: readonly { readonly Output: string; readonly ExitCode: number }[];
}

type Json = Readonly<Record<string, unknown>>;

export const health = (): void => {
  describe('the HEALTHCHECK', () => {
    let stack: ContainerStack;
    const ports = { mongo: 0, rocketchat: 0, gitlab: 0 };
    const at = (service: keyof typeof ports): string => `127.0.0.1:${ports[service]}`;

    const healthOf = async (service: string): Promise<Health> => {
      const { id = service } = (await stack.containers())[service] ?? {};
      return JSON.parse(await docker('inspect', '--format', '{{json .State.Health}}', id)) as Health;
    };

    /** @returns what its last question came to */
    const becomes = async (service: string, status: Health['Status']): Promise<string> => {
      for (const startedAt = performance.now(); ; ) {
        const { Status, Log } = await healthOf(service);
        const last = Log.at(-1)?.Output.trim() ?? '';
        if (Status === status) return last;
        if (performance.now() - startedAt > WITHIN_MS) {
          throw new Error(`${service} is ${Status} and does not become ${status}; it says: ${last}`);
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };

    const chat = async (path: string, body: Json, headers: Record<string, string> = {}): Promise<Json> => {
      const answer = await fetch(`http://${at('rocketchat')}/api/v1/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Json;
    };

    /** As the administrator of the chat would, in the browser. */
    const asChief = async () => {
      const { data } = await chat('login', { user: 'chief', password: stack.secret('CHATOPS_ADMIN_PASSWORD') });
      const { userId, authToken } = data as { userId: string; authToken: string };
      const headers = { 'X-User-Id': userId, 'X-Auth-Token': authToken };
      const read = async (path: string): Promise<Json> =>
        (await (await fetch(`http://${at('rocketchat')}/api/v1/${path}`, { headers })).json()) as Json;
      const { room } = (await read('rooms.info?roomName=ops')) as { room: { _id: string } };
      const { user } = (await read('users.info?username=hubot')) as { user: { _id: string } };
      return {
        toRoom: (what: string, rest: Json = {}) => chat(`channels.${what}`, { roomId: room._id, ...rest }, headers),
        botId: user._id,
        setPassword: (password: string) => chat('users.update', { userId: user._id, data: { password } }, headers),
      };
    };

    const command = async (words: Json): Promise<void> => {
      const client = new MongoClient(`mongodb://${at('mongo')}/?directConnection=true`, {
        auth: { username: '__system', password: stack.secret('CHATOPS_MONGO_KEY') },
        authSource: 'local',
        authMechanism: 'SCRAM-SHA-256',
      });
      try {
        await client.db('admin').command(words);
      } finally {
        await client.close();
      }
    };

    const gitlab = async (method: 'GET' | 'POST', path: string): Promise<unknown> => {
      const headers = { 'PRIVATE-TOKEN': stack.secret('CHATOPS_GITLAB_TOKEN') };
      const answer = await fetch(`http://${at('gitlab')}/api/v4/${path}`, { method, headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };

    beforeAll(async () => {
      stack = await aContainerStack();
      expect((await stack.command('render')).status).toBe(0);
      for (const service of ['mongo', 'rocketchat', 'gitlab'] as const) ports[service] = await freePort();
      const services: Record<string, Json> = {};
      for (const name of PACED) services[name] = { healthcheck: PACE };
      for (const [name, port] of Object.entries(INSIDE)) {
        services[name] = { ...services[name], ports: [`${at(name as keyof typeof INSIDE)}:${port}`] };
      }
      // A port is not published out of an internal network.
      services.mongo = { ...services.mongo, networks: { back: {} } };
      // JSON is YAML; Compose reads this file beside ours by itself.
      stack.write('compose.override.yaml', JSON.stringify({ services }));
      await stack.compose('up', '-d');
      await Promise.all(PACED.map((service) => becomes(service, 'healthy')));
    }, within(240_000));

    afterAll(() => stack?.remove(), within(60_000));

    it(
      'of mongo sees that the set has lost its PRIMARY',
      async () => {
        await command({ replSetStepDown: 86_400, force: true });
        expect(await becomes('mongo', 'unhealthy')).toContain('knows no PRIMARY');
        await command({ replSetFreeze: 0 });
        expect(await becomes('mongo', 'healthy')).toBe('PRIMARY of rs0');
      },
      TEST_WITHIN_MS,
    );

    it(
      'of the bot sees that its room is archived',
      async () => {
        const chief = await asChief();
        await chief.toRoom('archive');
        expect(await becomes('bot', 'unhealthy')).toContain('ops is archived');
        await chief.toRoom('unarchive');
        await becomes('bot', 'healthy');
      },
      TEST_WITHIN_MS,
    );

    it(
      'of the bot sees that its room has become read-only',
      async () => {
        const chief = await asChief();
        await chief.toRoom('setReadOnly', { readOnly: true });
        expect(await becomes('bot', 'unhealthy')).toContain(
          'ops is read-only and hubot is neither owner nor moderator',
        );
        await chief.toRoom('setReadOnly', { readOnly: false });
        await becomes('bot', 'healthy');
      },
      TEST_WITHIN_MS,
    );

    it(
      'of the bot sees that it was put out of its room',
      async () => {
        const chief = await asChief();
        await chief.toRoom('kick', { userId: chief.botId });
        expect(await becomes('bot', 'unhealthy')).toContain('hubot is not in ops');
        await chief.toRoom('invite', { userId: chief.botId });
        await becomes('bot', 'healthy');
      },
      TEST_WITHIN_MS,
    );

    it(
      'of the bot sees that its password was changed, and that it has come back by itself when it is put right',
      async () => {
        const chief = await asChief();
        const before = (await stack.containers()).bot?.startedAt;
        await chief.setPassword('Another-password-12345!');
        // Its token died with the password; the next answer is of the login that was refused.
        expect(await becomes('bot', 'unhealthy')).toMatch(/hubot (is not connected|got no answer)/);
        await chief.setPassword(stack.secret('CHATOPS_BOT_PASSWORD'));
        await becomes('bot', 'healthy');
        expect((await stack.containers()).bot?.startedAt).toBe(before);
      },
      TEST_WITHIN_MS,
    );

    it(
      'of the runner sees that its token was revoked, and that the next run has given it another one',
      async () => {
        const runners = (await gitlab('GET', 'runners/all')) as readonly { id: number }[];
        expect(runners).toHaveLength(1);
        await gitlab('POST', `runners/${runners[0]?.id}/reset_authentication_token`);
        expect(await becomes('gitlab-runner', 'unhealthy')).toContain('GitLab does not know the token in config.toml');
        await stack.compose('up', '-d');
        await becomes('gitlab-runner', 'healthy');
        expect(await gitlab('GET', 'runners/all')).toHaveLength(1);
      },
      TEST_WITHIN_MS,
    );

    it(
      'of nginx sees that the back end of a virtual host is gone',
      async () => {
        await stack.compose('stop', '--timeout', '3', 'gitlab');
        expect(await becomes('nginx', 'unhealthy')).toMatch(/virtual host git\.|no answer/);
        await stack.compose('start', 'gitlab');
        await becomes('nginx', 'healthy');
      },
      TEST_WITHIN_MS,
    );
  });
};
