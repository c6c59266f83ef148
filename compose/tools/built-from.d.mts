export declare const UNCHANGED: string;
export declare const BUILT_FROM: string;
