import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { readable } from '../desk/transcript.ts';
import { AppError } from '../errors.ts';
import { readBytes } from '../http/bytes.ts';
import { type Route, rawRoute } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import { type Actor, may } from '../people/permissions.ts';
import { type FileStore, MAX_FILE, type StoredFile } from './store.ts';

export interface FileParts {
  db: Database;
  files: FileStore;
  audit: Audit;
}

/** Sending and fetching files. Each look is on record. */
export function fileRoutes({ db, files, audit }: FileParts): Route[] {
  return [
    rawRoute({
      method: 'POST',
      path: '/api/v1/files',
      action: 'file.upload',
      summary: 'Send a picture or PDF, at most 10 MB, as the request body',
      query: z.strictObject({
        name: z.string().trim().min(1).max(200),
        retention: z.enum(['standard', 'certificate', 'notice']).default('standard'),
      }),
      accepts: 'application/octet-stream',
      returns: 'application/json',
      async handler({ person, query, now }, request, response) {
        const bytes = await body(request);
        const file = { ...query, bytes, owner: `person:${person.id}` };
        const stored = await db.transaction((unit) => files.put(unit, file, now));
        response
          .writeHead(201, { 'content-type': 'application/json; charset=utf-8' })
          .end(JSON.stringify(stored));
      },
    }),
    rawRoute({
      method: 'GET',
      path: '/api/v1/files/:id',
      action: 'file.read',
      summary: 'Fetch a file',
      params: z.strictObject({ id: z.uuid() }),
      returns: 'application/octet-stream',
      async handler({ person, params }, _request, response) {
        const file = await files.find(params.id);
        if (!file) throw new AppError('not_found');
        await assertReadable(db, person, file);
        await audit(db, {
          actor: { kind: 'person', id: person.id },
          action: 'file.read',
          object: 'file',
          objectId: file.id,
        });
        response.writeHead(200, {
          'content-type': file.contentType,
          'content-length': file.size,
          // Shown, never run: whatever it contains, it is not a page of ours.
          'content-security-policy': "default-src 'none'; sandbox",
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        });
        for await (const chunk of files.read(file.id)) response.write(chunk);
        response.end();
      },
    }),
  ];
}

/**
 * A colleague's file is theirs, their leader's and the managers'; a conversation's file may be seen by whoever may read
 * the conversation, or a ticket that it belongs to. @throws forbidden
 */
async function assertReadable(db: Database, person: Actor, file: StoredFile): Promise<void> {
  const [kind, id = ''] = file.owner.split(':');
  if (kind === 'person') {
    if (await isAttached(db, file.id, person.id)) return;
    const owner = await db.prisma.person.findFirst({ where: { id } });
    if (!may(person, 'file.read', { personId: id, teamId: owner?.teamId ?? null }))
      throw new AppError('forbidden');
    return;
  }
  if (may(person, 'ticket.read') && (await db.prisma.ticketFile.count({ where: { fileId: file.id } })) > 0)
    return;
  await readable(db, person, 'conversation.read', id);
}

/** An attachment of a notice to this colleague. */
async function isAttached({ sql }: Database, fileId: string, personId: string): Promise<boolean> {
  const { rowCount } = await sql.query({
    text: `SELECT FROM notice_receipt r JOIN notice n ON n.id = r.notice_id
      WHERE r.person_id = $1 AND n.files @> jsonb_build_array(jsonb_build_object('id', $2::text)) LIMIT 1`,
    values: [personId, fileId],
  });
  return rowCount === 1;
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(request, MAX_FILE);
  if (bytes.length === 0) throw new AppError('invalid_input', 'the request has no body');
  return bytes;
}
