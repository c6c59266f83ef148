/** THIRD-PARTY.txt of a package of tools: whose work is in it, under which licences. */
import { readFileSync } from 'node:fs';

const LINE = `\n${'-'.repeat(80)}\n\n`;

/** Debian's base-files brings the texts. */
const common = (name) => readFileSync(`/usr/share/common-licenses/${name}`, 'utf8').trim();

/** https://bun.sh/docs/project/license, read in 2026-11 for Bun 1.4.5. */
const BUN = `Bun 1.4.5 (MIT), https://github.com/oven-sh/bun

The executable is Bun's runtime with our program appended to it. Bun is under the MIT licence, Copyright (c) Oven.
It links statically:

  JavaScriptCore and WebCore of WebKit, LGPL-2.0: sources of what is linked at https://github.com/oven-sh/webkit,
  how to link it anew at https://bun.sh/docs/project/license
  tinycc, LGPL-2.1
  BoringSSL and libarchive, several licences (in their repositories)
  brotli, mimalloc, c-ares, libdeflate, MIT
  lol-html, libbase64, BSD-3-Clause
  zstd, BSD-3-Clause
  simdutf, uSockets, uWebSockets, parts of TigerBeetle, Apache-2.0
  picohttpparser, MIT
  zlib, zlib
  ICU, Unicode-3.0

The texts of LGPL-2.0 and LGPL-2.1 stand at the end of this file, that of Apache-2.0 before them.`;

const MIT = `MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** @param tools `notices` of the packages that were taken in, `copyright` of the C library as Debian states it */
export const licences = ({ notices, copyright }) =>
  [
    BUN,
    MIT,
    `The GNU C Library (LGPL-2.1-or-later), from Debian, unchanged: sources at https://sources.debian.org/src/glibc/\n\n${copyright.trim()}`,
    notices.trim(),
    common('Apache-2.0'),
    common('LGPL-2'),
    common('LGPL-2.1'),
  ].join(LINE);
