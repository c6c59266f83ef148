/** What the job of the pages does: they bear the title that chatops.yaml says. */
import { baseUrl } from 'chatops-up';

export const setTitle = ({ target, title, token }, { addresses, http, secrets }) => {
  const url = () => `${baseUrl(addresses, target)}/title`;
  return {
    id: 'pages-setup',
    blank: () => '',
    observe: async (signal) => (await http.request({ method: 'GET', url: url(), signal })).body,
    decide: (seen) => ({
      changes:
        seen === title
          ? []
          : [{ action: 'update', resource: 'title', name: title, cause: `it is ${JSON.stringify(seen)}` }],
      conflicts: [],
      warnings: [],
    }),
    apply: async (_change, signal) => {
      const headers = { 'x-pages-token': secrets.read(token).reveal() };
      await http.request({ method: 'PUT', url: url(), headers, body: title, signal });
    },
  };
};
