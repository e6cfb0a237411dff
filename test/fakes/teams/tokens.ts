import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');

export interface Signer {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}

export function newSigner(): Signer {
  return { kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** A token as the Bot Framework signs them. */
export function signed(signer: Signer, claims: Record<string, unknown>, kid: string = signer.kid): string {
  const bare = `${encode({ alg: 'RS256', typ: 'JWT', kid })}.${encode(claims)}`;
  return `${bare}.${sign('sha256', Buffer.from(bare), signer.privateKey).toString('base64url')}`;
}

/** A token that claims to need no signature. */
export function unsigned(claims: Record<string, unknown>, kid: string): string {
  return `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode(claims)}.`;
}

/** A token signed by HMAC with the public key, as if that were a secret. */
export function confused(signer: Signer, claims: Record<string, unknown>): string {
  const bare = `${encode({ alg: 'HS256', typ: 'JWT', kid: signer.kid })}.${encode(claims)}`;
  const key = signer.publicKey.export({ type: 'pkcs1', format: 'pem' });
  return `${bare}.${createHmac('sha256', key).update(bare).digest('base64url')}`;
}
