export interface Finding { file: string; key: string; what: string }
export const LANGUAGES: readonly string[];
export function compare(language: string, english: object, other: object): { key: string; what: string }[];
export function findings(language: string): Finding[];
export function leftover(language: string, english: string, text: string): boolean;
export function places(sentence: string): string[];
