import { describe, expect, it } from 'vitest';
import type { ServiceNode, Stack, StackNode } from '../../../../src/stack/stack.ts';
import { stackOf } from '../../../builders/stack.ts';
import { ownConfigOf } from '../../../helpers/own-config.ts';

const stackFrom = (yaml: string): Stack => stackOf(ownConfigOf(yaml));
const OURS = stackFrom('chat: { kind: mattermost }\n');
const THEIRS = stackFrom('chat: { kind: mattermost, url: "https://chat.example.org" }\n');

const names = ({ nodes }: Stack): readonly string[] => nodes.map(({ name }) => name);

const node = ({ nodes }: Stack, name: string): StackNode => {
  const found = nodes.find((each) => each.name === name);
  if (!found) throw new Error(`no node ${name}`);
  return found;
};

describe('a stack whose chat is Mattermost', () => {
  it('has its database and its setup, and nothing of Rocket.Chat', () => {
    expect(names(OURS)).toEqual(expect.arrayContaining(['postgres', 'mattermost', 'mattermost-setup', 'relay']));
    expect(names(OURS).filter((name) => /mongo|rocketchat/.test(name))).toEqual([]);
  });

  it('lets it start when its database takes writes', () => {
    expect(node(OURS, 'mattermost').gates).toEqual([{ node: 'postgres', until: 'usable' }]);
  });

  it('opens its front door only when the server has its administrator', () => {
    expect(node(OURS, 'nginx').gates).toEqual([{ node: 'mattermost-setup', until: 'done' }]);
  });

  it('opens the front door of a chat that has one before anything else, as before', () => {
    expect(node(stackFrom('name: blue\n'), 'nginx').gates).toEqual([]);
  });

  it('hands the password of the database over inside an address, and stands with it in the network of data', () => {
    const { container } = node(OURS, 'mattermost') as ServiceNode;
    expect(container.environment.MM_SQLSETTINGS_DATASOURCE).toEqual({
      secret: 'CHATOPS_POSTGRES_PASSWORD',
      text: 'postgres://chatops:{}@postgres:5432/chatops?sslmode=disable&connect_timeout=10',
    });
    const data = OURS.networks.find(({ purpose }) => purpose === 'data');
    expect(data?.members).toEqual(expect.arrayContaining(['postgres', 'mattermost']));
  });

  it('says in its offer which chat it is, and that it takes no deliveries by itself', () => {
    expect(OURS.offers.chat).toMatchObject({ speaks: 'mattermost', proofRoom: 'ops' });
    expect(OURS.offers.chat).not.toHaveProperty('webhook');
    expect(OURS.offers.receiver).toMatchObject({ kind: 'relay' });
  });

  it('has its GitLab also where nothing is announced, and then no relay', () => {
    const stack = stackFrom('chat: { kind: mattermost }\ngitlab: { announce: [] }\n');
    expect(names(stack)).toEqual(expect.arrayContaining(['gitlab', 'gitlab-setup', 'gitlab-runner']));
    expect(names(stack)).not.toContain('relay');
    expect(node(stack, 'gitlab-setup')).toMatchObject({
      gates: [{ node: 'gitlab', until: 'usable' }],
      job: { allowList: [], hooks: [] },
    });
    expect(node(stack, 'gitlab-setup')).not.toHaveProperty('without');
  });

  it('keeps the database that is written beside it', () => {
    const stack = stackFrom('chat: { kind: mattermost }\npostgres: { database: pages, user: wiki }\n');
    expect(stack.offers.sql).toMatchObject({ database: 'pages', account: { username: 'wiki' } });
  });
});

describe('a stack whose Mattermost exists already', () => {
  it('has its setup, and neither server nor database', () => {
    expect(names(THEIRS)).toContain('mattermost-setup');
    expect(names(THEIRS)).not.toContain('mattermost');
    expect(names(THEIRS)).not.toContain('postgres');
  });

  it('is set up by an administrator whose password the user knows', () => {
    expect(THEIRS.secrets.find(({ name }) => name === 'CHATOPS_ADMIN_PASSWORD')).toMatchObject({ origin: 'given' });
    expect(node(THEIRS, 'mattermost-setup')).toMatchObject({ gates: [], job: { external: true } });
  });

  it('has a front door that waits for nobody', () => {
    expect(node(THEIRS, 'nginx').gates).toEqual([]);
  });
});
