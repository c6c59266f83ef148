import { EXIT } from '../../errors/catalogue.ts';
import { graphJson, mermaidOf } from '../../report/graph.ts';
import { toJson } from '../../report/json.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { readDesired } from '../../wiring/live-stack.ts';

/** No server is asked. @throws ChatopsError CONFIG_* */
export const graphCommand = async (invocation: Invocation): Promise<number> => {
  const { nodes } = (await readDesired(invocation)).stack;
  invocation.out(invocation.json ? `${toJson(graphJson(nodes), 2)}\n` : mermaidOf(nodes));
  return EXIT.ok;
};
