/** A captured delivery: the bare payload, or an entry of GitLab's own log of a hook's deliveries. Pure. */
import type { Payload } from '../../../contracts/played-forge.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { isRecord } from '../../../values/shape.ts';
import { type GitLabDelivery, USER_AGENT } from './delivery.ts';
import { headerOf } from './header-of.ts';

const refused = (source: string, why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: `${source} holds no delivery of GitLab`,
    why,
    next: 'give a payload as JSON, or one entry of `GET /projects/:id/hooks/:hook_id/events`',
  });

const parse = (text: string, source: string): Payload => {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw refused(source, `it is not JSON (${cause instanceof Error ? cause.message : String(cause)})`);
  }
  throw refused(source, 'it is JSON, but not one object');
};

/** Header names in any case, as different tools log them. */
const headersOf = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), String(text)]))
    : {};

const instanceIn = (payload: Payload): string | undefined => {
  const project = payload.project;
  const url = isRecord(project) ? project.web_url : undefined;
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : undefined;
};

/**
 * Ids of a captured delivery are not sent again: this is a new one. Its token was hidden by GitLab; ours is sent.
 * @throws ChatopsError USAGE
 */
export const readCaptured = (text: string, source: string, gitlab: string): GitLabDelivery => {
  const read = parse(text, source);
  const isLogged = isRecord(read.request_data);
  const payload = isRecord(read.request_data) ? read.request_data : read;
  const headers = isLogged ? headersOf(read.request_headers) : {};
  if (payload.object_kind === undefined && payload.event_name === undefined) {
    throw refused(source, 'neither object_kind nor event_name says what happened');
  }
  return {
    name: source,
    header: headers['x-gitlab-event'] ?? headerOf(payload),
    payload,
    instance: headers['x-gitlab-instance'] ?? instanceIn(payload) ?? gitlab,
    userAgent: headers['user-agent'] ?? USER_AGENT,
  };
};
