/**
 * A message compared with the payload it was made of, by rules of its own: nothing of the notifier's reading is used
 * here, so that no reviewed snapshot can bless an untruth. Rules are written down from GitLab's documentation
 * (doc/user/project/integrations/webhook_events.md, doc/administration/system_hooks.md).
 */
import type { Line, Message, Piece } from '../../../src/notifier/core/message.ts';
import type { Delivery } from './deliveries.ts';

type Json = Readonly<Record<string, unknown>>;

const get = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? (found as Json)[key] : undefined),
    value,
  );

const said = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

const flat = (value: string): string => value.replace(/\s+/g, ' ').trim();

/** Every text and number of a payload. */
const valuesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesIn);
  return said(value) === '' ? [] : [said(value)];
};

/** Keys are shown where a change has no word of ours. */
const keysIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? [...Object.keys(value), ...Object.values(value).flatMap(keysIn)] : [];

const kindOf = ({ payload }: Delivery): string => said(payload.object_kind) || said(payload.event_name);

const linesOf = ({ line, details, fields }: Message): readonly Line[] => [
  line,
  ...details,
  ...fields.map(({ value }) => value),
];

const textOf = (piece: Piece): string => (piece.kind === 'person' ? piece.name : piece.text);

const sentenceOf = ({ line }: Message): string => line.map(textOf).join('');

