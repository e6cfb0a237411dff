import { afterEach, describe, expect, it } from 'vitest';
import { open } from '../../../channels/wecom/callback.ts';
import { kind } from '../../../channels/wecom/channel.ts';
import { CORP } from '../../fakes/wecom/platform.ts';
import { callback } from '../../fakes/wecom/sealing.ts';
import { heard, openStage, type Stage } from './stage.ts';

/** The example of the platform's own description, document/path/90968 and its samples: their CorpID, Token and EncodingAESKey. */
const VERIFY = {
  at: 1_409_659_589_000,
  query:
    'msg_signature=5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3&timestamp=1409659589&nonce=263014780&echostr=P9nAzCzyDtyTWESHep1vC5X9xho%2FqYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp%2B4RPcs8TgAE7OaBO%2BFZXvnaqQ%3D%3D',
  echo: '1616140317555161061',
};
const MESSAGE = {
  at: 1_409_659_813_000,
  query: 'msg_signature=477715d11cdb4164915debcba66cb864d751f3e6&timestamp=1409659813&nonce=1372623149',
  sealed:
    'RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==',
};

describe('the published example', () => {
  let stage: Stage;
  afterEach(() => stage?.close());

  it('verifies the address: the echo comes back in clear', async () => {
    stage = await openStage(kind, { at: VERIFY.at });
    const response = await stage.caller.get(VERIFY.query);
    expect([response.status, await response.text()]).toEqual([200, VERIFY.echo]);
  });

  it('is read: who said what, under the whole of a MsgId that no number can hold', async () => {
    stage = await openStage(kind, { at: MESSAGE.at, settings: { agentId: 218 } });
    expect((await stage.caller.send(MESSAGE)).status).toBe(200);
    expect(heard(stage.host)).toEqual(['mycreate: hello']);
    const [thread] = stage.host.threads.values();
    expect(thread?.inbound[0]?.externalId).toBe('4561255354251345929');
  });

  it.each([
    ['five minutes later', 5 * 60_000, 200],
    ['five minutes and a second later', 5 * 60_000 + 1000, 401],
    ['five minutes and a second before', -5 * 60_000 - 1000, 401],
  ])('%s', async (_, later, status) => {
    stage = await openStage(kind, { at: VERIFY.at + later });
    expect((await stage.caller.get(VERIFY.query)).status).toBe(status);
  });

  it('is worth nothing to another corporation with the same keys', () => {
    const who = { ...CORP, corpId: 'wx0000000000000000' };
    expect(() => open(new URLSearchParams(MESSAGE.query), MESSAGE.sealed, who, MESSAGE.at)).toThrow(
      'somebody else',
    );
  });
});

it('what another hand sealed is read, whatever its length asks for as padding', () => {
  for (let length = 0; length < 70; length++) {
    const message = `${'应'.repeat(length)}!`;
    const { query, sealed } = callback(message, CORP, MESSAGE.at);
    expect(open(new URLSearchParams(query), sealed, CORP, MESSAGE.at)).toBe(message);
  }
});
