export declare const STANDINS: Readonly<Record<'mongo' | 'rocketchat' | 'gitlab' | 'gitlab-runner', string>>;
export declare const NGINX: string;
export declare const TOOLS: string;
export declare const bundle: (entry: string, outfile: string) => Promise<unknown>;
export declare const crashingRocketChat: (times: number) => string;
export declare const buildImages: () => Promise<void>;
