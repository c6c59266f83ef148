/** The arguments of the container's mongod that change what it says over the wire. */
export interface CommandLine {
  readonly replSet: string | undefined;
  /** The port inside the container. */
  readonly port: number;
  /** A login is needed. */
  readonly auth: boolean;
  readonly keyFile: string | undefined;
  /** Logins and key are taken where they are given, and not needed yet. */
  readonly transitionToAuth: boolean;
}

const argumentOf = (words: readonly string[], name: string): string | undefined => {
  for (const [at, word] of words.entries()) {
    if (word === name) return words[at + 1];
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
};

/** @param words with or without the leading `mongod` */
export const readCommandLine = (words: readonly string[]): CommandLine => {
  const replSet = argumentOf(words, '--replSet');
  const keyFile = argumentOf(words, '--keyFile');
  const transitionToAuth = words.includes('--transitionToAuth');
  return {
    // `rs0/host1,host2`: only the name counts since 4.0.
    replSet: replSet?.split('/')[0],
    port: Number(argumentOf(words, '--port') ?? 27_017),
    auth: !transitionToAuth && (words.includes('--auth') || keyFile !== undefined),
    keyFile,
    transitionToAuth,
  };
};
