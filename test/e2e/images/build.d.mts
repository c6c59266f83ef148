export declare const STANDINS: Readonly<Record<'mongo' | 'rocketchat' | 'gitlab' | 'gitlab-runner', string>>;
export declare const NGINX: string;
export declare const TOOLS: string;
export declare const buildImages: () => Promise<void>;
