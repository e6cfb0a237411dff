import { App } from 'antd';
import { useState } from 'react';
import { newClientId } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

/** Runs a write, says in words what went wrong, and reads anew either way: somebody may have been quicker. */
export function useWrite(onChanged: () => void): {
  busy: boolean;
  write(work: (clientId: string) => Promise<unknown>): Promise<void>;
} {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    async write(work) {
      setBusy(true);
      try {
        await work(newClientId());
      } catch (error) {
        message.error(wordsFor(error, t));
      } finally {
        setBusy(false);
        onChanged();
      }
    },
  };
}
