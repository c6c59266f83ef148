import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { leftOutSuite } from '../../helpers/available.ts';
import { EXPECTED, type Judged, judge } from '../gitlab-report/report.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const python = `${here}.cache/venv/bin/python`;

if (!existsSync(python)) {
  leftOutSuite('python-gitlab as judge of the GitLab stand-in', 'not installed; run test/judges/gitlab-python/install');
} else {
  describe('python-gitlab, whose authors know nothing of the stand-in, as judge', () => {
    let judged: Judged;
    beforeAll(async () => {
      judged = await judge(python, ['-B', `${here}judge.py`]);
    });

    it('comes through', () => expect([judged.status, judged.stderr]).toEqual([0, '']));
    it('finds everything as it is at a GitLab', () => expect(judged.report).toEqual(EXPECTED));
    it('its test call was really delivered, with the secret', () =>
      expect(judged.delivered).toMatchObject({ 'x-gitlab-token': 'secret', 'x-gitlab-event': 'Push Hook' }));
  });
}
