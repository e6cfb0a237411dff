/** What can go wrong with the database before anybody can be served. The code is stable, the text is for people. */
export type DatabaseErrorCode =
  | 'POSTGRES_MISSING'
  | 'POSTGRES_LINKS_MISSING'
  | 'NO_SYSTEM_USER'
  | 'NOT_OWNER'
  | 'DATA_DIR_UNREACHABLE'
  | 'CLUSTER_UNKNOWN'
  | 'CLUSTER_MISSING'
  | 'FOREIGN_SERVER'
  | 'ALREADY_RUNNING'
  | 'START_FAILED'
  | 'SERVER_TOO_OLD'
  | 'SERVER_NOT_UTF8'
  | 'MIGRATION_FAILED'
  | 'MIGRATION_UNFINISHED'
  | 'MIGRATION_CHANGED'
  | 'MIGRATION_BUSY';

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DatabaseError';
    this.code = code;
  }
}

/** Just enough of pino's shape that its logger can be handed over as it is. */
export interface DatabaseLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}
