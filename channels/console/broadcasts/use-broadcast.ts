import { App } from 'antd';
import { useEffect, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { asApiError } from '../api/error.ts';
import type { Broadcast } from '../api/types.ts';
import { type Resource, useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

const RENEW_MS = 2_000;

/** One broadcast, read again and again while colleagues or the worker may change it. */
export function useBroadcast(id: string): Resource<Broadcast> {
  const resource = useResource(`broadcast ${id}`, (signal) =>
    call('GET /api/v1/broadcasts/:id', { params: { id } }, { signal }),
  );
  const { reload, data } = resource;
  const over = data?.state === 'cancelled' || (data?.state === 'done' && data.progress.queued === 0);
  useEffect(() => {
    if (over) return;
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload, over]);
  return resource;
}

export type Moves = 'submit' | 'withdraw' | 'approve' | 'pause' | 'resume' | 'cancel';

/** Runs a write, shows what it brought, and says in words what went wrong. */
export function useWrite(
  onChanged: (next: Broadcast) => void,
  onStale: () => void,
): { busy: boolean; write(work: (clientId: string) => Promise<Broadcast>): Promise<void> } {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async write(work) {
      setBusy(true);
      try {
        onChanged(await work(newClientId()));
      } catch (error) {
        message.error(wordsFor(error, t));
        if (['version_changed', 'not_allowed_now'].includes(asApiError(error).code)) onStale();
      } finally {
        setBusy(false);
      }
    },
  };
}
