/** What we use of `smpp` 0.5.1, which comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  type Value = string | number | Buffer;

  interface Pdu {
    command: string;
    command_status: number;
    sequence_number: number;
    isResponse(): boolean;
    response(fields?: Record<string, Value>): Pdu;
    [field: string]: unknown;
  }

  interface Session extends EventEmitter {
    socket: import('node:net').Socket;
    send(pdu: Pdu, answered?: (answer: Pdu) => void): boolean;
    close(): void;
    destroy(): void;
    pause(): void;
    resume(): void;
  }

  interface Command {
    id: number;
    params: Record<string, { type: unknown; default?: unknown; filter?: unknown }>;
  }
  interface Tlv {
    id: number;
    type: unknown;
    filter?: unknown;
    multiple?: boolean;
  }

  interface Smpp {
    connect(options: Record<string, unknown>): Session;
    createServer(options: Record<string, unknown>, listener: (session: Session) => void): NetServer;
    addCommand(name: string, command: Command): void;
    addTLV(name: string, tlv: Tlv): void;
    commands: Record<string, Command>;
    tlvs: Record<string, Tlv>;
    types: { tlv: { buffer: unknown } };
    errors: Record<string, number>;
    PDU: new (command: string, fields?: Record<string, unknown>) => Pdu;
  }
  const smpp: Smpp;

  export type { Pdu, Session, Value };
  export default smpp;
}
