import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ciFile } from '../../../../src/parts/gitlab/ci-file.ts';

const FILE = {
  branch: 'main',
  message: 'first',
  comment: 'made by a test',
  job: 'smoke',
  tags: [],
  command: 'echo hi',
};

describe('the file of a pipeline', () => {
  it('stands where GitLab looks for it, and has one job with one command', () => {
    const { path, branch, message, content } = ciFile(FILE);
    expect({ path, branch, message }).toEqual({ path: '.gitlab-ci.yml', branch: 'main', message: 'first' });
    expect(content.split('\n')[0]).toBe('# made by a test');
    expect(parse(content)).toEqual({ smoke: { script: ['echo hi'] } });
  });

  it('names the tags of the runners that may take it, whatever stands in them', () => {
    const tags = ['docker', '"] x: [', "it's: a tag #1"];
    expect(parse(ciFile({ ...FILE, tags }).content)).toEqual({ smoke: { tags, script: ['echo hi'] } });
  });

  it('runs the command as it is, whatever stands in it', () => {
    const command = 'echo "a: b" # not a comment';
    expect(parse(ciFile({ ...FILE, command }).content)).toEqual({ smoke: { script: [command] } });
  });
});
