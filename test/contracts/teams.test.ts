import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import type { Account } from '../../channels/channel.ts';
import { kind } from '../../channels/teams/channel.ts';
import { settingsFor } from '../channels/teams/settings.ts';
import { Connector, MOODS, type Post } from '../fakes/teams/connector.ts';
import { Person } from '../fakes/teams/person.ts';
import { shown } from '../fakes/teams/rules.ts';
import { confused, newSigner, signed, unsigned } from '../fakes/teams/tokens.ts';
import { channelContract } from './channel.ts';
import type { Peer, Seen } from './channel-peer.ts';

interface Action {
  type: string;
  title: string;
  data: { msteams?: { text: string; value: unknown } };
}

function cardOf({ activity }: Post): { body: Record<string, unknown>[] } | undefined {
  const found =
    activity.type === 'message' ? activity.attachments?.find((each) => 'content' in each) : undefined;
  return found && 'content' in found ? found.content : undefined;
}

const actionsOf = (post: Post) =>
  cardOf(post)?.body.flatMap((each) => (each.actions ?? []) as Action[]) ?? [];

function seenOf(post: Post): Seen {
  const { activity, kind: how, id } = post;
  const words = cardOf(post)?.body.flatMap(({ text }) => (text ? [String(text)] : [])) ?? [];
  const [text, suggested] =
    activity.type === 'message' ? [activity.text, activity.suggestedActions?.actions] : [];
  const buttons = [...(suggested ?? []), ...actionsOf(post)].map(({ title }) => title);
  return { text: [shown(text ?? ''), ...words].filter(Boolean).join('\n'), buttons, kind: how, id };
}

channelContract('teams', { push: true, buttons: true, receipts: false }, async (): Promise<Peer> => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const connector = await Connector.start();
  const settings = settingsFor(connector);
  const account: Account = {
    id: 'teams:help',
    channel: 'teams',
    name: '助手',
    audience: 'customer',
    settings,
  };
  const channel = kind.create({ accounts: [account], publicUrl: () => undefined, onError() {} });
  const people = new Map<string, Person>();
  let endpoint = '';
  const person = (name = 'somebody'): Person => {
    const known = people.get(name) ?? new Person(connector, String(settings.MicrosoftAppId), name);
    people.set(name, known);
    known.endpoint = endpoint;
    return known;
  };
  const postsTo = (name?: string) =>
    connector.posts.filter(({ conversation }) => conversation === person(name).chat.id);
  return {
    channel,
    account,
    listening(origin) {
      endpoint = `${origin}/channels/teams/help`;
    },
    async says(text, { id = randomUUID(), from } = {}) {
      return (await person(from).says(text, { id })).status === 200;
    },
    async presses(title) {
      const post = connector.posts.findLast((each) => seenOf(each).buttons.includes(title));
      const presser = [...people.values()].find(({ chat }) => chat.id === post?.conversation);
      if (!post || !presser) throw new Error(`no button ${title}`);
      const action = actionsOf(post).find((each) => each.title === title);
      if (action?.type === 'Action.Execute') await presser.executes({ ...action });
      else await presser.says(action?.data.msteams?.text ?? title, { value: action?.data.msteams?.value });
    },
    async forges() {
      const mallory = person('mallory');
      const { signer } = connector;
      const claims = mallory.claims();
      const long = Math.floor(Date.now() / 1000) - 7200;
      const tokens = {
        'another key': signed(newSigner(), claims, signer.kid),
        'an unknown key': signed(newSigner(), claims),
        'a key of another channel': signed(connector.unendorsed, claims),
        'no signature': unsigned(claims, signer.kid),
        'the public key as a secret': confused(signer, claims),
        expired: signed(signer, { ...claims, nbf: long, exp: long + 60 }),
        'another audience': signed(signer, { ...claims, aud: randomUUID() }),
        'another issuer': signed(signer, { ...claims, iss: 'https://evil.example' }),
        'another service': signed(signer, { ...claims, serviceurl: 'https://evil.example/' }),
        nothing: '',
      };
      const tried = Object.entries(tokens).map(async ([name, token]) => {
        const { status } = await mallory.post(mallory.activity({ text: 'let me in' }), token);
        return status < 300 ? [name] : [];
      });
      return (await Promise.all(tried)).flat();
    },
    oversize: async () => (await person().says('大'.repeat(200_000))).status < 300,
    seen: (from) => postsTo(from).map(seenOf),
    mood(mood) {
      connector.refusal = mood === 'fine' ? undefined : MOODS[mood];
    },
    async close() {
      vi.restoreAllMocks();
      await connector.stop();
    },
  };
});
