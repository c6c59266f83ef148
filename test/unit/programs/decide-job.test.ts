import { describe, expect, it } from 'vitest';
import { decideJob } from '../../../src/programs/decide-job.ts';
import { createWorld } from '../../builders/gitlab-ports.ts';

const question = { job: { job: 'wiki-setup', title: 'Wiki' }, secrets: {}, files: {} };
const signal = new AbortController().signal;
const wiki = {
  name: 'wiki',
  jobs: async () => ({
    'wiki-setup': ({ title }: { title: string }) => ({
      id: 'wiki-setup',
      blank: () => '',
      observe: async () => 'Pages',
      decide: (seen: string) => ({
        changes: [{ action: 'update', resource: 'title', name: title, cause: `it is ${seen}` } as const],
        conflicts: [],
        warnings: [],
      }),
      apply: async () => expect.fail('a job that is only decided on changes nothing'),
    }),
  }),
};

describe('what a job would do', () => {
  it('is decided by the part that does it, over what is seen', async () => {
    expect(await decideJob(question, createWorld().ports, '/nowhere', [wiki], signal)).toMatchObject({
      kind: 'decided',
      decision: { changes: [{ name: 'Wiki', cause: 'it is Pages' }] },
    });
  });

  it('is not known to a program that was started without that part', async () => {
    expect(await decideJob(question, createWorld().ports, '/nowhere', [], signal)).toEqual({ kind: 'unknown' });
  });
});
