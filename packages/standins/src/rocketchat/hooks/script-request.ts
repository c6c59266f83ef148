import type { StandinRequest } from '../../kit/http-standin.ts';
import type { IntegrationDoc, UserDoc } from '../documents.ts';
import type { VersionTraits } from '../version.ts';

/** What a script is handed as `request`. 8.x writes absolute addresses with a host of its own, 7.0 relative ones. */
export const scriptRequest = (
  request: StandinRequest,
  body: Readonly<Record<string, unknown>>,
  integration: IntegrationDoc,
  poster: UserDoc,
  traits: VersionTraits,
): Record<string, unknown> => {
  const query = request.query.toString();
  const search = query === '' ? '' : `?${query}`;
  const path = `${traits.hookUrlsAreAbsolute ? 'http://localhost' : ''}${request.path}${search}`;
  return {
    url: { hash: null, search, query: Object.fromEntries(request.query), pathname: request.path, path },
    url_raw: path,
    url_params: { integrationId: integration._id, token: integration.token },
    content: body,
    content_raw: request.body.toString('utf8'),
    headers: request.headers,
    body,
    user: { _id: poster._id, name: poster.name, username: poster.username },
  };
};
