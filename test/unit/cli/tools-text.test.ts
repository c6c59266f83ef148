import { describe, expect, it } from 'vitest';
import { toolsText } from '../../../src/cli/commands/tools.ts';

const installed = { amd64: { version: '0.1.0', content: `${'a'.repeat(12)}bbbb` }, arm64: undefined };
const image = 'chatops-up/tools:0.1.0';

describe('what `tools show` says', () => {
  it('names the packages, and that the engine has none yet', () => {
    expect(toolsText({ image, installed, onEngine: undefined })).toBe(
      [
        image,
        '  not on the engine: `chatops-up up` makes it',
        '  @chatops-up/tools-linux-x64: 0.1.0, content aaaaaaaaaaaa',
        '  @chatops-up/tools-linux-arm64: not installed',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [true, '  on the engine: 0.1.0 for amd64\n'],
    [false, '  on the engine: 0.1.0 for amd64, of another build: `chatops-up up` replaces it\n'],
  ])('names the one on the engine; current: %s', (current, line) => {
    const onEngine = { version: '0.1.0', architecture: 'amd64', current };
    expect(toolsText({ image, installed, onEngine })).toContain(line);
  });

  it('says why the engine cannot be asked', () => {
    const text = toolsText({
      image,
      installed,
      onEngine: undefined,
      engineTrouble: 'no Docker socket on this machine',
    });
    expect(text).toContain('the engine cannot be asked: no Docker socket on this machine');
  });
});
