import { StandinError } from '@chatops-up/standins';
import { describe, expect, it } from 'vitest';
import { fromStandin } from '../../../../src/engines/embedded/stand-in-error.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';

describe('an error of a stand-in', () => {
  it('keeps what happened and why, and its own advice', () => {
    const error = new StandinError('STATE_DAMAGED', { what: 'a.jsonl is not JSON', why: 'it ends', next: 'move it' });
    const ours = fromStandin(error);
    expect(ours).toBeInstanceOf(ChatopsError);
    expect(ours).toMatchObject({ code: 'STATE_DAMAGED', what: error.what, why: 'it ends', next: 'move it' });
  });

  it('advises to render when the configuration is missing', () => {
    const error = new StandinError('CONFIGURATION_MISSING', { what: 'nginx has none', next: 'write it' });
    expect(fromStandin(error)).toMatchObject({ code: 'SERVICE_FAILED', next: 'run `chatops-up render`' });
  });

  it('advises to do without what cannot be played', () => {
    const error = new StandinError('CONFIGURATION_UNSUPPORTED', { what: 'line 3' });
    expect(fromStandin(error)).toMatchObject({ code: 'SERVICE_FAILED', next: 'take that out of the configuration' });
  });

  it('advises the real program, where there is one, for what cannot be played', () => {
    const error = new StandinError('CONFIGURATION_UNSUPPORTED', { what: 'line 3' });
    expect(fromStandin(error, 'nginx')).toMatchObject({
      code: 'SERVICE_FAILED',
      next: 'take that out of the configuration, or install nginx: the real one is used where it is found',
    });
  });

  it('has the advice of the catalogue when it brings none', () => {
    const error = new StandinError('CERTIFICATE_UNREADABLE', { what: 'the certificate cannot be read' });
    expect(fromStandin(error)).toMatchObject({ code: 'SERVICE_FAILED', next: 'read its last lines' });
  });

  it('is told apart from any other, which stays as it is', () => {
    const error = new Error('EADDRINUSE');
    expect(fromStandin(error)).toBe(error);
  });
});
