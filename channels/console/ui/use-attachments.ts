import { useCallback, useEffect, useRef, useState } from 'react';
import { asApiError } from '../api/error.ts';
import { FILE_TYPES, MAX_FILE, type Retention, type Upload, upload } from '../api/upload.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from './words.ts';

/** A file beside the words that are being written: a reply, a notice. */
export interface Attachment {
  key: number;
  name: string;
  state: 'sending' | 'ready' | 'failed';
  /** Sent so far, from 0 to 1. */
  share: number;
  /** The stored file's id, once it is ready. */
  id?: string;
  why?: string;
}

const MOST = 10;
let made = 0;

/** Files chosen for what is being written: each is uploaded at once, and goes with it when that is sent. */
export function useAttachments(retention: Retention = 'standard') {
  const t = useT();
  const [list, setList] = useState<readonly Attachment[]>([]);
  const running = useRef(new Map<number, Upload>());
  const change = useCallback((key: number, to: Partial<Attachment>) => {
    setList((was) => was.map((each) => (each.key === key ? { ...each, ...to } : each)));
  }, []);
  const begin = useCallback(
    (key: number, file: File) => {
      if (file.size > MAX_FILE) return change(key, { state: 'failed', why: t('files.tooLarge') });
      if (!FILE_TYPES.includes(file.type)) return change(key, { state: 'failed', why: t('files.wrongType') });
      const sending = upload(file, (share) => change(key, { share }), retention);
      running.current.set(key, sending);
      sending.done
        .then(
          (id) => change(key, { state: 'ready', id }),
          (error) => change(key, { state: 'failed', why: wordsFor(asApiError(error), t) }),
        )
        .finally(() => running.current.delete(key));
    },
    [change, retention, t],
  );
  const remove = useCallback((key: number) => {
    running.current.get(key)?.cancel();
    setList((was) => was.filter((each) => each.key !== key));
  }, []);
  // Whoever leaves the page or the conversation sends nothing more.
  useEffect(() => {
    const uploads = running.current;
    return () => {
      for (const each of uploads.values()) each.cancel();
    };
  }, []);
  return {
    list,
    /** Everything chosen is there. */
    settled: list.every(({ state }) => state === 'ready'),
    add(files: Iterable<File>) {
      for (const file of [...files].slice(0, MOST - list.length)) {
        const key = made++;
        const name = file.name || t('files.pasted');
        setList((was) => [...was, { key, name, state: 'sending', share: 0 }]);
        begin(key, file);
      }
    },
    remove,
    /** They are on their way. */
    clear: () => setList([]),
  };
}
