/** Markdown tables: a bar in a cell is escaped, a line break becomes a blank, so that a row stays one line. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')}\n`;

/** As code; an empty text stays empty. */
export const code = (text: string): string => (text === '' ? '' : `\`${text}\``);
