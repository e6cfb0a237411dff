import { EventEmitter, once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { route, streamRoute } from '../../bot/http/route.ts';
import { openDesk } from './desk.ts';

type Desk = Awaited<ReturnType<typeof openDesk>>;
let desk: Desk;
afterEach(() => desk.close());

describe('pages', () => {
  function build({ dist }: Desk): void {
    for (const folder of ['site', 'console/assets', 'staff'])
      mkdirSync(join(dist, folder), { recursive: true });
    writeFileSync(join(dist, 'site/index.html'), 'the site');
    writeFileSync(join(dist, 'site/widget.js'), 'the widget');
    writeFileSync(join(dist, 'console/index.html'), 'the console');
    writeFileSync(join(dist, 'console/assets/index-B1a2C3d4.js'), 'the app');
    writeFileSync(join(dist, 'staff/index.html'), 'the staff chat');
  }

  test.each([
    ['/', 'the site'],
    ['/widget.js', 'the widget'],
    ['/console', 'the console'],
    ['/console/', 'the console'],
    ['/console/tickets/TS2026061000000001', 'the console'],
    ['/staff', 'the staff chat'],
  ])('%s is %s, asked for again each time, and runs scripts of ours only', async (path, text) => {
    desk = await openDesk([]);
    build(desk);
    const answer = await desk.ask('GET', path);
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  test('what has a hash in its name is kept; what is missing is missing', async () => {
    desk = await openDesk([]);
    build(desk);
    const kept = await desk.ask('GET', '/console/assets/index-B1a2C3d4.js');
    expect(kept.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect((await desk.ask('GET', '/console/assets/index-gone1234.js')).status).toBe(404);
    expect((await desk.ask('GET', '/..%2f..%2fpackage.json')).status).not.toBe(200);
  });

  test('only pages for colleagues may write styles at run time, only the widget may be loaded by other sites', async () => {
    desk = await openDesk([]);
    build(desk);
    const headers = async (path: string, name: string) =>
      (await desk.ask('GET', path)).headers.get(name) ?? '';
    const policy = 'content-security-policy';
    for (const path of ['/console', '/staff'])
      expect(await headers(path, policy)).toContain("style-src 'self' 'unsafe-inline'");
    expect(await headers('/', policy)).toContain("style-src 'self';");
    expect(await headers('/console', policy)).toContain("frame-ancestors 'none'");
    const resource = 'cross-origin-resource-policy';
    expect(await headers('/widget.js', resource)).toBe('cross-origin');
    expect(await headers('/', resource)).toBe('same-origin');
  });

  test('whoever can unpack gets the packed file, others the plain one, both under their own type', async () => {
    desk = await openDesk([]);
    build(desk);
    writeFileSync(join(desk.dist, 'console/assets/index-B1a2C3d4.js.gz'), gzipSync('the app'));
    const ask = (encoding: string) =>
      desk.ask('GET', '/console/assets/index-B1a2C3d4.js', { headers: { 'accept-encoding': encoding } });
    const [packed, plain] = [await ask('gzip'), await ask('identity')];
    expect([packed.text, plain.text]).toEqual(['the app', 'the app']);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(plain.headers.get('content-encoding')).toBeNull();
    for (const { headers } of [packed, plain]) {
      expect(headers.get('content-type')).toMatch('text/javascript');
      expect(headers.get('vary')).toMatch(/accept-encoding/i);
      expect(headers.get('cache-control')).toMatch(/immutable/);
    }
  });

  test('without a build, the console says so in the log and is not available', async () => {
    desk = await openDesk([]);
    expect((await desk.ask('GET', '/console')).status).toBe(503);
    expect(desk.lines.join()).toContain('npm run prepare');
  });
});

describe('a channel', () => {
  test('gets what lies under its prefix whole, before any of ours, and nothing else', async () => {
    const seen: string[] = [];
    const handler = (request: { url?: string }, response: { end(text: string): void }) => {
      seen.push(request.url ?? '');
      response.end('from the channel');
    };
    desk = await openDesk([], { mounts: [{ prefix: '/v3/talk', handler }] });
    const body = '{ not json';
    expect((await desk.ask('POST', '/v3/talk/conversations?x=1', { body })).text).toBe('from the channel');
    expect((await desk.ask('GET', '/v3/talk')).text).toBe('from the channel');
    expect((await desk.ask('GET', '/v3/talkative')).status).toBe(404);
    expect(seen).toEqual(['/v3/talk/conversations?x=1', '/v3/talk']);
  });

  test('takes the WebSocket requests that are its own; others are told that nothing is there', async () => {
    desk = await openDesk([], {
      upgrades: [
        (request, socket) => {
          if (request.url !== '/v3/talk/stream') return false;
          socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
          return true;
        },
      ],
    });
    expect(await upgrade(desk.port, '/v3/talk/stream')).toMatch('101');
    expect(await upgrade(desk.port, '/else')).toMatch('404 Not Found');
  });
});

function upgrade(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
  return new Promise((resolve) => socket.on('data', (data) => resolve(String(data))));
}

describe('stopping', () => {
  /** A request that reaches its handler and stays there until it is let go. */
  function held() {
    const [arrival, end] = [new EventEmitter(), new EventEmitter()];
    const letGo = once(end, 'go');
    return {
      begun: once(arrival, 'begun'),
      letGo: () => end.emit('go'),
      route: route({
        method: 'GET',
        path: '/api/v1/slow',
        action: 'public',
        summary: 'Takes a while',
        response: z.strictObject({ done: z.boolean() }),
        handler: async () => {
          arrival.emit('begun');
          await letGo;
          return { done: true };
        },
      }),
    };
  }
  const live = streamRoute({
    method: 'GET',
    path: '/api/v1/live',
    action: 'live.read',
    summary: 'Live',
    event: z.strictObject({}),
    handler: () => {},
  });

  test('lets requests in hand end, ends streams, and takes nothing new', async () => {
    const slow = held();
    const watched = new EventEmitter();
    const following = once(watched, 'begun');
    desk = await openDesk([
      slow.route,
      streamRoute({
        ...live,
        handler: (_context, stream) => {
          stream.send({ data: {} });
          watched.emit('begun');
        },
      }),
    ]);
    const inHand = desk.ask('GET', '/api/v1/slow');
    const stream = desk.ask('GET', '/api/v1/live');
    await Promise.all([slow.begun, following]);
    desk.server.refuse();
    await expect(desk.ask('GET', '/api/v1/slow')).rejects.toThrow();
    const closed = desk.server.close(3_600_000);
    slow.letGo();
    // A browser keeps its connection after the answer: that is no reason to wait the hour.
    await closed;
    expect((await inHand).body).toEqual({ done: true });
    expect((await stream).text).toContain('data: {}');
  });

  test('a connection that is always busy is let go after its next answer', async () => {
    const slow = held();
    desk = await openDesk([slow.route]);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = () =>
      new Promise<string | undefined>((resolve, reject) => {
        get(`${desk.url}/api/v1/slow`, { agent }, (answer) => {
          answer.resume().on('end', () => resolve(answer.headers.connection));
        }).on('error', reject);
      });
    const [inHand, next] = [ask(), ask()];
    await slow.begun;
    desk.server.refuse();
    slow.letGo();
    expect(await inHand).toBe('keep-alive');
    expect(await next).toBe('close');
    agent.destroy();
  });

  test('a request that never ends is cut off', async () => {
    const slow = held();
    desk = await openDesk([slow.route]);
    const hanging = desk.ask('GET', '/api/v1/slow').catch(() => 'cut off');
    await slow.begun;
    await desk.server.close(100);
    expect(await hanging).toBe('cut off');
  });
});
