import { App } from 'antd';
import { useState } from 'react';
import { newClientId } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

/** Runs a write, has the page read again whatever came of it, and says in words what went wrong. */
export function useWrite(onChanged: () => void) {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  return {
    busy,
    /** @returns whether it was done */
    async write(work: (options: { clientId: string }) => Promise<unknown>): Promise<boolean> {
      setBusy(true);
      try {
        await work({ clientId: newClientId() });
        return true;
      } catch (error) {
        message.error(wordsFor(error, t));
        return false;
      } finally {
        setBusy(false);
        onChanged();
      }
    },
  };
}
