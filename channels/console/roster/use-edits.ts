import { App } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import type { Cell, EditResult, Roster } from './types.ts';

export interface Edits {
  busy: boolean;
  /** The change that can be taken back. */
  last: string | undefined;
  /** @returns what the server says of it; undefined where it could not be asked, or somebody was quicker: that is told */
  save(cells: Cell[], people: Roster['people'], confirmed: boolean): Promise<EditResult | undefined>;
  /** Something was changed elsewhere, as by an import. */
  saved(editId: string | null): void;
  undo(): Promise<void>;
  forget(): void;
}

/** Changes of the plan, and taking the last one back. */
export function useEdits(reload: () => void): Edits {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<string>();
  const write = async <T>(work: (options: { clientId: string }) => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    try {
      return await work({ clientId: newClientId() });
    } catch (error) {
      message.error(wordsFor(error, t));
      // Somebody may have been quicker: the next try starts from what is now.
      reload();
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const saved = (editId: string | null) => {
    if (editId) setLast(editId);
    reload();
  };
  return {
    busy,
    last,
    saved,
    forget: () => setLast(undefined),
    async save(cells, people, confirmed) {
      const versions = people
        .filter(({ id }) => cells.some(({ personId }) => personId === id))
        .map(({ id, version }) => [id, version]);
      const body = { cells, seen: Object.fromEntries(versions), confirmed };
      const result = await write((options) => call('POST /api/v1/roster/edits', { body }, options));
      if (result?.saved) saved(result.editId);
      return result;
    },
    async undo() {
      if (!last) return;
      const params = { id: last };
      const done = await write((options) => call('POST /api/v1/roster/edits/:id/undo', { params }, options));
      setLast(undefined);
      if (!done) return;
      message.success(t('roster.undone'));
      reload();
    },
  };
}
