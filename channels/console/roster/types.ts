import type { Answer, Input } from '../api/call.ts';

export type Roster = Answer<'GET /api/v1/roster'>;
export type RosterEntry = Roster['entries'][number];
export type RosterPerson = Roster['people'][number];
export type RosterDay = Roster['days'][number];
export type ShiftKind = Roster['shifts'][number];
export type Cell = Input<'POST /api/v1/roster/edits'>['body']['cells'][number];
export type EditResult = Answer<'POST /api/v1/roster/edits'>;
export type Remark = EditResult['problems'][number];
export type Headcount = Answer<'GET /api/v1/roster/headcount'>;

/** What an import answers: the API's description names files' answers by their media type alone. */
export type Imported = Omit<EditResult, 'problems' | 'warnings'> & {
  lines: number;
  seen: string;
  problems: (Remark & { line?: number })[];
  warnings: (Remark & { line?: number })[];
};

/** A square of the roster. */
export interface Spot {
  readonly personId: string;
  readonly date: string;
}
