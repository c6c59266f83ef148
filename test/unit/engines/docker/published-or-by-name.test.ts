import { describe, expect, it } from 'vitest';
import { publishedOrByName } from '../../../../src/engines/docker/published-or-by-name.ts';
import { aStack } from '../../../builders/stack.ts';

const DOOR = { service: 'nginx', port: 8080 };

describe('where a published port is asked', () => {
  it.each([
    ['0.0.0.0', '127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '10.0.0.2', '10.0.0.2'],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1'],
    ['192.0.2.7', '127.0.0.1', '192.0.2.7'],
  ])('opened at %s by an engine at %s: at %s', (bind, engine, host) => {
    expect(publishedOrByName(aStack({ bind }), engine).resolve(DOOR)).toEqual({ host, port: 8080 });
  });

  it('opened for another machine alone: from inside, by its name there', () => {
    expect(publishedOrByName(aStack({ bind: '127.0.0.1' }), '10.0.0.2').resolve(DOOR)).toEqual({
      host: 'nginx',
      port: 8080,
    });
  });
});
