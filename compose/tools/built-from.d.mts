export declare const UNCHANGED: string;
