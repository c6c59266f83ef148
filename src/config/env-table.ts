import type { ReadSecret } from './secrets.ts';

/** The table of every variable of .env: what it is, who reads it, who sets it. Markdown. */
export const envTableMarkdown = (secrets: readonly ReadSecret[]): string => {
  const rows = secrets.map((spec) => row([`\`${spec.name}\``, spec.what, readBy(spec), setBy(spec), spec.note]));
  const head = ['variable', 'what it is', 'read by', 'set by', 'note'];
  return `${[row(head), row(head.map(() => '---')), ...rows].join('\n')}\n`;
};

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const cell = (text: string): string => text.replaceAll('|', '\\|');
const readBy = (spec: ReadSecret): string => spec.readBy.map((name) => `\`${name}\``).join(', ');
const setBy = (spec: ReadSecret): string => (spec.origin === 'generated' ? 'chatops-up, when missing' : '**you**');