/** The text as it stands in the payload: without our signs, our cut, and the place of a line in a file. */
const bare = (text: string): string =>
  flat(text.replace(/…$/, ''))
    .replace(/^[#!&$](?=\d)/, '')
    .replace(/ \(#\d+\)$/, '')
    .replace(/:\d+$/, '');

/** Whether a text is somewhere in the payload; a title with its number in front is two. */
const isIn = (text: string, haystack: string): boolean => {
  const [, number = '', sha = '', rest = ''] = /^(?:[#!&$](\d+)|([0-9a-f]{8})) (.*)$/.exec(text) ?? [];
  if (number !== '' || sha !== '') return haystack.includes(number || sha) && isIn(rest, haystack);
  return (
    haystack.includes(bare(text)) ||
    bare(text)
      .split(': ')
      .every((part) => haystack.includes(part))
  );
};

/** Texts that come from outside and yet stand nowhere in the payload. `?` is said of what is missing. */
const invented = (delivery: Delivery, message: Message): readonly string[] => {
  const values = [...valuesIn(delivery.payload), ...keysIn(delivery.payload), delivery.header];
  const haystack = flat(values.join('\n')).replace(/gl[a-z]+-[\w.-]{14,}/g, '•••');
  const days = valuesIn(delivery.payload).filter((value) => /^\d{4}-\d\d-\d\d/.test(value));
  const counts = /^\d[\d,\u202f]* /;
  return linesOf(message)
    .flat()
    .filter((piece) => piece.kind !== 'words' && textOf(piece) !== '?' && !counts.test(textOf(piece)))
    .map(textOf)
    .filter((text) => !isIn(text, haystack) && !(days.length > 0 && isDate(text, days)) && !OUR_LINKS.has(text))
    .map((text) => `invented: ${text}`);
};

/** Words of ours that carry a link. */
const OUR_LINKS = new Set(['a comment', 'un commentaire']);

const MONTHS = [
  ...['January|janvier', 'February|février', 'March|mars', 'April|avril', 'May|mai', 'June|juin', 'July|juillet'],
  ...['August|août', 'September|septembre', 'October|octobre', 'November|novembre', 'December|décembre'],
];

const isDate = (text: string, days: readonly string[]): boolean => {
  const [, day = '', month = '', year = ''] = /^(\d+)(?:er)? (\S+) (\d{4})$/.exec(text) ?? [];
  const index = MONTHS.findIndex((names) => names.split('|').includes(month)) + 1;
  const written = `${year}-${String(index).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return days.some((each) => each.startsWith(written));
};

/** Pages of a project that are built, and what must be in the payload for each. */
const BUILT =
  /^\/-\/(?:compare\/(\w+)\.\.\.(\w+)|commit\/(\w+)|pipelines\/(\d+)|jobs\/(\d+)|milestones\/(\d+)|issues\/(\d+)(?:\/designs\/[^#]+#note_(\d+))?|merge_requests\/(\d+)|(?:tree|tags)\/(.+))$/;

const isBuilt = (url: string, bases: readonly string[], haystack: string, noteId: string): boolean =>
  bases.some((base) => {
    if (!url.startsWith(`${base}/`)) return false;
    const found = BUILT.exec(url.slice(base.length));
    if (found?.[8] !== undefined && found[8] !== noteId) return false;
    return found?.slice(1).every((part) => part === undefined || haystack.includes(decodeURIComponent(part))) ?? false;
  });

/** Links that lead anywhere else than the payload says. */
const strayLinks = ({ payload }: Delivery, message: Message): readonly string[] => {
  const values = valuesIn(payload);
  const bases = [
    get(payload, 'project', 'web_url'),
    get(payload, 'project', 'homepage'),
    get(payload, 'repository', 'homepage'),
  ]
    .map(said)
    .filter((base) => base !== '');
  const noteId = said(get(payload, 'note', 'id')) || said(get(payload, 'object_attributes', 'id'));
  return linesOf(message)
    .flat()
    .flatMap((piece) => (piece.kind === 'link' && piece.url !== '' ? [piece.url] : []))
    .filter((url) => !values.some((value) => value === url || value.startsWith(`${url}/-/`)))
    .filter((url) => !isBuilt(url, bases, values.join('\n'), noteId))
    .map((url) => `stray link: ${url}`);
};

/** Whose act it is, by the payload; undefined where GitLab does not say. */
const actorOf = ({ payload }: Delivery): string | undefined => {
  const item = get(payload, 'object_attributes');
  const decided = ['approved', 'rejected'].includes(said(payload.status));
  if (said(payload.object_kind) === 'deployment' && decided) return said(get(payload, 'approver', 'name'));
  if (get(item, 'system') === true) return undefined;
  const name = said(get(payload, 'user', 'name')) || said(payload.user_name);
  return name === '' ? undefined : name;
};

/** Kinds whose sentence begins with who did it. */
const ACTED = new Set([
  ...['push', 'tag_push', 'repository_update', 'issue', 'work_item', 'note', 'merge_request', 'wiki_page'],
  ...['feature_flag', 'emoji'],
]);

/** News of which nobody in particular is the author. */
const IMPERSONAL =
  /^(All threads of|Toutes les discussions|The (code owners’ )?approvals of|Les approbations|GitLab (reset|a annulé))/;
const UNKNOWN_ACTION = / ?: .* \([^)]+\)$/;

const misattributed = (delivery: Delivery, message: Message): readonly string[] => {
  const actor = actorOf(delivery);
  const decided = ['approved', 'rejected'].includes(said(delivery.payload.status));
  if (actor === undefined || !(ACTED.has(kindOf(delivery)) || decided)) return [];
  const sentence = flat(sentenceOf(message));
  if (IMPERSONAL.test(sentence)) return [];
  const [first] = message.line;
  // A reviewer's own state is news of the reviewer.
  if (/ (requested changes to|a demandé des modifications) /.test(sentence)) return [];
  if (UNKNOWN_ACTION.test(sentence) && sentence.includes(flat(actor).slice(0, 40))) return [];
  const shown = first === undefined ? '' : flat(textOf(first));
  return flat(actor).startsWith(shown.replace(/…$/, '').trim()) && shown !== ''
    ? []
    : [`actor: ${shown}, not ${actor}`];
};

/** Where it happens, as the payload says it most exactly. */
const placeOf = ({ payload }: Delivery): string => {
  const named = [
    get(payload, 'project', 'path_with_namespace'),
    payload.path_with_namespace,
    payload.project_path_with_namespace,
    get(payload, 'object_attributes', 'target', 'path_with_namespace'),
    get(payload, 'group', 'full_path'),
    payload.full_path,
    payload.group_path,
  ];
  const found = named.map(said).find((path) => path !== '');
  const [, group = ''] = /\/groups\/([^?#]+?)\/-\//.exec(said(get(payload, 'object_attributes', 'url'))) ?? [];
  return found ?? group;
};

const misplaced = (delivery: Delivery, message: Message): readonly string[] => {
  const place = placeOf(delivery);
  if (place === '') return [];
  const short = flat(place).slice(0, 100);
  return message.line.some((piece) => flat(textOf(piece)).startsWith(short)) ? [] : [`place: not ${place}`];
};

const SIGNS: Readonly<Record<string, string>> = { issue: '#', work_item: '#', merge_request: '!' };

/** People know an item by its `iid` and sign; the `id` of the database is nobody's. */
const misnumbered = ({ payload, ...rest }: Delivery, message: Message): readonly string[] => {
  const kind = kindOf({ payload, ...rest });
  const item = get(payload, 'object_attributes');
  const sign = said(get(item, 'type')) === 'Epic' ? '&' : SIGNS[kind];
  const numbers = message.line.map(textOf).flatMap((text) => /^[#!&]\d+/.exec(text) ?? []);
  const iid = said(get(item, 'iid'));
  const wrong =
    sign !== undefined && iid !== '' && !numbers.includes(`${sign}${iid}`) ? [`number: not ${sign}${iid}`] : [];
  const id = said(get(item, 'id'));
  const isHidden = ['issue', 'work_item', 'merge_request', 'milestone', 'wiki_page'].includes(kind) && id !== iid;
  const leaked = isHidden && id !== '' && numbers.some((number) => number.slice(1) === id) ? [`id shown: ${id}`] : [];
  return [...wrong, ...leaked];
};

/** What an action is in each language, as a reader understands it; of anything else the sentence must not speak. */
const VERBS: Readonly<Record<string, RegExp>> = {
  'issue open': /\bopened\b|a ouvert/,
  'issue close': /\bclosed\b|a fermé/,
  'issue reopen': /\breopened\b|a rouvert/,
  'merge_request open': /\bopened\b|a ouvert/,
  'merge_request close': /\bclosed\b|a fermé/,
  'merge_request reopen': /\breopened\b|a rouvert/,
  'merge_request merge': /\bmerged\b|a fusionné/,
  'merge_request approved': /\bapproved\b|a approuvé/,
  'merge_request approval': /\bapproved\b|a approuvé/,
  'merge_request unapproved': /withdrew|were reset|GitLab reset|a retiré|annulé/,
  'merge_request unapproval': /withdrew|were reset|GitLab reset|a retiré|annulé/,
  'note create': /commented|wrote|commenté|écrit/,
  'note update': /edited|modifié/,
  'emoji award': /reacted|a réagi/,
  'emoji revoke': /took back|a retiré/,
  'wiki_page create': /created|a créé/,
  'wiki_page update': /changed|a modifié/,
  'wiki_page delete': /deleted|a supprimé/,
  'release create': /published|publiée/,
  'release update': /changed|modifiée/,
  'release delete': /deleted|supprimée/,
  'milestone create': /created|créé/,
  'milestone close': /closed|fermé/,
  'milestone reopen': /reopened|rouvert/,
  'milestone delete': /deleted|supprimé/,
  'pipeline success': /passed|recovered|réussi|réparé/,
  'pipeline failed': /failed|échoué/,
  'pipeline canceled': /canceled|annulé/,
  'build success': /passed|recovered|réussi|réparé/,
  'build failed': /failed|échoué/,
  'build canceled': /canceled|annulé/,
  'deployment success': /deployed|a déployé/,
  'deployment failed': /failed|échoué/,
  'deployment canceled': /canceled|annulé/,
  'deployment running': /is deploying|déploie/,
  'deployment blocked': /waits for approval|attend une approbation/,
  'deployment approved': /approved|a approuvé/,
  'deployment rejected': /rejected|a rejeté/,
};

/** Opposites: what a sentence about one must not say. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [/ (approve|approval|approved)$/, /withdrew|reset|retiré|annulé/],
  [/ success$/, /\bfailed\b(?! before)|a échoué/],
  [/ failed$/, /\bpassed\b|a réussi/],
  [/ close$/, /\bopened\b|reopened|a ouvert|rouvert/],
  [/ open$/, /\bclosed\b|a fermé/],
];

const actionOf = ({ payload }: Delivery): string => {
  const item = get(payload, 'object_attributes');
  return [get(item, 'action'), payload.action, payload.build_status, get(item, 'status'), payload.status]
    .map(said)
    .find((action) => action !== '') as string;
};

const misspoken = (delivery: Delivery, message: Message): readonly string[] => {
  const kind = kindOf(delivery) === 'work_item' ? 'issue' : kindOf(delivery);
  const key = `${kind} ${actionOf(delivery) ?? ''}`;
  const sentence = message.line.map((piece) => (piece.kind === 'words' ? piece.text : '·')).join('');
  const wrong = VERBS[key]?.test(sentence) === false ? [`verb of ${key}: ${sentence}`] : [];
  const opposite = OPPOSITES.some(([action, words]) => action.test(key) && words.test(sentence));
  return opposite ? [...wrong, `opposite of ${key}: ${sentence}`] : wrong;
};

/** A list that is cut says how many it leaves out. */
const cutLists = ({ payload }: Delivery, message: Message): readonly string[] => {
  const shown = (name: RegExp): string =>
    message.fields
      .filter(({ title }) => name.test(title))
      .map(({ value }) => value.map(textOf).join(''))
      .join('');
  const lists: readonly (readonly [unknown, RegExp])[] = [
    [payload.assignees, /^(Assignees|Responsables)/],
    [payload.labels, /^(Labels|Étiquettes)/],
  ];
  return lists.flatMap(([all, name]) => {
    const text = shown(name);
    if (!Array.isArray(all) || text === '') return [];
    const rest = /(?:and|et) (\d+) (?:more|de plus)$/.exec(text)?.[1];
    const announced = text.replace(/ (and|et) \d+ (more|de plus)$/, '').split(', ').length;
    return announced + Number(rest ?? 0) === all.length
      ? []
      : [`cut list: ${announced} and ${rest ?? 0} of ${all.length}`];
  });
};

/** The number of commits that GitLab says. */
const miscounted = ({ payload }: Delivery, message: Message): readonly string[] => {
  const total = Number(get(payload, 'total_commits_count') ?? 0);
  const counted = /(\d[\d,\u202f]*) commits?/.exec(sentenceOf(message))?.[1];
  if (counted === undefined) return [];
  return Number(counted.replace(/\D/g, '')) === total ? [] : [`commits: ${counted}, not ${total}`];
};

/** Everything in a message that its payload does not bear out; empty when it is true. */
export const untruthsOf = (delivery: Delivery, message: Message): readonly string[] => [
  ...invented(delivery, message),
  ...strayLinks(delivery, message),
  ...misattributed(delivery, message),
  ...misplaced(delivery, message),
  ...misnumbered(delivery, message),
  ...misspoken(delivery, message),
  ...cutLists(delivery, message),
  ...miscounted(delivery, message),
];
