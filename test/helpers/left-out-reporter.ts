import { readFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

/** Names what did not run on this machine, right before the runner's own summary. */
export class LeftOutReporter implements Reporter {
  onTestRunEnd(): void {
    const path = process.env.CHATOPS_LEFT_OUT_FILE;
    const lines =
      path === undefined
        ? []
        : readFileSync(path, 'utf8')
            .split('\n')
            .filter((line) => line !== '');
    const text = lines.length === 0 ? 'left out: nothing' : [...new Set(lines)].sort().join('\n');
    process.stdout.write(`\n${text}\n`);
  }
}
