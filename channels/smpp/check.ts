import type { Finding } from '../channel.ts';
import { statusName } from './codes.ts';
import type { Settings } from './settings.ts';
import { bind, connect, request, type Session, status } from './wire.ts';

/** Connects, binds, asks whether the SMSC is there, and unbinds. */
export async function check(account: string, settings: Settings): Promise<Finding> {
  const finding = (ok: boolean, text: string): Finding => ({ account, ok, text });
  const where = `${settings.host}:${settings.port}`;
  const timeout = settings.responseTimeout * 1000;
  let session: Session | undefined;
  try {
    session = await opened(settings);
    const code = await bind(session, settings);
    if (code === status.ESME_RALYBND)
      return finding(
        true,
        `The SMSC at ${where} says that systemId is bound already, as it is while the product runs.`,
      );
    if (code !== 0) return finding(false, `The SMSC at ${where} refuses the bind: ${statusName(code)}.`);
    await request(session, 'enquire_link', {}, timeout);
    await request(session, 'unbind', {}, timeout);
    return finding(true, `Bound to the SMSC at ${where} as transceiver.`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return finding(false, `The SMSC at ${where} can't be used: ${code ?? message}.`);
  } finally {
    session?.destroy();
  }
}

function opened(settings: Settings): Promise<Session> {
  return new Promise((resolve, reject) => {
    const session = connect(settings, () => resolve(session));
    session.on('error', (error) => {
      session.destroy();
      reject(error);
    });
    session.once('close', () => reject(new Error('the connection was closed')));
    session.socket.setTimeout(settings.responseTimeout * 1000, () => session.destroy());
  });
}
