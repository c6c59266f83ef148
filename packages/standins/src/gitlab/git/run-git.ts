import { spawn } from 'node:child_process';

/** Rejects where there is no git on PATH; else what it wrote, whatever status it ended with. @param protocol of the caller's `Git-Protocol` */
export const runGit = (args: readonly string[], input: Buffer = Buffer.alloc(0), protocol = ''): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const git = spawn('git', [...args], {
      env: { ...process.env, GIT_PROTOCOL: protocol, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('error', reject);
    git.on('close', () => resolve(Buffer.concat(chunks)));
    // git may end before it has read all: then its output says why.
    git.stdin.on('error', () => undefined);
    git.stdin.end(input);
  });
