import { Readable } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';
import { z } from 'zod';
import { importEntries, pagesOfEntries, statesOf, undoImport } from '../../knowledge/index.ts';
import { type Database, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { readBytes } from '../http/bytes.ts';
import { type Route, rawRoute, route } from '../http/route.ts';
import { calendarDays } from '../policy/hours.ts';
import { readEntryFile } from './file.ts';
import { checkFile } from './import.ts';
import type { EditingParts } from './parts.ts';

const MOST_BYTES = 8 * 1024 * 1024;
/** As many as are announced and taken up at once. */
const MOST_ENTRIES = 2_000;
/** What is said of a long list is its beginning. */
const MOST_REMARKS = 200;
const remarks = z.array(z.strictObject({ line: z.int().optional(), code: z.string(), text: z.string() }));
const result = z.strictObject({
  saved: z.boolean(),
  /** To take it back; null where nothing was written. */
  importId: z.uuid().nullable(),
  entries: z.int(),
  problems: remarks,
  warnings: remarks,
});

/** The knowledge as files 导入导出. */
export function fileRoutes(parts: EditingParts): Route[] {
  return [exporting(parts), importing(parts), undoing(parts)];
}

function exporting({ db }: EditingParts): Route {
  return rawRoute({
    ...{ method: 'GET', path: '/api/v1/entries/export', action: 'entry.edit' },
    summary: 'What is published, one JSON a line: what the import and `npm run eval` read',
    returns: 'application/x-ndjson',
    async handler(_context, _request, response) {
      response.writeHead(200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
        'content-disposition': 'attachment; filename="entries.jsonl"',
        'cache-control': 'private, no-store',
      });
      await piped(Readable.from(linesOf(db)), response);
    },
  });
}

async function* linesOf(db: Database): AsyncGenerator<string> {
  for await (const page of pagesOfEntries(db)) {
    const published = page.filter(({ state }) => state === 'published');
    // The state and the revision are this centre's own.
    const lines = published.map(({ state: _, revision: __, updatedAt: ___, ...entry }) => entry);
    yield lines.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  }
}

function importing(parts: EditingParts): Route {
  const { db, audit, pipeline, policy } = parts;
  const dayIn = calendarDays();
  return rawRoute({
    ...{ method: 'POST', path: '/api/v1/entries/import', action: 'entry.add' },
    summary:
      'Preview new entries of a JSONL, CSV or XLSX file, in the request body; with `apply` publish them, all or nothing',
    query: z.strictObject({ apply: z.enum(['true', 'false']).default('false') }),
    accepts: 'application/octet-stream',
    returns: 'application/json',
    async handler({ person, query, locale, now }, request, response) {
      const file = await readEntryFile(await readBytes(request, MOST_BYTES));
      if (file.entries.length > MOST_ENTRIES)
        throw new AppError('too_large', undefined, { entries: MOST_ENTRIES });
      const { wording: variables, centre } = policy().policy;
      const ids = file.entries.flatMap(({ value }) =>
        typeof value?.id === 'string' ? [value.id.trim()] : [],
      );
      const states = await statesOf(db, ids);
      const today = dayIn(now, centre.timeZone);
      const { entries, problems, warnings } = checkFile(file, { states, variables, today, locale });
      const saved = query.apply === 'true' && problems.length === 0;
      const importId = saved ? uuidv7(now) : null;
      if (importId)
        await db.transaction(async (unit) => {
          const events = await importEntries(unit, entries, { authorId: person.id, note: '', importId }, now);
          if (!events) throw new AppError('version_changed');
          await audit(unit, {
            ...{ actor: { kind: 'person', id: person.id }, action: 'entry.import', object: 'entry_import' },
            ...{ objectId: importId, details: { entries: entries.length } },
          });
          unit.afterCommit(() => pipeline.publish([], events));
        });
      const told = { problems: problems.slice(0, MOST_REMARKS), warnings: warnings.slice(0, MOST_REMARKS) };
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
        .end(JSON.stringify(result.parse({ saved, importId, entries: file.entries.length, ...told })));
    },
  });
}

function undoing({ audit, pipeline }: EditingParts): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/entries/imports/:id/undo', action: 'entry.withdraw' },
    summary: 'Withdraw what an import published, but for what was changed since',
    params: z.strictObject({ id: z.uuid() }),
    response: z.strictObject({ withdrawn: z.int(), kept: z.int() }),
    once: true,
    async handler({ unit, person, params: { id }, now }) {
      const undone = await undoImport(unit, id, { authorId: person.id, note: '' }, now);
      if (!undone) throw new AppError('not_found');
      const { events, ...counts } = undone;
      await audit(unit, {
        ...{ actor: { kind: 'person', id: person.id }, action: 'entry.import_undo', object: 'entry_import' },
        ...{ objectId: id, details: counts },
      });
      unit.afterCommit(() => pipeline.publish([], events));
      return counts;
    },
  });
}
