import type { InboundFile } from '../../channels/channel.ts';
import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { cleanName, type FileStore } from '../files/store.ts';
import type { MessageFile } from './message.ts';

/** Files of one message. Channels' own limits are below it. */
const MOST = 10;

/**
 * A message with files, ready to be written down: its row, which names them, and what stores their content, or notes
 * where it is to be fetched. @throws invalid_input for too many; `write`: too_large, unsupported_type
 */
export function filesOf(
  store: FileStore,
  row: hot.InboundRow,
  inbound: InboundFile[],
  now: number,
): { row: hot.InboundRow; write(unit: Unit): Promise<void> } {
  if (inbound.length > MOST) throw new AppError('invalid_input', `at most ${MOST} files`, { limit: MOST });
  const { conversationId, account, messageId, data } = row;
  // The row's data is written after the files, and is filled in by what is known of them then.
  const files: MessageFile[] = [];
  const named = { ...row, data: { ...data, files } };
  return {
    row: named,
    async write(unit) {
      files.length = 0;
      for (const file of inbound) {
        const id = uuidv7(now);
        const name = cleanName(file.name);
        if ('bytes' in file) {
          const owner = `conversation:${conversationId}`;
          const put = { id, name, owner, retention: 'standard', bytes: file.bytes } as const;
          const { contentType: type, size } = await store.put(unit, put, now);
          files.push({ id, name, type, size, state: 'stored' });
        } else {
          const fetch = { id, conversationId, messageId, account, ref: file.ref, name };
          await hot.queueFetch(unit.sql, fetch, new Date(now));
          files.push({ id, name, type: '', size: 0, state: 'pending' });
        }
      }
    },
  };
}
