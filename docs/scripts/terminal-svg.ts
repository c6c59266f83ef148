/** Lines of a terminal → an SVG that follows the reader's colour scheme. */
import type { Line, Piece } from './terminal-screen.ts';

const COLUMNS = 108;
const LINE_HEIGHT = 17;
const FONT_SIZE = 12.5;
const MARGIN = 16;
// Advance of a character in the usual monospaced fonts, as a part of the size.
const ADVANCE = 0.602;

const STYLE = `
    .page { fill: #ffffff; stroke: #d0d7de }
    text { font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; white-space: pre }
    .prompt { font-weight: bold }
    .dim { fill: #59636e } .green { fill: #116329 } .yellow { fill: #7d4e00 } .red { fill: #a40e26 }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; stroke: #3d444d }
      text { fill: #f0f6fc }
      .dim { fill: #9198a1 } .green { fill: #3fb950 } .yellow { fill: #d29922 } .red { fill: #ff7b72 }
    }
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** At most COLUMNS characters; what is cut off is marked. */
const clipped = (line: Line): Line => {
  if (line.reduce((sum, { text }) => sum + text.length, 0) <= COLUMNS) return line;
  let left = COLUMNS - 1;
  const cut: Piece[] = [];
  for (const piece of line) {
    if (left > 0) cut.push({ ...piece, text: piece.text.slice(0, left) });
    left -= piece.text.length;
  }
  return [...cut, { text: '…', look: 'dim' }];
};

const span = ({ text, look }: Piece, prompt: boolean): string => {
  const name = prompt ? 'prompt' : look;
  return name === 'plain' ? escaped(text) : `<tspan class="${name}">${escaped(text)}</tspan>`;
};

const isPrompt = (line: Line): boolean => line[0]?.text.startsWith('$ ') ?? false;

/** @param title for those who cannot see it */
export const terminalSvg = (lines: readonly Line[], title: string): string => {
  const width = Math.ceil(COLUMNS * FONT_SIZE * ADVANCE + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const texts = lines.flatMap((line, index) => {
    if (line.length === 0) return [];
    const spans = clipped(line).map((piece) => span(piece, isPrompt(line)));
    return [
      `  <text x="${MARGIN}" y="${MARGIN + (index + 0.75) * LINE_HEIGHT}" xml:space="preserve">${spans.join('')}</text>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
  <title>${escaped(title)}</title>
  <style>${STYLE}  </style>
  <rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('\n')}
</svg>
`;
};
