import type pg from 'pg';

/** Runs one SQL statement. A named statement is prepared once per connection: for the hot path. */
export interface Sql {
  query<R extends pg.QueryResultRow>(statement: pg.QueryConfig): Promise<pg.QueryResult<R>>;
}
