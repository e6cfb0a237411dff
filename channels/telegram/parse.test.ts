import { describe, expect, it } from 'vitest';
import { type Intent, read } from './parse.ts';
import { update } from './update.ts';

const me = () => ({ id: 110201543, username: 'ChenxingBot' });
const person = { id: 42, is_bot: false, first_name: '李娜', language_code: 'zh-hans' };
const alone = { id: 42, type: 'private' };
const group = { id: -100123, type: 'supergroup', title: '辰星用户群' };

const of = (kind: string, content: object): Intent | undefined =>
  read(update.parse({ update_id: 5, [kind]: { message_id: 9, from: person, chat: alone, ...content } }), me);
const said = (content: object) => {
  const intent = of('message', content);
  return intent?.do === 'receive' ? intent.message : undefined;
};

describe('in private', () => {
  it('a message is what was typed, in the language of the app', () => {
    expect(of('message', { text: '套餐怎么改' })).toEqual({
      do: 'receive',
      at: { key: '42', locale: 'zh-CN' },
      message: { kind: 'message', text: '套餐怎么改', externalId: '42:9', locale: 'zh-CN' },
    });
    const abroad = of('message', { text: 'hi', from: { ...person, language_code: 'en' } });
    expect(abroad?.at.locale).toBe('en');
    const odd = of('message', { text: 'hi', from: { ...person, language_code: '"><script>' } });
    expect(odd?.at.locale).toBeUndefined();
  });

  it('an edited one is the same message', () => {
    expect(of('edited_message', { text: '改了' })).toMatchObject({
      message: { kind: 'edit', text: '改了', externalId: '42:9' },
    });
  });

  it('/start opens the conversation, with what its link carried', () => {
    expect(said({ text: '/start' })).toMatchObject({ kind: 'joined', text: '' });
    expect(said({ text: '/start AB12CD' })).toMatchObject({ kind: 'joined', text: 'AB12CD' });
    expect(said({ text: '/started when?' })).toMatchObject({ kind: 'message', text: 'started when?' });
  });

  it('a command is a word; a path is not', () => {
    expect(said({ text: '/help@ChenxingBot' })?.text).toBe('help');
    expect(said({ text: '/swap_shift 明天' })?.text).toBe('swap shift 明天');
    expect(said({ text: '/etc/hosts 是什么' })?.text).toBe('/etc/hosts 是什么');
  });

  it('files come by reference, the largest picture of several, with their caption', () => {
    const photo = [{ file_id: 'small' }, { file_id: 'large' }];
    expect(said({ photo, caption: '账单' })).toMatchObject({
      text: '账单',
      files: [{ name: 'photo.jpg', ref: 'large' }],
    });
    expect(said({ document: { file_id: 'd', file_name: '病假条.pdf' } })).toMatchObject({
      text: '',
      files: [{ name: '病假条.pdf', ref: 'd' }],
    });
    const animation = { file_id: 'gif', file_name: 'a.mp4' };
    expect(said({ animation, document: animation })?.files).toHaveLength(1);
  });

  it('stickers, places and contacts are told in words; what has none is passed over', () => {
    expect(said({ sticker: { emoji: '👍' } })?.text).toBe('👍');
    expect(said({ location: { latitude: 31.23, longitude: 121.47 } })?.text).toBe('📍 31.23, 121.47');
    expect(said({ contact: { phone_number: '+8613800000000', first_name: '李' } })?.text).toBe(
      '李 +8613800000000',
    );
    expect(of('message', { new_chat_title: '新群名' })).toBeUndefined();
  });

  it('who unblocks the bot has joined; who blocks it has left', () => {
    const member = (from: string, to: string) =>
      of('my_chat_member', { old_chat_member: { status: from }, new_chat_member: { status: to } });
    expect(member('kicked', 'member')).toMatchObject({ at: { key: '42' }, message: { kind: 'joined' } });
    expect(member('member', 'kicked')).toMatchObject({ at: { key: '42' }, message: { kind: 'left' } });
    expect(member('left', 'kicked')).toBeUndefined();
    expect(member('member', 'administrator')).toBeUndefined();
  });
});

describe('in a group', () => {
  const inGroup = (content: object) => said({ chat: group, ...content });
  const mention = (text: string, name: string) => ({
    text,
    entities: [{ type: 'mention', offset: text.indexOf(name), length: name.length }],
  });

  it('hears what is said to it: a mention, a command by name, a reply', () => {
    expect(inGroup(mention('@chenxingbot 套餐怎么改', '@chenxingbot'))).toMatchObject({
      text: '套餐怎么改',
      externalId: '-100123:9',
    });
    expect(inGroup({ text: '/menu@ChenxingBot' })?.text).toBe('menu');
    expect(inGroup({ text: '那第二档呢', reply_to_message: { from: { id: 110201543 } } })?.text).toBe(
      '那第二档呢',
    );
    const named = {
      text: '客服 在吗',
      entities: [{ type: 'text_mention', offset: 0, length: 2, user: { id: 110201543 } }],
    };
    expect(inGroup(named)?.text).toBe('在吗');
    expect(inGroup(mention('🧑‍🚒 @ChenxingBot', '@ChenxingBot'))?.text).toBe('🧑‍🚒');
    expect(inGroup(mention('@ChenxingBot', '@ChenxingBot'))?.text).toBe('@ChenxingBot');
    const { text: caption, entities: caption_entities } = mention('@ChenxingBot 看图', '@ChenxingBot');
    expect(inGroup({ caption, caption_entities, photo: [{ file_id: 'p' }] })).toMatchObject({ text: '看图' });
  });

  it('does not hear what is said to others', () => {
    expect(inGroup({ text: '大家好' })).toBeUndefined();
    expect(inGroup({ text: '/menu' })).toBeUndefined();
    expect(
      inGroup({ text: '/menu@OtherBot', reply_to_message: { from: { id: 110201543 } } }),
    ).toBeUndefined();
    expect(inGroup(mention('@ChenxingBot2 你好', '@ChenxingBot2'))).toBeUndefined();
    // The words alone are no mention: inside an address, say.
    expect(inGroup({ text: 'a@ChenxingBot.example' })).toBeUndefined();
    expect(said({ chat: { id: -5, type: 'channel' }, text: '公告' })).toBeUndefined();
  });

  it('a topic of a forum is a place of its own; a thread of replies is not', () => {
    const words = { ...mention('@ChenxingBot 在吗', '@ChenxingBot'), chat: group, message_thread_id: 77 };
    expect(of('message', { ...words, is_topic_message: true })?.at.key).toBe('-100123/77');
    expect(of('message', words)?.at.key).toBe('-100123');
  });

  it('a button tells who pressed it', () => {
    const query = {
      update_id: 5,
      callback_query: { id: '1', from: person, data: 't:x', message: { message_id: 9, chat: group } },
    };
    expect(read(update.parse(query), me)).toMatchObject({ do: 'press', at: { key: '-100123' }, by: '42' });
    query.callback_query.message.chat = alone as typeof group;
    expect(read(update.parse(query), me)).toMatchObject({ at: { key: '42' }, by: undefined });
  });

  it('that becomes a supergroup has moved', () => {
    expect(of('message', { chat: { id: -7, type: 'group' }, migrate_to_chat_id: -1007 })).toMatchObject({
      do: 'move',
      at: { key: '-7' },
      to: '-1007',
    });
  });
});
