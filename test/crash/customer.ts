import { randomUUID } from 'node:crypto';
import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';

export interface Acknowledged {
  clientId: string;
  id: string;
}

/** A customer who never gives up: asks on and on, repeats what was not acknowledged, listens with Microsoft's client. */
export interface StubbornCustomer {
  conversationId: string;
  acknowledged: Acknowledged[];
  /** Ids of the bot's and own activities, in the order in which the client saw them. */
  seen: string[];
  /** Stops asking once the question in hand is acknowledged. */
  rest(): Promise<void>;
  end(): void;
}

const questions = [
  '怎样办理套餐变更',
  '话费怎么查',
  '宽带测速达不到签约速率怎么办',
  '今天天气怎么样',
  '手机没有信号怎么办',
];

export async function stubbornCustomer(url: string): Promise<StubbornCustomer> {
  const granted = await fetch(`${url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ site: 'demo' }),
  }).then((r) => r.json() as Promise<{ conversationId: string; token: string }>);
  const line = new DirectLine({ token: granted.token, domain: `${url}/v3/directline`, webSocket: true });
  const seen: string[] = [];
  // Microsoft's client takes a 5xx while it starts for final ("unrecoverable", directLine.ts): the blows come later.
  const online = new Promise<void>((resolve) => {
    const next = (status: ConnectionStatus) => status === ConnectionStatus.Online && resolve();
    line.connectionStatus$.subscribe({ next, error: () => {} });
  });
  line.activity$.subscribe({
    next: (activity) => {
      if (activity.type === 'message' && activity.id) seen.push(activity.id);
    },
    // Its own `end` comes as an error.
    error: () => {},
  });
  await online;
  const acknowledged: Acknowledged[] = [];
  let resting = false;
  const asking = (async () => {
    for (let n = 0; !resting; n++)
      acknowledged.push(await ask(url, granted, questions[n % questions.length] ?? ''));
  })();
  return {
    conversationId: granted.conversationId,
    acknowledged,
    seen,
    async rest() {
      resting = true;
      await asking;
    },
    end: () => line.end(),
  };
}

/** Posts one question until it is acknowledged: the same client id at every attempt. */
async function ask(
  url: string,
  { conversationId, token }: { conversationId: string; token: string },
  text: string,
): Promise<Acknowledged> {
  const clientId = randomUUID();
  const activity = { type: 'message', from: { id: 'me' }, text, channelData: { clientActivityID: clientId } };
  for (;;) {
    const answer = await fetch(`${url}/v3/directline/conversations/${conversationId}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(activity),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (answer?.ok) return { clientId, id: ((await answer.json()) as { id: string }).id };
    if (answer && answer.status < 500 && answer.status !== 429)
      throw new Error(`refused: ${answer.status} ${await answer.text()}`);
    await new Promise((r) => setTimeout(r, 50));
  }
}
