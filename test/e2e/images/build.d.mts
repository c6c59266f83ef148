export declare const STANDINS: Readonly<Record<'mongo' | 'rocketchat' | 'gitlab' | 'gitlab-runner', string>>;
export declare const BASE: string;
export declare const PAGES: string;
export declare const MATTERMOST: string;
export declare const NGINX: string;
export declare const POSTGRES: string;
export declare const TOOLS: string;
export declare const bundle: (entry: string, outfile: string) => Promise<unknown>;
export declare const crashingRocketChat: (times: number) => string;
/** Resolves with the images that had to be built: none when everything is as it was. */
export declare const buildImages: () => Promise<readonly string[]>;
