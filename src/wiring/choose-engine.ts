/** Which engine runs the services, and why: said in every report. */
import type { Engine } from '../contracts/engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Desired } from '../stages/world.ts';
import type { EngineKind, EngineNeeds, Fit } from './engine-kind.ts';
import { rememberedEngine } from './engine-memory.ts';
import { ENGINES } from './engines.ts';
import { stayingOn } from './hold-stack.ts';
import type { Invocation } from './invocation.ts';

interface Choice {
  readonly kind: EngineKind;
  readonly why: string;
}

const kindsFor = ({ engines = [] }: Invocation): readonly EngineKind[] => [...ENGINES, ...engines];

/** Takes no other one where the one that was asked for cannot do it. @throws ChatopsError USAGE, ENGINE_UNAVAILABLE */
const asked = async (invocation: Invocation, desired: Desired): Promise<Choice> => {
  const kinds = kindsFor(invocation);
  const kind = kinds.find(({ name }) => name === invocation.engine);
  if (!kind) {
    throw new ChatopsError('USAGE', {
      what: `there is no engine ${invocation.engine}`,
      next: `use --engine auto, or one of ${kinds.map(({ name }) => name).join(', ')}`,
    });
  }
  const fit = await kind.fits(invocation, desired);
  if (!fit.fits) throw fit.error;
  const version = fit.version === undefined ? '' : ` (${fit.version})`;
  return { kind, why: `it was asked for with --engine ${kind.name}${version}` };
};

/** A user who can be asked says whether stand-ins will do. @throws ChatopsError what keeps the refusing engine away */
const mayRehearse = async ({ askYesNo }: Invocation, { why, error }: Fit & { fits: false }): Promise<void> => {
  if (askYesNo === undefined || (await askYesNo(`${why}. Rehearse with stand-ins instead of real servers?`))) return;
  throw error;
};

/** Its containers may run there still, with all data: stand-ins beside them would be taken for them. */
const runsThere = (name: string, { what, why, next }: ChatopsError): ChatopsError =>
  new ChatopsError('ENGINE_UNAVAILABLE', {
    what,
    why: `${why === undefined ? '' : `${why}; `}this stack was last run on the engine ${name}, which \`--engine auto\` keeps to`,
    ...(next === undefined ? {} : { next }),
  });

/** Another engine would look for a stack that is not there, and find its ports taken. */
const staying = async (invocation: Invocation): Promise<Choice | undefined> => {
  const name = await stayingOn(invocation.dir);
  const kind = kindsFor(invocation).find((each) => each.name === name);
  return kind && { kind, why: 'another process keeps its servers running (`up --stay`)' };
};

/** The first that needs nothing more. @throws ChatopsError ENGINE_UNAVAILABLE when none does */
const first = async (invocation: Invocation, desired: Desired): Promise<Choice> => {
  const refusals: string[] = [];
  const remembered = rememberedEngine(invocation.dir);
  for (const kind of kindsFor(invocation)) {
    const fit = await kind.fits(invocation, desired);
    if (fit.fits) return { kind, why: refusals.length === 0 ? fit.says : refusals.join('; ') };
    if (fit.stops === true) throw fit.error;
    if (kind.name === remembered) throw runsThere(kind.name, fit.error);
    await mayRehearse(invocation, fit);
    refusals.push(fit.why);
  }
  throw new ChatopsError('ENGINE_UNAVAILABLE', { what: 'no engine can run this stack', why: refusals.join('; ') });
};

export const chooseEngine = async (invocation: Invocation, needs: EngineNeeds): Promise<Engine> => {
  const { desired } = needs;
  const auto = async (): Promise<Choice> => (await staying(invocation)) ?? first(invocation, desired);
  const { kind, why } = await (invocation.engine === 'auto' ? auto() : asked(invocation, desired));
  return kind.create(invocation, needs, why);
};
