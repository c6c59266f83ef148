/** Where projects are cloned from: what GITLAB_OMNIBUS_CONFIG says of the address and of SSH. */
import { expect, it, onTestFinished } from 'vitest';
import { call, startGitLab } from './start-gitlab.ts';

const cloned = async (omnibus: string): Promise<string> => {
  const gitlab = await startGitLab({ env: { GITLAB_OMNIBUS_CONFIG: omnibus } });
  onTestFinished(() => gitlab.stop());
  const { id } = gitlab.server.controls.addProject('ops/demo');
  return (await call(gitlab, 'GET', `/projects/${id}`)).body.ssh_url_to_repo;
};

it('an address for SSH has the port that it is published at, and the short form where that is 22', async () => {
  const url = "external_url 'http://git.example.com:8080'";
  expect(await cloned(url)).toBe('git@git.example.com:ops/demo.git');
  const port = (of: number) => `${url}\ngitlab_rails['gitlab_shell_ssh_port'] = ${of}`;
  expect(await cloned(port(2222))).toBe('ssh://git@git.example.com:2222/ops/demo.git');
  expect(await cloned(port(22))).toBe('git@git.example.com:ops/demo.git');
});
