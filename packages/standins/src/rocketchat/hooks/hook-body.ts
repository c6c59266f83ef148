import type { StandinRequest } from '../../kit/http-standin.ts';
import { contentType } from '../api/body.ts';
import { plain } from '../api-error.ts';
import type { VersionTraits } from '../version.ts';

type Fields = Readonly<Record<string, unknown>>;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A form whose only field is `payload` is unpacked; its JSON must be an object. @throws a plain 400 */
const fromForm = (text: string, traits: VersionTraits): Fields => {
  const form = new URLSearchParams(text);
  const given = Object.fromEntries(form);
  const payload = form.get('payload');
  if (payload === null || [...form.keys()].length !== 1 || !traits.formPayloadIsUnpacked) return given;
  const parsed = parse(payload);
  if (parsed === undefined) return given;
  if (!isObject(parsed)) throw plain('Integration payload must be a JSON object, not an array or primitive');
  return parsed;
};

/** What the body counts as; any other type, or JSON that does not parse, is an empty object. */
export const readHookBody = (request: StandinRequest, traits: VersionTraits): Fields => {
  const text = request.body.toString('utf8');
  const type = contentType(request);
  if (type === 'application/x-www-form-urlencoded') return fromForm(text, traits);
  const parsed = type === 'application/json' ? parse(text) : undefined;
  return isObject(parsed) ? parsed : {};
};
