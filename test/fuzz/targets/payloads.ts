import { announce } from '../../../src/notifier/core/announce.ts';
import { renderPost } from '../../../src/notifier/mattermost/render.ts';
import { renderMessage } from '../../../src/notifier/rocketchat/render.ts';
import { playedGitLab } from '../../../src/parts/gitlab/deliveries/played-forge.ts';
import { parseRelayFile } from '../../../src/parts/relay/program/relay-file.ts';
import { faultsOf } from '../../unit/notifier/judge.ts';
import { faultsOf as postFaults } from '../../unit/notifier/mattermost-judge.ts';
import { must, type Target } from '../target.ts';

const CONTEXT = {
  now: new Date('2026-01-05T09:00:00Z'),
  forge: 'https://git.example.org',
  project: 'ops/website',
  word: 'example',
};

/** As GitLab's own log of deliveries has them. */
const deliveries = playedGitLab.samples.map((sample) => {
  const { header, payload } = playedGitLab.play(sample, CONTEXT);
  return JSON.stringify({ request_headers: { 'X-Gitlab-Event': header }, request_data: payload });
});

/** Whatever GitLab sends, or others in its name: Markdown of both chats. Links are judged by the property tests. */
export const payloads: Target = {
  name: 'payloads',
  seeds: deliveries,
  share: 0.15,
  run: (text) => {
    const { header, payload } = playedGitLab.captured(text, 'delivery.json', 'https://git.example.org');
    for (const locale of ['en', 'fr'] as const) {
      const message = announce({ header, payload }, { locale, intermediate: true });
      if (message === undefined) continue;
      const post = renderPost(message);
      must(JSON.stringify(post).length < 16_383, 'too long for a post');
      must(postFaults(post, () => true).length === 0, postFaults(post, () => true).join('; '));
      const content = renderMessage(message, 'builds');
      must(faultsOf(content, () => true).length === 0, faultsOf(content, () => true).join('; '));
    }
  },
};

export const relaySettings: Target = {
  name: 'relay-settings',
  seeds: [
    '{"to":"mattermost","as":"bot","team":"ops","url":"https://chat.example.org","channels":{"builds":"ci"},"rooms":{"builds":{"loud":"failures"}}}',
    '{"to":"rocketchat","username":"hubot","url":"http://chat:3000","channels":{"a":"b"},"filters":[{"room":"a","project":"x/y","branches":["main"]}]}',
  ],
  run: (text) => {
    must(Object.keys(parseRelayFile(text, 'relay.json').channels).length > 0, 'it has no channel');
  },
};
