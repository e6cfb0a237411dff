import type { Entry, Synonyms } from '../retrieval/index.ts';

/** What is to be learned. */
export type Content = { entries: Iterable<Entry>; synonyms: Synonyms };
/** Entries in parts; the first one says with which synonyms they are read. */
export type ToThread = { entries: Entry[]; synonyms?: Synonyms; last: boolean };
/** The frozen index, and the fingerprint of what is in it. */
export type FromThread = { bytes: Uint8Array; fingerprint: string };
