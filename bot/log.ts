/** What our code may ask of a logger; pino's has this shape. Fields first, then a sentence. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
  /** A logger that adds `fields` to each line: `requestId` on the way in, `trace` (the inbound message's id) from there to the delivery. */
  child(fields: object): Log;
}
