export { holdSessionLock, type SessionLock } from './session-lock.ts';
export { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from './supervise.ts';
