import { asApiError } from '../api/error.ts';
import { backoffMs } from '../live/line.ts';
import { type Activity, type ActivitySet, newPass, type Pass, post, streamUrl } from './wire.ts';

export interface LinkEvents {
  heard(activities: Activity[]): void;
  /** Whether the stream stands; the first time it does, `true` comes before anything is heard. */
  standing(stands: boolean): void;
}

export interface Link {
  /** Resolves once the server has it. @throws ApiError */
  send(activity: Activity): Promise<void>;
  close(): void;
}

/** The server's keep-alive comes every 15 s: a socket silent for longer is dead though it looks open. */
const SILENCE_MS = 60_000;

/** One's own staff chat: follows it, comes back with the watermark after each break, and says things. */
export function openLink({ heard, standing }: LinkEvents): Link {
  let pass: Pass | undefined;
  let watermark = '';
  let failures = 0;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function connect(): Promise<void> {
    try {
      // A fresh one each time: the old may have run out while the line was down.
      pass = await newPass();
      const address = await streamUrl(pass, watermark);
      if (!closed) listen(address);
    } catch {
      again();
    }
  }
  function listen(address: string): void {
    const own = new WebSocket(address);
    socket = own;
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => own.close(), SILENCE_MS);
    };
    own.onopen = () => {
      alive();
      failures = 0;
      standing(true);
    };
    own.onmessage = ({ data }) => {
      alive();
      if (typeof data !== 'string' || data.trim() === '') return;
      const set = JSON.parse(data) as ActivitySet;
      watermark = set.watermark ?? watermark;
      heard(set.activities ?? []);
    };
    own.onclose = () => {
      clearTimeout(watchdog);
      if (socket === own) again();
    };
  }
  function again(): void {
    socket = undefined;
    if (closed) return;
    standing(false);
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), backoffMs(failures, Math.random()));
    failures += 1;
  }
  void connect();
  return {
    async send(activity) {
      pass ??= await newPass();
      try {
        await post(pass, activity);
      } catch (error) {
        if (asApiError(error).code !== 'expired') throw error;
        pass = await newPass();
        await post(pass, activity);
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
