import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcileFiles, reconcileServices } from '../../../src/engine/reconcile.ts';
import { aService } from '../../builders/nodes.ts';

describe('files', () => {
  it('are created, updated or left alone, each with its cause', () => {
    const steps = reconcileFiles(
      [
        { path: 'new', text: 'a\n' },
        { path: 'changed', text: 'a\nb\n' },
        { path: 'same', text: 'a\n' },
      ],
      new Map([
        ['changed', 'a\nc\n'],
        ['same', 'a\n'],
      ]),
    );
    expect(steps).toEqual([
      { path: 'new', action: 'create', cause: 'there is none yet' },
      { path: 'changed', action: 'update', cause: 'the rendering differs in 2 lines' },
    ]);
  });

  it('need nothing once they are written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (texts) => {
        const wanted = Object.entries(texts).map(([path, text]) => ({ path, text }));
        expect(reconcileFiles(wanted, new Map(Object.entries(texts)))).toEqual([]);
      }),
    );
  });
});

describe('services', () => {
  const wanted = (image: string) => [{ service: aService('chat'), fingerprint: { image, command: 'x' } }];
  const seen = (fingerprint: Record<string, string>) =>
    new Map([['chat', { name: 'chat', running: true, fingerprint }]]);

  it('name every aspect in which they differ', () => {
    const steps = reconcileServices(wanted('b'), seen({ image: 'a', command: 'x', ports: 'y' }));
    expect(steps).toEqual([{ service: 'chat', action: 'update', cause: 'image, ports changed' }]);
  });

  it('need nothing when they are as wanted', () => {
    expect(reconcileServices(wanted('a'), seen({ command: 'x', image: 'a' }))).toEqual([]);
  });
});
