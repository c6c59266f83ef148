import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../../src/cli/commands/explain.ts';
import { CATALOGUE, type ErrorCode } from '../../../src/errors/catalogue.ts';
import { explanationText } from '../../../src/report/explanation.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { outletTo } from '../../builders/outlet.ts';

const said = async (code: string | undefined, json = false): Promise<string> => {
  let text = '';
  const out = outletTo((more) => {
    text += more;
  });
  await explainCommand({ out, json } as Invocation, { code });
  return text;
};

describe('an error code', () => {
  it('is explained in the form in which it is printed', () => {
    expect(explanationText('PORT_TAKEN')).toBe(`PORT_TAKEN  a port that the stack needs is in use
  why   usually another program of this machine, often another web server
  next  free the port, or set another one in chatops.yaml
  exit  1

A failure of yours says its own cause and, where one is known, a more exact next step.
`);
  });

  it.each(Object.keys(CATALOGUE) as ErrorCode[])('%s is explained, however it is written', async (code) => {
    expect(await said(code.toLowerCase())).toContain(`${code}  ${CATALOGUE[code].meaning}\n`);
    expect(JSON.parse(await said(code, true))).toMatchObject({ type: 'explanation', code, next: CATALOGUE[code].next });
  });

  it('that is none is refused with the nearest', async () => {
    await expect(said('PORT_TAKN')).rejects.toMatchObject({ code: 'USAGE', next: 'did you mean PORT_TAKEN?' });
    await expect(said('E404')).rejects.toMatchObject({ next: '`chatops-up explain` lists them' });
  });

  it('stands in the list of all', async () => {
    const lines = (await said(undefined)).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(Object.keys(CATALOGUE));
    expect(JSON.parse(await said(undefined, true)).codes).toHaveLength(lines.length);
  });
});
