import { z } from 'zod';
import { t } from '../../i18n/index.ts';
import type { Talk } from '../talk.ts';
import { editById } from './edits.ts';
import { dateText, shiftName } from './words.ts';

const word = z.object({ editId: z.uuid() });

/** Tells a colleague what became of their shifts, a line for each date: before → after. */
export async function sayEdited(data: unknown, { turn, person, locale, reader, parts }: Talk): Promise<void> {
  const read = word.safeParse(data);
  const edit = read.success ? await editById(turn.unit.sql, read.data.editId) : undefined;
  if (!edit) return;
  const own = (shifts: typeof edit.planned) => shifts.filter(({ personId }) => personId === person.id);
  const [before, after] = [own(edit.cancelled), own(edit.planned)];
  const dates = [...new Set([...before, ...after].map(({ businessDate }) => businessDate))].sort();
  if (dates.length === 0) return;
  const types = parts.policy().policy.roster.shifts;
  const named = (shifts: typeof before, date: string) =>
    shifts
      .filter(({ businessDate }) => businessDate === date)
      .map(({ name }) => shiftName(name, { locale, types }))
      .join('+') || t(locale, 'roster.nothing');
  const lines = dates.slice(0, MOST_LINES).map((date) =>
    t(locale, 'roster.edited_line', {
      date: dateText(date, { locale, today: reader.today }),
      ...{ before: named(before, date), after: named(after, date) },
    }),
  );
  const more = dates.length > MOST_LINES ? [t(locale, 'roster.edited_more', { count: dates.length })] : [];
  const key = edit.kind === 'undo' ? 'roster.undone' : 'roster.edited';
  turn.say('notice', t(locale, key, { editor: edit.editorName, list: [...lines, ...more].join('\n') }));
}

const MOST_LINES = 10;
