import { describe, expect, it } from 'vitest';
import { gitlabVersionOf, runnerImage } from '../../../../src/parts/gitlab-runner/image.ts';
import { defaultConfig } from '../../../../src/wiring/own-house.ts';

const fitting = (gitlab: string) => runnerImage.fitting?.({ sections: {}, images: { tools: 'tools:1.0', gitlab } });

describe("the image of GitLab's runner", () => {
  it('is released under the version that the image of GitLab says', () => {
    expect(gitlabVersionOf('gitlab/gitlab-ce:19.3.0-ce.0')).toBe('19.3.0');
    expect(gitlabVersionOf('gitlab/gitlab-ce:latest')).toBeUndefined();
  });

  it('follows the image of GitLab, and is the default where that says no version', () => {
    expect(fitting('gitlab/gitlab-ee:18.2.1-ee.0')).toBe('gitlab/gitlab-runner:alpine-v18.2.1');
    expect(fitting(`gitlab/gitlab-ce@sha256:${'ab'.repeat(32)}`)).toBe(runnerImage.reference);
  });

  it('is by default of the version of GitLab by default', () => {
    expect(defaultConfig().images['gitlab-runner']).toBe(runnerImage.reference);
  });
});
