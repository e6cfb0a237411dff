import { createHmac, timingSafeEqual } from 'node:crypto';

const DAY = 24 * 60 * 60_000;
/** Long enough to be read after a weekend; who has the link has the file until then. */
const VALID = 7 * DAY;

/** Signed addresses of our files: a bot can't upload one without asking its reader's leave first (FileConsentCard). */
export class Links {
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor(key: Buffer, now: () => number) {
    this.#key = key;
    this.#now = now;
  }

  /** The path's last part. */
  sign(conversationId: string, fileId: string): string {
    const claims = Buffer.from(JSON.stringify([conversationId, fileId, this.#now() + VALID])).toString(
      'base64url',
    );
    return `${claims}.${this.#mac(claims).toString('base64url')}`;
  }

  read(signed: string): { conversationId: string; fileId: string } | undefined {
    const [claims = '', mac = ''] = signed.split('.');
    const given = Buffer.from(mac, 'base64url');
    const right = this.#mac(claims);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const [conversationId, fileId, until] = JSON.parse(Buffer.from(claims, 'base64url').toString());
    return until > this.#now() ? { conversationId, fileId } : undefined;
  }

  #mac(claims: string): Buffer {
    return createHmac('sha256', this.#key).update(claims).digest();
  }
}
