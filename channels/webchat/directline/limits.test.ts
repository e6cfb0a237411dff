import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBucket, networkOf } from './limits.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('a bucket', () => {
  it('never lets more through than its burst and what flowed in since', () => {
    const steps = fc.array(fc.nat(2000), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (waits, burst) => {
        const bucket = createBucket({ perMinute: 60, burst });
        let now = 0;
        let passed = 0;
        for (const wait of waits) {
          now += wait;
          try {
            bucket.take('key', now);
            passed += 1;
          } catch {}
        }
        expect(passed).toBeLessThanOrEqual(burst + now / 1000 + 1e-6);
      }),
    );
  });

  it('says after how many seconds to come again, and keeps that promise', () => {
    const bucket = createBucket({ perMinute: 6, burst: 1 });
    bucket.take('key', 0);
    expect(() => bucket.take('key', 0)).toThrow(expect.objectContaining({ retryAfter: 10, status: 429 }));
    bucket.take('key', 10_000);
  });

  it('forgets whom it has not seen longest rather than grow', () => {
    const bucket = createBucket({ perMinute: 1, burst: 1 }, 2);
    for (const key of ['a', 'b', 'c']) bucket.take(key, 0);
    expect(() => bucket.take('c', 0)).toThrow();
    bucket.take('a', 0);
  });
});

describe('the network of a request', () => {
  it('is its IPv4 address, also inside IPv6, or its /64', () => {
    expect(networkOf(from('203.0.113.7'), 0)).toBe('203.0.113.7');
    expect(networkOf(from('::ffff:203.0.113.7'), 0)).toBe('203.0.113.7');
    expect(networkOf(from('2001:db8:1:2:3:4:5:6'), 0)).toBe('2001:db8:1:2::/64');
    expect(networkOf(from('2001:db8:1:2::9'), 0)).toBe('2001:db8:1:2::/64');
    expect(networkOf(from('2001:db8::1'), 0)).toBe('2001:db8:0:0::/64');
    expect(networkOf(from('::1'), 0)).toBe('0:0:0:0::/64');
  });

  it('is what our own proxies say, and never what the client says', () => {
    const request = from('10.0.0.1', '198.51.100.66, 203.0.113.7');
    expect(networkOf(request, 0)).toBe('10.0.0.1');
    expect(networkOf(request, 1)).toBe('203.0.113.7');
    expect(networkOf(request, 9)).toBe('10.0.0.1');
  });

  it('is what a proxy on this machine says, without being told of it', () => {
    for (const proxy of ['127.0.0.1', '::ffff:127.0.0.1', '::1']) {
      expect(networkOf(from(proxy, '198.51.100.66, 203.0.113.7'), 0)).toBe('203.0.113.7');
    }
    expect(networkOf(from('127.0.0.1'), 0)).toBe('127.0.0.1');
    expect(networkOf(from('127.0.0.1', ''), 0)).toBe('127.0.0.1');
  });
});
