import type { Texts } from '../i18n/index.ts';
import type { Link } from '../link.ts';

/** A hitch shorter than this is nobody's business, in milliseconds. */
const quietMs = 1200;
/** Failures in a row after which "reconnecting" is no longer the honest word. */
export const manyAttempts = 5;

/** The quiet line under the header: nothing while it works, one sentence while it doesn't. */
export function statusLine(texts: Texts, say: (text: string) => void): { follow(link: Link): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasLive = false;
  let link: Link | undefined;
  const speak = () => {
    timer = undefined;
    if (!link) return;
    if (link.attempt >= manyAttempts) say(texts.unavailable);
    else say(wasLive ? texts.reconnecting : texts.connecting);
  };
  return {
    follow(now) {
      link = now;
      const fine = now.phase === 'live' || now.phase === 'polling' || now.phase === 'idle';
      if (!fine) {
        timer ??= setTimeout(speak, quietMs);
        return;
      }
      if (now.phase !== 'idle') wasLive = true;
      clearTimeout(timer);
      timer = undefined;
      say('');
    },
  };
}
