/** What a run came to, as the text users read last. */

import type { PlayedService } from '../contracts/engine.ts';
import type { Proof } from '../contracts/proofs.ts';
import { failures, madeChanges, type NodeOutcome, type UpOutcome } from '../engine/outcome.ts';
import { countText } from '../engine/plan.ts';
import { type ChatopsError, formatError } from '../errors/chatops-error.ts';
import type { AdministratorSpec } from '../stack/stack.ts';
import { duration } from './event-line.ts';
import { failureTexts } from './failure.ts';

export interface SummaryFacts {
  /** Whether these are the real servers, in a sentence: the last line. */
  readonly headline: string;
  /** Label of an address → what it is called: `www` → `start page`. */
  readonly called: Readonly<Record<string, string>>;
  readonly administrators: readonly AdministratorSpec[];
  /** Where the passwords stand: the path of `.env` as the user sees it. */
  readonly envFile: string;
  /** The servers end with the command: the addresses answer only while one runs. Default false. */
  readonly endsNow?: boolean;
  /** The servers run on after an interruption. Default false. */
  readonly runsOn?: boolean;
}

const proofLines = (proofs: Readonly<Record<string, Proof>>): readonly string[] =>
  Object.entries(proofs).flatMap(([name, { text, at, roundTripMs, shows }]) => [
    `${name === 'conversation' ? 'the bot posted through the front door and read back' : `${shows ?? 'an event'} became the message`}, in ${duration(roundTripMs)}, at ${at}:`,
    ...text.split('\n').map((line) => `    ${line}`),
  ]);

const playedLines = (played: readonly PlayedService[]): readonly string[] => {
  const standIns = played.filter(({ by }) => by === 'stand-in');
  const real = played.filter(({ by }) => by === 'real');
  const writes = standIns.reduce((sum, { requests }) => sum + (requests?.write ?? 0), 0);
  return [
    ...(standIns.length > 0
      ? [
          `stand-ins, not the real servers: ${standIns.map(({ service }) => service).join(', ')}`,
          `write requests that reached them in this run: ${writes}`,
        ]
      : []),
    ...(real.length > 0 ? [`real programs: ${real.map(({ service }) => service).join(', ')}`] : []),
  ];
};

const addressLines = (
  { urls, silent }: Pick<UpOutcome, 'urls' | 'silent'>,
  { called }: Pick<SummaryFacts, 'called'>,
  isMeant: (label: string) => boolean,
): readonly string[] =>
  Object.entries(urls)
    .filter(([label]) => isMeant(label))
    .map(([label, url]) => {
      const why = silent?.[label];
      return `${called[label] ?? label}: ${url}${why === undefined ? '' : ` (${why})`}`;
    });

const block = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const namesWhere = (nodes: readonly NodeOutcome[], ...results: readonly NodeOutcome['result'][]): string =>
  nodes
    .filter(({ result }) => results.includes(result))
    .map(({ node }) => node)
    .join(', ');

/** What stands, what was cut short and what goes on. */
const interruptedLines = (
  { nodes }: Pick<UpOutcome, 'nodes'>,
  { runsOn }: Pick<SummaryFacts, 'runsOn'>,
): readonly string[] => {
  const said = [
    ['reached', namesWhere(nodes, 'ready', 'done')],
    ['stopped midway', namesWhere(nodes, 'stopped')],
    ['failed', namesWhere(nodes, 'failed')],
    ['not reached', namesWhere(nodes, 'skipped')],
  ] as const;
  return [
    ...said.filter(([, names]) => names !== '').map(([what, names]) => `${what}: ${names}`),
    runsOn ? 'containers that were started run on; `chatops-up down` stops them' : 'no server runs any more',
  ];
};

const endText = (tookMs: number, interrupted: ChatopsError | undefined): string =>
  `${interrupted ? interrupted.what : 'failed'} after ${duration(tookMs)}; what was reached stays, the next run goes on from here`;

export const summaryText = (outcome: UpOutcome, facts: SummaryFacts): string => {
  const errors = failures(outcome);
  const changes = madeChanges(outcome);
  const objects = changes - outcome.files.length - outcome.services.length;
  const counted = countText(outcome.files.length, outcome.services.length, objects);
  const said = changes === 0 ? `${counted}: everything is as wanted, and was looked at again` : counted;
  const headline =
    errors.length > 0 || outcome.interrupted
      ? endText(outcome.tookMs, outcome.interrupted)
      : `${said}, ${duration(outcome.tookMs)}`;
  const lines = [
    '',
    headline,
    ...block(`engine: ${outcome.engine} (${outcome.engineWhy})`, playedLines(outcome.played)),
    ...block('worth knowing of this machine', outcome.cautions ?? []),
    ...(outcome.interrupted ? block('what stands', interruptedLines(outcome, facts)) : []),
    ...(errors.length > 0 || outcome.interrupted
      ? failureTexts(outcome.nodes)
          .flatMap((text) => ['', text])
          .concat(outcome.interrupted ? ['', formatError(outcome.interrupted)] : [])
      : [
          ...block('proof', proofLines(outcome.proofs)),
          ...block(
            facts.endsNow ? 'addresses (the servers end with this command; `up --stay` keeps them)' : 'addresses',
            addressLines(outcome, facts, (label) => outcome.silent?.[label] === undefined),
          ),
          ...block(
            'addresses that do not answer from this machine',
            addressLines(outcome, facts, (label) => outcome.silent?.[label] !== undefined),
          ),
          ...block(
            'administrators',
            facts.administrators.map(
              ({ title, username, password }) =>
                `${title}: ${username}, its password stands in ${facts.envFile} as ${password}`,
            ),
          ),
        ]),
    '',
    facts.headline,
  ];
  return `${lines.join('\n')}\n`;
};
