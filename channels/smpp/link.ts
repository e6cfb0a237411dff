import { statusName } from './codes.ts';
import type { Settings } from './settings.ts';
import { Window } from './window.ts';
import { bind, connect, type Pdu, request, type Session, status } from './wire.ts';

export interface LinkParts {
  settings: Settings;
  random(): number;
  onError(error: unknown): void;
  /** The bind stands. What it returns lives as long as the session. */
  bound(): Guest;
}

/** Who uses a bound session. */
export interface Guest {
  /** A message came in: resolves to the status to answer it with. */
  deliver(pdu: Pdu): Promise<number>;
  /** The answer to it is on its way. */
  answered(pdu: Pdu, ok: boolean): void;
  /** The session ended; `settled` if the other side has read all that we answered. */
  ended(settled: boolean): Promise<void>;
}

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const GRACE_MS = 5000;

/** One bind, kept up: connects, binds, asks whether the other side is there, and connects again after a pause. */
export class Link {
  readonly window: Window;
  readonly #parts: LinkParts;
  #session: Session | undefined;
  #guest: Guest | undefined;
  #again: NodeJS.Timeout | undefined;
  #pulse: NodeJS.Timeout | undefined;
  #tries = 0;
  #stopping = false;
  readonly #inHand = new Set<Promise<void>>();

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.window = new Window(parts.settings.window);
  }

  /** Whether requests can be sent. */
  get up(): boolean {
    return this.#guest !== undefined && !this.#stopping;
  }

  start(): void {
    const { settings, onError } = this.#parts;
    const session = connect(settings, () => void this.#bind(session));
    this.#session = session;
    session.on('error', (error) => {
      onError(error);
      session.destroy();
    });
    session.on('pdu', (pdu: Pdu) => this.#received(session, pdu));
    session.once('close', () => this.#closed());
    // Also for a host that takes the connection and says nothing.
    this.#pulse = setTimeout(() => session.destroy(), 2 * settings.responseTimeout * 1000);
  }

  async #bind(session: Session): Promise<void> {
    const { settings, onError } = this.#parts;
    try {
      const code = await bind(session, settings);
      if (code !== 0) throw new Error(`bind refused: ${statusName(code)}`);
    } catch (error) {
      onError(error);
      session.destroy();
    }
  }

  #bound(session: Session): void {
    this.#tries = 0;
    this.#guest = this.#parts.bound();
    clearTimeout(this.#pulse);
    this.#pulse = setInterval(
      () => void this.enquire().catch(() => session.destroy()),
      this.#parts.settings.enquireLink * 1000,
    );
  }

  #closed(): void {
    clearTimeout(this.#pulse);
    const guest = this.#guest;
    this.#guest = undefined;
    this.#session = undefined;
    const { onError } = this.#parts;
    if (guest) {
      onError(new Error('the link broke'));
      void guest.ended(false).catch(onError);
    }
    if (this.#stopping) return;
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#tries++);
    // Many binds that lost one SMSC must not come back in step.
    this.#again = setTimeout(() => this.start(), pause * (0.5 + this.#parts.random() / 2));
  }

  /** @throws NoAnswer; an Error where it was not even sent */
  async request(name: string, fields: Parameters<typeof request>[2]): Promise<Pdu> {
    if (!this.#session || !this.#guest) throw new Error('not bound');
    return request(this.#session, name, fields, this.#parts.settings.responseTimeout * 1000);
  }

  /** Once this resolves, the other side has read everything that we wrote before it: a connection keeps its order. */
  async enquire(): Promise<void> {
    await this.request('enquire_link', {});
  }

  #received(session: Session, pdu: Pdu): void {
    const { command } = pdu;
    // At once: with the same packet the SMSC may send what has waited for us.
    if (command === 'bind_transceiver_resp' && pdu.command_status === 0 && !this.#guest) this.#bound(session);
    if (pdu.isResponse()) return;
    if (command === 'enquire_link') session.send(pdu.response());
    else if (command === 'deliver_sm' || command === 'data_sm') this.#deliver(session, pdu);
    else if (command === 'unbind') {
      session.send(pdu.response());
      session.close();
    } else if (command !== 'outbind' && command !== 'alert_notification')
      session.send(pdu.response({ command_status: status.ESME_RINVCMDID ?? 3 }));
  }

  #deliver(session: Session, pdu: Pdu): void {
    const guest = this.#guest;
    // Before the bind stands nobody has shown who they are.
    if (!guest) return void session.send(pdu.response({ command_status: status.ESME_RINVBNDSTS ?? 4 }));
    const work = guest.deliver(pdu).then((code) => {
      const sent = session.send(pdu.response(code === 0 ? {} : { command_status: code }));
      guest.answered(pdu, sent && code === 0);
    });
    const done = work.catch(this.#parts.onError).finally(() => this.#inHand.delete(done));
    this.#inHand.add(done);
  }

  /** Finishes what is in hand, unbinds and closes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#again);
    const session = this.#session;
    const guest = this.#guest;
    if (session && guest) {
      const closed = new Promise((resolve) => session.once('close', resolve));
      await within(Promise.all([...this.#inHand, this.window.idle()]));
      const unbound = await within(this.request('unbind', {}));
      this.#guest = undefined;
      await guest.ended(unbound).catch(this.#parts.onError);
      session.close();
      await within(closed);
    }
    session?.destroy();
  }
}

/** Waits, but not for ever. @returns whether it ended well in time */
async function within(work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), GRACE_MS);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  const ended = await Promise.race([done, late]);
  clearTimeout(timer);
  return ended;
}
