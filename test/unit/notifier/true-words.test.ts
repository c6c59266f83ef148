/** What is announced of each delivery, as a sentence: the same words in both chats, in English and in French. */
import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import { COLOURS } from '../../../src/notifier/core/markup.ts';
import type { Message } from '../../../src/notifier/core/message.ts';
import { renderPost } from '../../../src/notifier/mattermost/render.ts';
import { renderMessage } from '../../../src/notifier/rocketchat/render.ts';
import { ownDeliveries, ownDelivery } from './deliveries.ts';

const messageOf = (name: string, locale: 'en' | 'fr'): Message | undefined => {
  const { header, payload } = ownDelivery(name);
  return announce({ header, payload }, { locale });
};

/** As people read it: links by their labels, without escapes, look-alikes and what is not seen. */
const plain = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\\([*_~`])/g, '$1')
    .replace(/`/g, '')
    .replace(/\u2060/g, '')
    .replace(/＄/g, '$')
    .replace(/\u00a0/g, ' ');

interface Read {
  readonly sentence: string;
  readonly details: readonly string[];
  readonly fields: readonly string[];
  readonly colour: string | undefined;
}

const inRocketChat = (message: Message): Read => {
  const { text, attachments: [more] = [] } = renderMessage(message, 'ci');
  const fields = more?.fields?.map(({ title, value }) => plain(`${title}: ${value}`)) ?? [];
  return { sentence: plain(text), details: more?.text?.split('\n').map(plain) ?? [], fields, colour: more?.color };
};

const inMattermost = (message: Message): Read => {
  const { message: text, attachments } = renderPost(message);
  const [more] = attachments;
  const fields = more?.fields?.map(({ title, value }) => plain(`${title}: ${value}`)) ?? [];
  return { sentence: plain(text), details: more?.text?.split('\n').map(plain) ?? [], fields, colour: more?.color };
};

const read = (name: string, locale: 'en' | 'fr' = 'en'): Read => {
  const message = messageOf(name, locale);
  if (message === undefined) throw new Error(`nothing is said of ${name}`);
  const [one, other] = [inRocketChat(message), inMattermost(message)];
  expect(other).toEqual(one);
  return one;
};

const ANNOUNCED: readonly (readonly [what: string, name: string, en: string, fr: string])[] = [
  [
    'approvals that a push reset are nobody’s withdrawal',
    'merge-request-approvals-reset',
    'The approvals of merge request !7 Faster search in acme/shop were reset, as Ada Byte pushed to it',
    'Les approbations de la demande de fusion !7 Faster search dans acme/shop ont été annulées, car Ada Byte y a poussé',
  ],
  [
    'an epic has the number and the place of its group',
    'work-item-epic',
    'Ada Byte opened epic &3 Year plan in acme',
    'Ada Byte a ouvert l’epic &3 Year plan dans acme',
  ],
  [
    'a work item whose state an update closed is closed',
    'work-item-closed-by-update',
    'Ada Byte closed requirement #3 Year plan in acme/shop',
    'Ada Byte a fermé l’exigence #3 Year plan dans acme/shop',
  ],
  [
    'an approved deployment names who approved, and who deploys',
    'deployment-approved',
    'Bo Chen approved the deployment of acme/shop to production by Ada Byte',
    'Bo Chen a approuvé le déploiement d’acme/shop vers production par Ada Byte',
  ],
  [
    'a rejected deployment names who rejected',
    'deployment-rejected',
    'Bo Lind rejected the deployment of works/tram_depot to production by Ada Okafor',
    'Bo Lind a rejeté le déploiement de works/tram_depot vers production par Ada Okafor',
  ],
  [
    'a blocked deployment waits for approval',
    'deployment-blocked',
    'The deployment of acme/shop to production by Ada Byte waits for approval',
    'Le déploiement d’acme/shop vers production par Ada Byte attend une approbation',
  ],
  [
    'a title that loses its mark of a draft is ready',
    'merge-request-ready-by-title',
    'Ada Byte marked merge request !7 Faster search in acme/shop as ready',
    'Ada Byte a déclaré prête la demande de fusion !7 Faster search dans acme/shop',
  ],
  [
    'a reaction to a snippet names it',
    'emoji-snippet',
    'Ada Byte reacted with thumbsup to snippet $12 Backup script in acme/shop',
    'Ada Byte a réagi par thumbsup à l’extrait de code $12 Backup script dans acme/shop',
  ],
  [
    'a reaction to an issue, with the article that French joins',
    'emoji-issue',
    'Ada Byte reacted with heart to issue #4 Cart is empty in acme/shop',
    'Ada Byte a réagi par heart au ticket #4 Cart is empty dans acme/shop',
  ],
  [
    'a reaction to a comment on a design names the design',
    'emoji-on-comment-of-design',
    'Ada Okafor reacted with tada to a comment on design door.png (#12) in works/tram_depot',
    'Ada Okafor a réagi par tada à un commentaire sur la maquette door.png (#12) dans works/tram_depot',
  ],
  [
    'a comment on a design names it and its issue',
    'note-design',
    'Ada Byte commented on design cart.png (#4) in acme/shop',
    'Ada Byte a commenté la maquette cart.png (#4) dans acme/shop',
  ],
  [
    'an edited comment is edited',
    'note-edited',
    'Ada Byte edited a comment on merge request !7 Faster search in acme/shop',
    'Ada Byte a modifié un commentaire sur la demande de fusion !7 Faster search dans acme/shop',
  ],
  [
    'a reviewer who is asked is named',
    'merge-request-reviewer-asked',
    'Ada Byte asked Bo Chen to review merge request !7 Faster search in acme/shop',
    'Ada Byte a demandé à Bo Chen de relire la demande de fusion !7 Faster search dans acme/shop',
  ],
  [
    'a reviewer who is asked again is named',
    'merge-request-reviewer-asked-again',
    'Ada Byte asked Bo Chen to review merge request !7 Faster search in acme/shop again',
    'Ada Byte a de nouveau demandé à Bo Chen de relire la demande de fusion !7 Faster search dans acme/shop',
  ],
  [
    'the same in the two lists that GitLab documents',
    'merge-request-reviewer-again-in-lists',
    'Ada Okafor asked Bo Lind to review merge request !8 Close the doors in works/tram_depot again',
    'Ada Okafor a de nouveau demandé à Bo Lind de relire la demande de fusion !8 Close the doors dans works/tram_depot',
  ],
  [
    'a reviewer who is released is named',
    'merge-request-reviewer-released',
    'Ada Okafor no longer asks Bo Lind to review merge request !8 Close the doors in works/tram_depot',
    'Ada Okafor ne demande plus à Bo Lind de relire la demande de fusion !8 Close the doors dans works/tram_depot',
  ],
  [
    'assignees who come and go are named',
    'merge-request-assignees',
    'Ada Byte assigned merge request !7 Faster search in acme/shop to Cy Dahl (no longer assigned to Bo Chen)',
    'Ada Byte a attribué la demande de fusion !7 Faster search dans acme/shop à Cy Dahl (plus d’attribution à Bo Chen)',
  ],
  [
    'a pipeline that passed with warnings says so',
    'pipeline-warnings',
    'Pipeline #91 passed with warnings in acme/shop on main after 1 min, started by Ada Byte',
    'Le pipeline #91 a réussi avec des avertissements dans acme/shop sur main au bout de 1 min, lancé par Ada Byte',
  ],
  [
    'a job that may fail says so',
    'job-allowed-to-fail',
    'Job lint, which is allowed to fail, failed in acme/shop on main, started by Ada Byte',
    'Le job lint, qui peut échouer, a échoué dans acme/shop sur main, lancé par Ada Byte',
  ],
  [
    'an old payload has its place',
    'merge-request-old',
    'Ada Byte opened merge request !7 Faster search in acme/shop',
    'Ada Byte a ouvert la demande de fusion !7 Faster search dans acme/shop',
  ],
  [
    'a push of before 8.5 has its place',
    'push-old',
    'Ada Okafor pushed 1 commit to main in works/tram_depot',
    'Ada Okafor a poussé 1 commit vers main dans works/tram_depot',
  ],
  [
    'a deleted milestone is deleted',
    'milestone-deleted',
    'Milestone v2 was deleted in acme/shop',
    'Le jalon v2 a été supprimé dans acme/shop',
  ],
  [
    'an action that nobody documents is named',
    'release-unknown-action',
    'Release Winter of works/tram_depot: archive',
    'Version Winter de works/tram_depot : archive',
  ],
  ['a tag', 'tag-created', 'Ada Byte created the tag v2.0 in acme/shop', 'Ada Byte a créé le tag v2.0 dans acme/shop'],
  [
    'a new branch',
    'push-new-branch',
    'Ada Byte created the branch fast in acme/shop',
    'Ada Byte a créé la branche fast dans acme/shop',
  ],
  [
    'a branch that was moved back',
    'push-moved-back',
    'Ada Okafor force-pushed main in works/tram_depot: it now points to b2b2b2b2',
    'Ada Okafor a poussé de force main dans works/tram_depot : la branche pointe désormais sur b2b2b2b2',
  ],
  [
    'a merge says into what',
    'merge-request-merged',
    'Ada Byte merged !7 Faster search into main in acme/shop',
    'Ada Byte a fusionné !7 Faster search dans la branche main d’acme/shop',
  ],
  [
    'a long pipeline, with the day of the language',
    'pipeline-long',
    'Pipeline #91 failed in acme/shop on main after 1 d 3 h, started by Ada Byte',
    'Le pipeline #91 a échoué dans acme/shop sur main au bout de 1 j 3 h, lancé par Ada Byte',
  ],
  [
    'an issue without an action begins with a capital',
    'issue-no-action',
    'Issue #4 Cart is empty in acme/shop: news (Ada Byte)',
    'Le ticket #4 Cart is empty dans acme/shop : du nouveau (Ada Byte)',
  ],
  [
    'a deployment',
    'deployment-success',
    'Ada Byte deployed acme/shop to production',
    'Ada Byte a déployé acme/shop vers production',
  ],
  [
    'a member who was removed need not have left',
    'member-removed',
    'Bo Chen is no longer a member of acme',
    'Bo Chen n’est plus membre d’acme',
  ],
  [
    'an automatic merge that was set',
    'merge-request-auto-merge',
    'Ada Byte set merge request !7 Faster search in acme/shop to merge automatically',
    'Ada Byte a programmé la fusion automatique de !7 Faster search dans acme/shop',
  ],
  [
    'a token without a date will soon expire',
    'token-without-date',
    'The access token deploy of works/tram_depot will soon expire',
    'Le jeton d’accès deploy de works/tram_depot expire bientôt',
  ],
  [
    'a date as people write it',
    'access-token-group',
    'The access token deploy of works expires on 1 March 2026',
    'Le jeton d’accès deploy de works expire le 1er mars 2026',
  ],
  [
    'a kind that nobody documents says object, action and place',
    'unknown-kind',
    'GitLab: sprint #3 Leak @all in works/tram_depot, close',
    'GitLab : sprint #3 Leak @all dans works/tram_depot, close',
  ],
];

describe('what is announced', () => {
  it.each(ANNOUNCED)('%s', (_what, name, en, fr) => {
    expect(read(name).sentence).toBe(en);
    expect(read(name, 'fr').sentence).toBe(fr);
  });

  it.each(['merge-request-bookkeeping', 'merge-request-no-time', 'issue-bookkeeping-null', 'empty'])(
    'of nothing (%s) is nothing',
    (name) => {
      expect([messageOf(name, 'en'), messageOf(name, 'fr')]).toEqual([undefined, undefined]);
    },
  );
});

describe('of several changes at once', () => {
  const announced = (changes: object): string => {
    const { header, payload } = ownDelivery('merge-request-reviewer-released');
    const message = announce({ header, payload: { ...payload, changes } }, { locale: 'en' });
    return message === undefined ? 'nothing' : inRocketChat(message).sentence;
  };
  const [bo, cy] = [
    { name: 'Bo Lind', username: 'bo' },
    { name: 'Cy Dahl', username: 'cy' },
  ];
  const ready = { previous: true, current: false };
  const MERGE = 'merge request !8 Close the doors in works/tram_depot';

  it('the one who is asked comes first', () => {
    expect(announced({ draft: ready, reviewers: { previous: [], current: [bo] } })).toBe(
      `Ada Okafor asked Bo Lind to review ${MERGE}`,
    );
    expect(announced({ assignees: { previous: [], current: [cy] }, reviewers: { previous: [], current: [bo] } })).toBe(
      `Ada Okafor asked Bo Lind to review ${MERGE} (assigned to Cy Dahl)`,
    );
  });

  it('what happened comes before who is released', () => {
    expect(announced({ draft: ready, reviewers: { previous: [bo], current: [] } })).toBe(
      `Ada Okafor marked ${MERGE} as ready (no longer asked to review: Bo Lind)`,
    );
  });

  it('a change of state is the news', () => {
    expect(
      announced({ state_id: { previous: 1, current: 2 }, labels: { previous: [], current: [{ title: 'x' }] } }),
    ).toBe(`Ada Okafor closed ${MERGE}`);
  });

  it('a change that is on the way, locked, is none', () => {
    expect(announced({ state_id: { previous: 1, current: 4 } })).toBe('nothing');
  });
});

describe('both chats', () => {
  const announced = ownDeliveries().filter(
    ({ name }) => !name.startsWith('hostile') && messageOf(name, 'en') !== undefined,
  );

  it.each(announced.map(({ name }) => name))('read the same of %s', (name) => {
    expect(read(name).sentence).not.toBe('');
    expect(read(name, 'fr').sentence).not.toBe('');
  });
});

describe('what is announced beside it', () => {
  it('is the comment of who decided on a deployment', () => {
    expect(read('deployment-approved').details).toEqual(['> Looks good']);
    expect(read('deployment-rejected').details).toEqual(['> Not on a Friday.', '> Wait for the night line.']);
  });

  it('is how many more there are than are named', () => {
    expect(read('pipeline-many-failed').fields).toContain(
      'Failed: test: t1, test: t2, test: t3, test: t4, test: t5 and 3 more',
    );
    expect(read('issue-many-assignees').fields).toEqual([
      'Assignees: Person 1, Person 2, Person 3, Person 4, Person 5 and 5 more',
      'Labels: l1, l2, l3, l4, l5, l6, l7, l8 and 4 more',
    ]);
    expect(read('issue-many-labels-added', 'fr').fields).toEqual([
      'Modifications : étiquettes ajoutées : l1, l2, l3, l4, l5, l6, l7, l8 et 4 de plus',
    ]);
  });

  it('is nothing of what a template says to its reader', () => {
    expect(read('issue-template').details).toEqual(['> ### Summary', '> The cart is empty after login.']);
  });

  it('keeps the lines of a comment, and says where in the diff it stands', () => {
    const { details, fields } = read('note-lines');
    expect(details).toEqual(['> Two things:', '> - rename it', '> - add a test', '> npm test']);
    expect(fields).toEqual(['File: src/a.ts:12']);
  });

  it('keeps the lines of release notes', () => {
    expect(read('release-updated').details).toEqual(['> ## What is new', '> - doors', '> - lights']);
  });

  it('is the last of many commits, how many are earlier, and whose they are where another pushed them', () => {
    const { details } = read('push-nineteen');
    expect(details).toHaveLength(6);
    expect(details[2]).toBe('17171717 Step 17 of the move (Bo Lind)');
    expect(details[4]).toBe('19191919 Step 19 of the move');
    expect(details.at(-1)).toBe('and 14 earlier commits');
    expect(read('push-nineteen', 'fr').details.at(-1)).toBe('et 14 commits antérieurs');
  });

  it('is which job failed as it may, and none that was tried again with success', () => {
    expect(read('pipeline-warnings').fields).toEqual(['Allowed to fail: test: lint']);
    expect(read('pipeline-retried').fields).toEqual(['Failed: test: lights']);
  });

  it('is whom an old merge request is assigned to', () => {
    expect(read('merge-request-old').fields).toContain('Assignees: Bo Chen');
  });

  it('tells branches and tags apart', () => {
    expect(read('repository-update').fields).toEqual(['Branches: main, line-9', 'Tags: v2']);
  });

  it('is nothing of a private snippet, of a token that somebody pasted, or of a vulnerability', () => {
    expect(read('note-on-private-snippet')).toMatchObject({ details: [], fields: [] });
    expect(JSON.stringify(read('note-on-private-snippet'))).not.toContain('Door codes');
    expect(read('note-with-token').details).toEqual(['> It works with •••, try it.']);
    expect(JSON.stringify(read('vulnerability-detected'))).not.toMatch(/Password|secrets\.txt|CVE/);
  });
});

describe('the colour', () => {
  it.each([
    ['pipeline-warnings', COLOURS.warning],
    ['job-allowed-to-fail', COLOURS.warning],
    ['pipeline-many-failed', COLOURS.bad],
    ['deployment-blocked', COLOURS.warning],
    ['deployment-rejected', COLOURS.bad],
    ['deployment-success', COLOURS.good],
  ])('of %s is %s', (name, colour) => {
    expect(read(name).colour).toBe(colour);
  });
});

describe('in a room that wants failures only', () => {
  const isLoud = (name: string): boolean => {
    const { header, payload } = ownDelivery(name);
    return announce({ header, payload }, { locale: 'en', loud: 'failures' }) !== undefined;
  };

  it('a job that may fail is not announced', () => {
    expect(isLoud('job-allowed-to-fail')).toBe(false);
    expect(isLoud('job-failed')).toBe(true);
  });

  it('a deployment that waits for somebody is announced, and one that was rejected', () => {
    expect(['deployment-blocked', 'deployment-rejected', 'deployment-success'].map(isLoud)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('links', () => {
  const linksOf = (name: string): readonly string[] => {
    const message = messageOf(name, 'en');
    const pieces = [...(message?.line ?? []), ...(message?.fields ?? []).flatMap(({ value }) => value)];
    return pieces.flatMap((piece) => (piece.kind === 'link' && piece.url !== '' ? [piece.url] : []));
  };
  const SHOP = 'https://git.example.org/acme/shop';
  const DEPOT = 'https://git.example.org/works/tram_depot';

  it.each([
    ['a tag', 'tag-created', `${SHOP}/-/tags/v2.0`],
    ['a new branch', 'push-new-branch', `${SHOP}/-/tree/fast`],
    ['a branch of odd letters', 'push-odd-branch', `${DEPOT}/-/tree/feature/50%25-off%231`],
    ['an issue whose payload has no address', 'issue-no-action', `${SHOP}/-/issues/4`],
    ['the group of an epic', 'work-item-epic', 'https://git.example.org/groups/acme'],
    ['an environment at its own address', 'deployment-success', 'https://shop.example.org'],
    ['the job that deploys', 'deployment-success', `${SHOP}/-/jobs/55`],
    [
      'a comment that somebody reacted to',
      'emoji-on-comment-of-design',
      `${DEPOT}/-/issues/12/designs/door.png#note_77`,
    ],
    ['a comment on a design', 'note-design', `${SHOP}/-/issues/4/designs/cart.png#note_77`],
  ])('lead to %s', (_what, name, address) => {
    expect(linksOf(name)).toContain(address);
  });

  it.each([
    ['system-user-rename', undefined],
    ['project-transferred', 'https://git.example.org/city/tram_depot'],
    ['group-renamed', 'https://git.example.org/city/works'],
    ['member-removed', 'https://git.example.org/acme'],
    ['subgroup-deleted', undefined],
  ])('of %s, whose payload has no address, lead to %j when GitLab says where it is', (name, address) => {
    const { header, payload } = ownDelivery(name);
    const message = announce({ header, payload, instance: 'https://git.example.org/' }, { locale: 'en' });
    const urls = message?.line.flatMap((piece) => (piece.kind === 'link' && piece.url !== '' ? [piece.url] : []));
    expect(urls).toEqual(address === undefined ? [] : [address]);
  });

  it.each(['milestone-deleted', 'release-deleted', 'wiki-deleted'])('lead to no page that is gone (%s)', (name) => {
    const base = linksOf(name).filter((address) => /milestones|releases|wikis/.test(address));
    expect(base).toEqual([]);
  });
});
