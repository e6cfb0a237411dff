import type { AddressInfo, Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import { toUcs2 } from '../../channels/kit/sms/alphabet.ts';
import { segments } from '../../channels/kit/sms/segments.ts';

/** One submit_sm as the SMSC read it. */
export interface Submitted {
  id: string;
  from: string;
  to: string;
  text: string;
  coding: number;
  octets: number;
  part?: { ref: number; total: number; no: number };
  registered: number;
}

/** How one deliver_sm goes out. */
export interface Incoming {
  from: string;
  to?: string;
  octets: Buffer;
  coding?: number;
  esm?: number;
  ton?: number;
  more?: Record<string, unknown>;
}

export interface SmscOptions {
  /** PEM; with it the SMSC speaks TLS. */
  tls?: { key: string; cert: string };
  systemId?: string;
  password?: string;
}

const { errors } = smpp;

/**
 * An SMSC for tests, on the same library's server side; kannel's bearerbox, which knows nothing of us, binds to it in
 * test/channels/smpp and finds it in order.
 */
export class Smsc {
  readonly submitted: Submitted[] = [];
  /** Every command that came in, by name. */
  readonly heard: string[] = [];
  readonly sessions = new Set<Session>();
  /** Decides the status of the next submit_sm; `silent` gives no answer at all. */
  answer: (fields: Submitted) => number | 'silent' = () => 0;
  /** How ids are written in submit_sm_resp. */
  idForm: (id: number) => string = String;
  /** Runs after a submit_sm was taken, before it is answered. */
  beforeAnswer: (taken: Submitted) => void = () => undefined;
  /** The most requests that were without an answer at a time. */
  outstanding = 0;
  mostOutstanding = 0;
  /** Runs when somebody connects, before they bind. */
  onConnect: (session: Session) => void = () => undefined;
  /** Answers wait until this resolves. */
  hold: Promise<void> | undefined;
  port = 0;
  #ids = 1000;
  readonly #all = new Set<Session>();
  readonly #server: Server;
  readonly #options: SmscOptions;

  constructor(options: SmscOptions = {}) {
    this.#options = options;
    this.#server = smpp.createServer({ ...options.tls }, (session) => this.#serve(session));
    // A client that goes away in the middle of a handshake.
    this.#server.on('tlsClientError', () => undefined);
  }

  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Breaks every link. */
  drop(): void {
    for (const session of this.#all) session.destroy();
  }

  #serve(session: Session): void {
    this.#all.add(session);
    session.setMaxListeners(0);
    this.onConnect(session);
    session.on('error', () => session.destroy());
    session.on('close', () => {
      this.#all.delete(session);
      this.sessions.delete(session);
    });
    session.on('pdu', (pdu: Pdu) => {
      if (!pdu.isResponse()) this.heard.push(pdu.command);
    });
    for (const command of ['bind_transceiver', 'bind_transmitter', 'bind_receiver'])
      session.on(command, (pdu: Pdu) => this.#bind(session, pdu));
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => void this.#submit(session, pdu));
  }

  #bind(session: Session, pdu: Pdu): void {
    const { systemId = 'yingda', password = 'secret' } = this.#options;
    const right = pdu.system_id === systemId && pdu.password === password;
    if (right) this.sessions.add(session);
    session.send(
      pdu.response(right ? { system_id: 'SMSC' } : { command_status: errors.ESME_RINVPASWD ?? 14 }),
    );
  }

  async #submit(session: Session, pdu: Pdu): Promise<void> {
    if (!this.sessions.has(session))
      return void session.send(pdu.response({ command_status: errors.ESME_RINVBNDSTS ?? 4 }));
    const { message, udh } = pdu.short_message as { message: string; udh?: Buffer[] };
    const [header] = udh ?? [];
    const number = this.#ids++;
    const taken: Submitted = {
      id: String(number),
      from: String(pdu.source_addr),
      to: String(pdu.destination_addr),
      text: message,
      coding: Number(pdu.data_coding),
      octets: Number(pdu.command_length),
      registered: Number(pdu.registered_delivery),
      ...(header && { part: { ref: header[2] ?? 0, total: header[3] ?? 0, no: header[4] ?? 0 } }),
    };
    this.outstanding += 1;
    this.mostOutstanding = Math.max(this.mostOutstanding, this.outstanding);
    await this.hold;
    this.outstanding -= 1;
    const status = this.answer(taken);
    if (status === 'silent') return;
    if (status !== 0) return void session.send(pdu.response({ command_status: status }));
    this.submitted.push(taken);
    this.beforeAnswer(taken);
    session.send(pdu.response({ message_id: this.idForm(number) }));
  }

  /** What a phone shows: parts put together by reference, the last one with a number wins. */
  texts(to: string): { text: string; ids: string[] }[] {
    const shown: { text: string; ids: string[] }[] = [];
    const open = new Map<number, Submitted[]>();
    for (const taken of this.submitted.filter((each) => each.to === to)) {
      const { ref = -1, total = 1, no = 1 } = taken.part ?? {};
      const parts = open.get(ref) ?? [];
      parts[no - 1] = taken;
      open.set(ref, parts);
      if (Object.keys(parts).length < total) continue;
      shown.push({ text: parts.map(({ text }) => text).join(''), ids: parts.map(({ id }) => id) });
      open.delete(ref);
    }
    return shown;
  }

  /** Sends one deliver_sm on a bound session. @returns the status of its answer; undefined if the link broke first */
  deliver(incoming: Incoming, session = [...this.sessions][0]): Promise<number | undefined> {
    const { from, to = '1069800001', octets, coding = 8, esm = 0, ton = 1, more = {} } = incoming;
    const pdu = new smpp.PDU('deliver_sm', {
      source_addr_ton: ton,
      source_addr_npi: 1,
      source_addr: from,
      dest_addr_ton: 0,
      dest_addr_npi: 1,
      destination_addr: to,
      esm_class: esm,
      data_coding: coding,
      short_message: octets,
      ...more,
    });
    return new Promise((resolve) => {
      session?.once('close', () => resolve(undefined));
      const sent = session?.send(pdu, (answer) => resolve(answer.command_status));
      if (!sent) resolve(undefined);
    });
  }

  /** Any request to the other side. */
  ask(command: string, session: Session | undefined, answered: (answer: Pdu) => void): void {
    session?.send(new smpp.PDU(command), answered);
  }

  /** A receipt as appendix B has it. */
  receipt(id: string, stat: string, more: Record<string, unknown> = {}, to = '8613912345678') {
    const text = `id:${id} sub:001 dlvrd:001 submit date:2611260900 done date:2611260901 stat:${stat} err:000 text:`;
    return this.deliver({ from: to, octets: Buffer.from(text), coding: 0, esm: 4, more });
  }
}

/** A text as phones send it: UCS-2, in parts with an 8-bit reference where it is long. */
export function incoming(from: string, text: string, ref = 7): Incoming[] {
  const { parts } = segments(text, true);
  return parts.map((part, at) => {
    const udh = parts.length > 1 ? Buffer.from([5, 0, 3, ref, parts.length, at + 1]) : Buffer.alloc(0);
    return { from, octets: Buffer.concat([udh, toUcs2(part)]), esm: parts.length > 1 ? 0x40 : 0 };
  });
}
