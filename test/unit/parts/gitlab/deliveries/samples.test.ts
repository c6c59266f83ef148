/** Every event that can be played: built as GitLab builds it, and turned into a message by the script as it is installed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenInto } from '../../../../../src/contracts/hook-token.ts';
import type { SampleContext } from '../../../../../src/contracts/played-forge.ts';
import { buildRequest, USER_AGENT } from '../../../../../src/parts/gitlab/deliveries/delivery.ts';
import { headerOf } from '../../../../../src/parts/gitlab/deliveries/header-of.ts';
import { playedGitLab } from '../../../../../src/parts/gitlab/deliveries/played-forge.ts';
import { SAMPLES } from '../../../../../src/parts/gitlab/deliveries/samples/index.ts';
import { createScriptRunner } from '../../../../../src/parts/rocketchat/client/script-runner.ts';
import { webhookScript } from '../../../../../src/parts/rocketchat/setup/webhook-script.ts';
import { lowerCased, renderDelivery } from '../../../../../src/simulate/simulate.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { contractsDir, leftOut } from '../../../../helpers/available.ts';

const context: SampleContext = {
  now: new Date('2026-08-20T10:00:00Z'),
  forge: 'http://git.chatops.localhost:8080',
  project: 'ops/website',
  word: 'bodegaku',
};
const secret = new Secret('s3cret');
const hooks = [{ source: { kind: 'instance' }, room: 'ci' }] as const;
const webhook = { name: 'w', room: 'ci', locale: 'en', secret: 'HOOK', hooks } as const;
const script = webhookScript({ webhook }, { read: () => secret });
const runner = createScriptRunner();

describe('samples', () => {
  it('are named once each', () => {
    const names = SAMPLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('hold one of each event that every forge has', () => {
    const everyday = SAMPLES.flatMap((sample) => sample.everyday ?? []);
    expect(everyday.toSorted()).toEqual(['pipeline-failed', 'pipeline-passed', 'push']);
  });

  it('are equal when built twice, and carry the word that finds their message', () => {
    for (const { build } of SAMPLES) {
      expect(build(context)).toEqual(build(context));
      expect(JSON.stringify(build(context))).toContain(context.word);
    }
  });

  it('bear the header that a captured payload of their kind would be given', () => {
    const differing = SAMPLES.filter(
      ({ name, header, build }) => name !== 'project' && headerOf(build(context)) !== header,
    );
    expect(differing.map(({ name }) => name)).toEqual([]);
  });

  it.each(SAMPLES.map((sample) => [sample.name, sample] as const))(
    '%s is understood by the notifier',
    async (_n, sample) => {
      const send = { secret: tokenInto(secret, hooks, 'ci'), encoding: 'json', uuid: () => 'a-uuid' } as const;
      const delivery = playedGitLab.play(sample, context);
      const simulation = { delivery, send, kept: secret, room: 'ci', word: context.word, waitMs: 1 };
      const shown = await renderDelivery(simulation, (request) => runner.run(script, request));
      expect(shown.kind).not.toBe('refused');
      if (shown.kind === 'message') {
        expect(shown.room).toBe('ci');
        expect(`${shown.parts.text}${JSON.stringify(shown.parts.attachments)}`.length).toBeGreaterThan(10);
      }
    },
  );

  it('never show title or text of a confidential issue', async () => {
    const sample = SAMPLES.find(({ name }) => name === 'issue-confidential');
    const payload = sample?.build(context) ?? {};
    const { headers } = buildRequest(
      { header: sample?.header ?? '', payload, instance: context.forge, userAgent: USER_AGENT },
      { secret, encoding: 'json', uuid: () => 'u' },
    );
    const result = await runner.run(script, { headers: lowerCased(headers), query: {}, content: payload });
    expect(JSON.stringify(result)).not.toMatch(/rings twice|should ring once/);
  });
});

/** Contract file → our sample of the same kind. */
const SAME_KIND: Readonly<Record<string, string>> = {
  'push.json': 'push',
  'tag_push_create.json': 'tag',
  'issue_open.json': 'issue',
  'note_commit.json': 'comment-commit',
  'note_issue.json': 'comment-issue',
  'note_merge_request.json': 'comment-merge-request',
  'merge_request_open.json': 'merge-request',
  'pipeline_success.json': 'pipeline',
  'job_created.json': 'job',
  'deployment_success.json': 'deployment',
  'release_create.json': 'release',
  'wiki_page_create.json': 'wiki',
  'milestone_create.json': 'milestone',
  'feature_flag_on.json': 'feature-flag',
  'emoji_award_on_note.json': 'emoji',
  'access_token_expiring_project.json': 'access-token',
  'deploy_token_expiring.json': 'deploy-token',
  'subgroup_create.json': 'subgroup',
  'system_project_create.json': 'system-project',
  'system_user_create.json': 'system-user',
  'system_push.json': 'system-push',
};
const contracts = contractsDir();
const folder = contracts === undefined ? undefined : join(contracts, 'gitlab/webhooks');

if (folder !== undefined && existsSync(folder)) {
  describe('samples beside those of GitLab', () => {
    /** Present only now and then, or not any more. */
    const optional = new Set(['source_pipeline']);
    it.each(readdirSync(folder).filter((file) => SAME_KIND[file] !== undefined))(
      '%s has no field ours lacks',
      (file) => {
        const theirs = JSON.parse(readFileSync(join(folder, file), 'utf8'));
        const ours = SAMPLES.find(({ name }) => name === SAME_KIND[file])?.build(context) ?? {};
        const lacking = (left: object, right: object | undefined): string[] =>
          Object.keys(left).filter((key) => !optional.has(key) && !(key in (right ?? {})));
        expect(lacking(theirs, ours)).toEqual([]);
        expect(lacking(theirs.object_attributes ?? {}, ours.object_attributes as object)).toEqual([]);
      },
    );
  });
} else {
  leftOut("samples beside GitLab's own", 'no shared contracts');
}
