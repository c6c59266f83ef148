/** What a body says of an integration's script: switched on or not, allowed or not, compiled or not. */
import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { IntegrationDoc } from '../documents.ts';
import { type Compiled, compileScript } from '../sandbox/compile.ts';

type Fields = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `FREEZE_INTEGRATION_SCRIPTS`: no script may be written (validateScriptEngine.ts). */
const demandThawed = (chat: Chat, script: string): void => {
  if (script === '') return;
  const frozen = (chat.env.FREEZE_INTEGRATION_SCRIPTS ?? '').toLowerCase();
  if (frozen === 'yes' || frozen === 'true')
    throw coded('integration-scripts-disabled', 'Integration scripts are disabled');
  if (frozen === 'ivm')
    throw coded('integration-scripts-isolated-vm-disabled', 'Integration scripts of isolated-vm are disabled');
};

const demandEngine = (engine: unknown): void => {
  if (engine !== undefined && engine !== 'isolated-vm')
    throw coded('integration-scripts-unknown-engine', 'Unknown script engine');
};

export interface ScriptFields extends Pick<IntegrationDoc, 'scriptEnabled' | 'script' | 'scriptEngine'> {
  readonly skipTranspile?: boolean;
}

export const scriptFields = (chat: Chat, body: Fields, before = ''): ScriptFields => {
  demandEngine(body.scriptEngine);
  const script = body.script === undefined ? before : text(body.script);
  if (script.trim() !== before.trim()) demandThawed(chat, script.trim());
  return {
    scriptEnabled: body.scriptEnabled === true,
    script,
    scriptEngine: 'isolated-vm',
    // Missing counts as false.
    ...(chat.traits.hasSkipTranspile ? { skipTranspile: body.skipTranspile === true } : {}),
  };
};

/**
 * Compiled when it is switched on and sent along; else `before` stays, whatever it was. A syntax error is no refusal:
 * it is saved beside the script, which then never runs.
 */
export const compiledFields = (body: Fields, wanted: ScriptFields, before: Compiled): Compiled =>
  wanted.scriptEnabled && text(body.script).trim() !== ''
    ? compileScript(wanted.script, wanted.skipTranspile === true)
    : before;
