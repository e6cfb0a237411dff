import { useCallback, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { heard, type Line, notSaid, said, saying } from './chat-state.ts';
import { type Link, openLink } from './link.ts';
import { type Activity, message } from './wire.ts';

export interface StaffChat {
  lines: readonly Line[];
  /** `undefined` until the first connection. */
  standing: boolean | undefined;
  typing: boolean;
  say(text: string): void;
  /** A card's button: what it carries, under its title. */
  press(title: string, data: unknown): void;
  again(line: Line): void;
}

const TYPING_MS = 4000;

export function useStaffChat(): StaffChat {
  const t = useT();
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [standing, setStanding] = useState<boolean>();
  const [typingUntil, setTypingUntil] = useState(0);
  const link = useRef<Link>(undefined);
  useEffect(() => {
    const own = openLink({
      heard(activities) {
        setLines((was) => heard(was, activities));
        const typed = activities.some(({ type }) => type === 'typing');
        setTypingUntil(typed ? Date.now() + TYPING_MS : 0);
      },
      standing: (stands) => setStanding((was) => (was === undefined && !stands ? undefined : stands)),
    });
    link.current = own;
    return () => own.close();
  }, []);
  useEffect(() => {
    if (typingUntil === 0) return;
    const timer = setTimeout(() => setTypingUntil(0), typingUntil - Date.now());
    return () => clearTimeout(timer);
  }, [typingUntil]);

  const send = useCallback(
    async (activity: Activity) => {
      const clientId = activity.channelData?.clientActivityID ?? '';
      setLines((was) => saying(was, activity));
      try {
        await link.current?.send(activity);
        setLines((was) => said(was, clientId));
      } catch (error) {
        setLines((was) => notSaid(was, clientId, wordsFor(error, t)));
      }
    },
    [t],
  );
  return {
    lines,
    standing,
    typing: typingUntil > 0,
    say: (text) => void send(message(text)),
    // A plain value is said as if typed; anything else travels as the button's own data.
    press: (title, data) =>
      void send(typeof data === 'string' ? message(data) : message(title, data ?? { title })),
    again: ({ activity }) => activity && void send(activity),
  };
}
