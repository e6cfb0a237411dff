import smpp, { type Pdu, type Session, type Value } from 'smpp';
import type { Settings } from './settings.ts';

export type { Pdu, Session };
export const status = smpp.errors as Record<string, number>;

/**
 * The library decodes each part by itself, which breaks a sign that two parts share; it reads an id without its closing
 * NUL together with what follows; and some of its readers throw, so that the SMSC would send one message for ever. We
 * take octets.
 */
const { deliver_sm: command } = smpp.commands;
const { receipted_message_id: receipted } = smpp.tlvs;
if (!command || !receipted) throw new Error('this is not the smpp library that we know');
const plain = Object.entries(command.params).map(([name, { filter: _, ...rest }]) => [name, rest]);
smpp.addCommand('deliver_sm', { ...command, params: Object.fromEntries(plain) });
smpp.addTLV('receipted_message_id', { id: receipted.id, type: smpp.types.tlv.buffer });
for (const [name, { filter, ...rest }] of Object.entries(smpp.tlvs)) if (filter) smpp.addTLV(name, rest);

/** The link broke, or nothing came back in time: whether the other side has it nobody knows. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Opens a connection; `ready` is called once it stands, with TLS: once the certificate is found good. */
export function connect(
  { host, port, tls }: Pick<Settings, 'host' | 'port' | 'tls'>,
  ready: () => void,
): Session {
  const session = smpp.connect({ host, port, tls: tls !== false, ...(typeof tls === 'object' && tls) });
  session.once(tls === false ? 'connect' : 'secureConnect', ready);
  // One listener for each request of the window.
  session.setMaxListeners(0);
  session.socket.setNoDelay(true);
  return session;
}

/** One request and its answer. @throws NoAnswer; an Error where it was not even sent */
export function request(
  session: Session,
  name: string,
  fields: Record<string, Value>,
  timeoutMs: number,
): Promise<Pdu> {
  return new Promise((resolve, reject) => {
    const end = (done: () => void) => {
      clearTimeout(timer);
      session.off('close', lost);
      done();
    };
    const lost = () => end(() => reject(new NoAnswer('the link broke')));
    const timer = setTimeout(() => end(() => reject(new NoAnswer(`no answer to ${name}`))), timeoutMs);
    session.once('close', lost);
    const sent = session.send(new smpp.PDU(name, fields), (answer) => end(() => resolve(answer)));
    if (!sent) end(() => reject(new Error('the link is closed')));
  });
}

/** Binds for both directions: SMPP 3.4 §4.1.5. @returns the status */
export async function bind(session: Session, settings: Settings): Promise<number> {
  const { systemId, password, systemType, addressRange, responseTimeout } = settings;
  const fields = {
    system_id: systemId,
    password,
    system_type: systemType,
    interface_version: 0x34,
    address_range: addressRange,
  };
  return (await request(session, 'bind_transceiver', fields, responseTimeout * 1000)).command_status;
}

export const octetsOf = (pdu: Pdu, field: string): Buffer | undefined => {
  const value = pdu[field];
  return Buffer.isBuffer(value) ? value : undefined;
};
export const numberOf = (pdu: Pdu, field: string): number | undefined => {
  const value = pdu[field];
  return typeof value === 'number' ? value : undefined;
};
export const textOf = (pdu: Pdu, field: string): string | undefined => {
  const value = pdu[field];
  return typeof value === 'string' ? value : undefined;
};

/** An optional parameter by its number, in a form to compare; the library names those that it knows. */
export function tlvOf(pdu: Pdu, id: number): string | undefined {
  const [known] = Object.entries(smpp.tlvs).find(([, tlv]) => tlv.id === id) ?? [`${id}`];
  const value = pdu[known];
  return Buffer.isBuffer(value)
    ? value.toString('base64url')
    : (textOf(pdu, known) ?? numberOf(pdu, known)?.toString());
}
