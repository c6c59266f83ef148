import { describe, expect, it } from 'vitest';
import { plainText, showMessage } from '../../../src/simulate/show-message.ts';

describe('a shown message', () => {
  it('says where links lead and takes marks away, but not those that were escaped', () => {
    expect(plainText('[a](http://x) <http://y|b> **bold** *soft* ~~gone~~ 2*3*4')).toBe(
      'a (http://x) b (http://y) bold soft gone 2*3*4',
    );
    expect(plainText('\\*not bold\\* \\[no\\](link)')).toBe('*not bold* [no](link)');
    expect(plainText('[a](http://x)', 'labels')).toBe('a');
  });

  it('shows code as it stands there, and nothing of what keeps words apart', () => {
    expect(plainText('to `[x](y)` and [`a*b*`](http://x)')).toBe('to `[x](y)` and `a*b*` (http://x)');
    expect(plainText('`\\*`, \\`[a](http://x)\\`')).toBe('`\\*`, `a (http://x)`');
    expect(plainText('#\u2060# Summary')).toBe('## Summary');
  });

  it('holds title, text and fields of attachments, and steers no terminal', () => {
    const parts = {
      alias: 'GitLab\u001b[2J',
      text: 'one\ntwo\u001b[31m',
      attachments: [{ title: 'T', link: 'http://x', text: 'body', fields: [{ title: 'F', value: 'v' }] }],
    };
    expect(showMessage(parts, 'ci', 'hubot')).toBe(
      '#ci  GitLab\\x1b[2J\n  one\n  two\\x1b[31m\n  | T (http://x)\n  | body\n  | F: v\n',
    );
    expect(showMessage({ text: '', attachments: [] }, 'ci', 'hubot')).toBe('#ci  hubot\n  (a blank message)\n');
  });
});
