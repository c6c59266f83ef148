/**
 * Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes. Node's `crypto` takes longer to load than all else of `--help`:
 * it is loaded with the first text.
 */
export const sha256Hex = (text: string): string =>
  process.getBuiltinModule('node:crypto').createHash('sha256').update(text, 'utf8').digest('hex');
