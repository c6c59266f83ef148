import type { Forge } from '../../../contracts/forge.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready, readyBut } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint, HttpTarget, SecretName } from '../../../stack/stack.ts';
import { Secret } from '../../../values/secret.ts';
import { RUNNER_CONFIG } from '../runner-config.ts';
import { bareOf, blockNamed, textOf } from '../setup/blocks.ts';
import { overdueRenewal } from '../setup/token-life.ts';
import { unanswered } from './job-requests.ts';

export type RunnerProbeSpec = {
  readonly what: 'runner';
  readonly metrics: Endpoint;
  readonly gitlab: HttpTarget;
  readonly token: SecretName;
  readonly description: string;
};

/** Well under the waiting loop's own limit, so that the reason names the server. */
const TIMEOUT_MS = 3_000;

/** `[sr]_` and twelve characters (run:commands/internal/configfile/system_id_state.go); newer metrics carry it as a label. */
const SYSTEM_ID_LABEL = /system_id="([sr]_[0-9a-zA-Z]{12})"/;

const describedRunner = async (forge: Forge, description: string, signal: AbortSignal): Promise<number | undefined> => {
  const runners = await forge.listRunners({ kind: 'visible' }, signal);
  const ids = runners.filter((each) => each.description === description).map(({ id }) => id);
  return ids.length === 0 ? undefined : Math.max(...ids);
};

/** No waiting changes that. */
const deadToken = (id: number): ChatopsError =>
  new ChatopsError('TOKEN_INVALID', {
    what: `GitLab does not know the token in config.toml any more (runner ${id})`,
    why: 'it was reset or has expired, or the runner was deleted',
    next: 'run `chatops-up up`: it gives the runner a new one',
  });

/**
 * The process answers on its metrics, has been answered by GitLab since it was started, with the token in config.toml where
 * that can be read, and GitLab still knows both. Its metrics do not show that by themselves: they count all answers since.
 * One that somebody has paused is ready, with a word: it was meant.
 */
export const createRunnerProbe = (
  { metrics, gitlab: target, token, description }: RunnerProbeSpec,
  { http, forge: forgeOf, addresses, client, clock }: Ports,
): Probe => {
  const askGitLab = async (systemId: string, block: string, signal: AbortSignal): Promise<Answer> => {
    const forge = forgeOf({ target, token }, { patient: false });
    const inFile = bareOf(block, 'id');
    const id = inFile === undefined ? await describedRunner(forge, description, signal) : Number(inFile);
    if (id === undefined) return notReady(`GitLab has no runner "${description}"`);
    // Its status says "online" for two hours after its last contact, and after anybody's `verify`: not asked.
    const managers = await forge.listRunnerManagers(id, signal);
    const own = managers.find((manager) => manager.systemId === systemId);
    // Before that nothing is asked in its name: our question would pass for its first contact.
    if (own?.contactedAt === undefined) return notReady(`GitLab has not seen ${systemId} as runner ${id} yet`);
    const ownToken = textOf(block, 'token');
    let overdue: string | undefined;
    if (ownToken !== undefined) {
      const verdict = await forge.verifyRunner(new Secret(ownToken), signal, systemId);
      if (verdict.kind === 'dead') return cannotTell(deadToken(id));
      const obtainedAt = bareOf(block, 'token_obtained_at');
      overdue = overdueRenewal({ obtainedAt, expiresAt: verdict.expiresAt }, clock.date());
    }
    const paused = (await forge.showRunner(id, signal))?.paused;
    const cautions = [
      ...(paused === undefined ? [] : [`it is paused, and every pipeline stays pending: ${paused}`]),
      ...(overdue === undefined ? [] : [overdue]),
    ];
    const detail = [`runner ${id}`, systemId, own.version].join(', ');
    return cautions.length === 0 ? ready(detail) : readyBut(detail, cautions.join('; '));
  };
  return {
    id: 'runner',
    ask: (signal) =>
      answerOf(signal, async () => {
        const { host, port } = addresses.resolve(metrics);
        const url = `http://${host}:${port}/metrics`;
        const response = await http.request({ method: 'GET', url, timeoutMs: TIMEOUT_MS, signal });
        if (response.status !== 200) return notReady(`/metrics answers ${response.status}`);
        if (!response.body.includes('gitlab_runner_version_info')) {
          return notReady('/metrics answers, but not as a GitLab runner does');
        }
        // A file that cannot be read here (another container's) has no block to ask about.
        const block = blockNamed((await client(RUNNER_CONFIG).read()) ?? '', description) ?? '';
        const without = unanswered(response.body, textOf(block, 'token'));
        if (without !== undefined) return notReady(without);
        const systemId = (await client(RUNNER_CONFIG).systemId()) ?? SYSTEM_ID_LABEL.exec(response.body)?.[1];
        if (systemId === undefined) return notReady('it has no system id yet');
        return askGitLab(systemId, block, signal);
      }),
  };
};
