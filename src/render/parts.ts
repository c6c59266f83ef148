/** `compose/parts.json`: code of the parts that chatops.yaml names, for the containers that run it. */
import type { Renderer } from '../contracts/renderer.ts';
import { PARTS_FILE } from '../stack/names.ts';
import { GENERATED } from './generated.ts';

export const partsRenderer: Renderer = {
  id: 'parts',
  render: ({ carried }) =>
    carried === undefined
      ? []
      : [
          {
            path: PARTS_FILE,
            text: `${JSON.stringify({ '//': GENERATED, entries: carried.entries, modules: carried.modules }, null, 2)}\n`,
          },
        ],
};
