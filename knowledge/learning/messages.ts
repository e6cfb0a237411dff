import type { Entry } from '../retrieval/index.ts';

export type ToThread = { entries: Entry[]; last: boolean };
/** The frozen index, and the fingerprint of what is in it. */
export type FromThread = { bytes: Uint8Array; fingerprint: string };
