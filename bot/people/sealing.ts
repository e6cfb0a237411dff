import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.ts';

/** What a value is sealed or looked up for. Keys of different purposes have nothing in common. */
export type Purpose = 'address' | 'contact' | 'name' | 'sign-in' | 'audit-digest' | 'audit-chain' | 'token';

/** Seals values 加密 and makes look-up keys; all keys come from one master secret. */
export interface Sealing {
  /** version (1 byte) · nonce (12) · ciphertext · tag (16): AES-256-GCM, the purpose authenticated. */
  seal(purpose: Purpose, value: string): Buffer<ArrayBuffer>;
  /** The value again. Throws `internal` when it was altered, sealed for something else or with another secret. */
  open(purpose: Purpose, sealed: Uint8Array): string;
  /** HMAC-SHA-256 (32 bytes): finds a value without storing it. Normalise first: the same value, the same key. */
  lookupKey(purpose: Purpose, normalised: string | Uint8Array): Buffer<ArrayBuffer>;
  /** The 32-byte key of a purpose itself, for a library that signs (tokens). */
  key(purpose: Purpose): Buffer<ArrayBuffer>;
}

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/**
 * @param master at least 32 bytes. Losing it loses every sealed value; changing it orphans every look-up key.
 * Keys by HKDF-SHA-256 (RFC 5869), one for sealing and one for looking up per purpose.
 */
export function createSealing(master: Uint8Array): Sealing {
  if (master.length < 32) throw new RangeError('the master secret needs at least 32 bytes');
  const keys = new Map<string, Buffer<ArrayBuffer>>();
  const derive = (use: 'seal' | 'lookup' | 'key', purpose: Purpose) => {
    const info = `yingda/1/${use}/${purpose}`;
    let key = keys.get(info);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', master, 'yingda', info, 32));
      keys.set(info, key);
    }
    return key;
  };
  return {
    seal: (purpose, value) => seal(derive('seal', purpose), purpose, value),
    open: (purpose, sealed) => unseal(derive('seal', purpose), purpose, sealed),
    lookupKey: (purpose, value) => createHmac('sha256', derive('lookup', purpose)).update(value).digest(),
    key: (purpose) => derive('key', purpose),
  };
}

function seal(key: Buffer, purpose: Purpose, value: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([Uint8Array.of(VERSION), nonce, body, cipher.getAuthTag()]);
}

function unseal(key: Buffer, purpose: Purpose, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  try {
    if (bytes[0] !== VERSION || bytes.length < 1 + NONCE + TAG) throw new RangeError('not a sealed value');
    const tag = bytes.subarray(-TAG);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + NONCE), {
      authTagLength: TAG,
    });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag);
    const body = bytes.subarray(1 + NONCE, -TAG);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('internal', 'a sealed value cannot be opened', { purpose }, { cause });
  }
}
