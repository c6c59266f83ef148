import { CATALOGUE, type ErrorCode, EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { codesText, explanationJson, explanationText } from '../../report/explanation.ts';
import { toJson } from '../../report/json.ts';
import { nearest } from '../../values/nearest.ts';
import type { Invocation } from '../../wiring/invocation.ts';

export interface ExplainOptions {
  /** Undefined: all. */
  readonly code: string | undefined;
}

const CODES = Object.keys(CATALOGUE) as readonly ErrorCode[];

const unknown = (code: string): ChatopsError => {
  const meant = nearest(code, CODES);
  return new ChatopsError('USAGE', {
    what: `there is no error code ${JSON.stringify(code)}`,
    next: meant === undefined ? '`chatops-up explain` lists them' : `did you mean ${meant}?`,
  });
};

/** @throws ChatopsError USAGE for what is no code */
export const explainCommand = async ({ json, out }: Invocation, { code }: ExplainOptions): Promise<number> => {
  if (code === undefined) {
    out(json ? `${toJson({ type: 'codes', codes: CODES.map(explanationJson) }, 2)}\n` : codesText(CODES));
    return EXIT.ok;
  }
  const found = CODES.find((each) => each === code.toUpperCase());
  if (found === undefined) throw unknown(code);
  out(json ? `${toJson({ type: 'explanation', ...explanationJson(found) }, 2)}\n` : explanationText(found));
  return EXIT.ok;
};
