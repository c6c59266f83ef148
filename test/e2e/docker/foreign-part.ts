/** A part that is not ours, on real containers: its service, job, questions, cause and check, from the files of test/open. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../../helpers/cli.ts';
import type { Json } from '../../helpers/live.ts';
import { installPages, PAGES_YAML } from '../../open/install-pages.ts';
import { PAGES } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';

const MORE = `gitlab: none\ntimeouts: { pages: 8s }\n${PAGES_YAML}`;

export const foreignPart = (): void => {
  describe('a stack with a part that is not ours', () => {
    let stack: ContainerStack;
    let first: Ended;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;
    const pages = (written: string): void =>
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace(/^pages: .*$/m, `pages: ${written}`));
    const container = async (): Promise<string> => (await stack.containers()).pages?.id ?? 'pages';

    beforeAll(async () => {
      stack = await aContainerStack({ more: MORE, images: { pages: PAGES } });
      installPages(stack.dir);
      first = await command('up');
    });

    afterAll(() => stack?.remove(), 60_000);

    it('comes from nothing to proven, its job done and its host behind the front door', () => {
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      expect(first.stdout).toContain('title Our pages');
      expect(first.stdout).toMatch(/http:\/\/pages\./);
    });

    it('changes nothing the second time, and everything is usable and as wanted', async () => {
      const second = await command('up');
      expect(second.stdout).toMatch(/^0 changes/m);
      expect(second.status).toBe(0);
      expect((await command('plan', '--detailed-exitcode')).status).toBe(0);
      const { stdout } = await command('status');
      expect(stdout).toMatch(/\bpages\b/);
      expect(stdout).toContain('everything is usable and as wanted');
    });

    it('has its HEALTHCHECK answered by its own kind of question', async () => {
      const [{ Config, State }] = JSON.parse(await stack.docker('inspect', await container())) as Json[];
      expect(Config.Healthcheck.Test.slice(1, 4)).toEqual(['/opt/chatops/chatops-probe', 'pages', 'http://pages:8091']);
      expect(State.Health.Status).toBe('healthy');
      expect(State.Health.Log.at(-1)).toMatchObject({ ExitCode: 0, Output: expect.stringMatching(/they can be read/) });
    });

    it('has its kind in the help of the probe, in the containers that have its code', async () => {
      const help = await stack.docker('exec', await container(), '/opt/chatops/chatops-probe', '--help');
      expect(help).toMatch(/pages +URL \[--title TITLE\]/);
      expect(help).toContain('pages can be read, under this title if one is named');
    });

    it('has its code in no container but those that run it', () => {
      const services = stack.read('compose.yaml').split(/^ {2}(?=[\w-]+:$)/m);
      const having = services.filter((text) => text.includes('/etc/chatops/parts.json'));
      expect(having.map((text) => text.slice(0, text.indexOf(':'))).sort()).toEqual(['pages', 'pages-setup', 'prober']);
    });

    it('is proven by smoke with its own check, and breaks no way between the containers', async () => {
      const { status, stdout } = await command('smoke', '--json');
      const { checks } = JSON.parse(stdout) as { readonly checks: readonly Json[] };
      expect(checks.filter(({ result }) => result !== 'passed')).toEqual([]);
      expect(checks).toContainEqual(expect.objectContaining({ area: 'pages', name: 'title' }));
      expect(status).toBe(0);
      const doctor = JSON.parse((await command('doctor', 'network', '--json')).stdout);
      expect(doctor.broken).toEqual([]);
      expect(doctor.ways).toContainEqual(
        expect.objectContaining({ from: 'prober', to: 'pages:8091', kind: 'reached' }),
      );
    });

    it('has what its job would change planned before it is done', async () => {
      pages('{ title: Other pages }');
      expect((await command('plan')).stdout).toMatch(/~ title Other pages {2}\(it is "Our pages"\)/);
      const { status, stdout } = await command('up');
      expect(stdout).toContain('title Other pages');
      expect(status).toBe(0);
    });

    it('runs with changed code after one run, and nothing is left to do then', async () => {
      const setup = stack.read('pages-setup.mjs');
      stack.write(
        'pages-setup.mjs',
        setup.replace('seen === title', 'seen === `${title}!`').replace('body: title', 'body: `${title}!`'),
      );
      // A kind of job, too, that nothing in the running containers knows.
      const part = stack.read('pages.mjs');
      stack.write(
        'pages.mjs',
        part.replace("{ job: 'pages-setup'", "{ job: 'pages-title'").replace("({ 'pages-setup':", "({ 'pages-title':"),
      );
      const plan = await command('plan');
      expect(plan.stderr).toBe('');
      expect(plan.stdout).toMatch(/~ prober /);
      expect(plan.stdout).toContain('was started without this job');
      const { status, stdout } = await command('up');
      expect(stdout).toContain('it is "Other pages"');
      expect(status).toBe(0);
      expect((await command('up')).stdout).toMatch(/^0 changes/m);
    });

    it('has its failure explained by what it knows of it', async () => {
      pages('{ title: Other pages, ink: none }');
      const { status, stdout, stderr } = await command('up');
      expect(status).toBe(124);
      expect(`${stdout}${stderr}`).toMatch(/most likely: it ran out of ink/);
      expect(`${stdout}${stderr}`).toContain('refill it');
    });
  });
};
