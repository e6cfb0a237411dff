import { createApi } from './api.ts';
import { createConversation } from './conversation.ts';
import { pickLocale, textsOf } from './i18n/index.ts';
import { lineOf, newMessage, typingOf } from './lines.ts';
import type { Link } from './link.ts';
import type { Options } from './options.ts';
import { createSession } from './session.ts';
import { createBox, type Kept, keyFor, type TabState } from './storage.ts';
import { isOwn, unread } from './transcript.ts';
import { createComposer, maxLength } from './view/composer.ts';
import { createLog } from './view/log.ts';
import { createShell } from './view/shell.ts';
import { statusLine } from './view/status.ts';
import type { Activity, SiteInfo } from './wire.ts';

/** `window.yingda`: what a page may do with the chat. */
export interface PublicApi {
  open(): void;
  close(): void;
  /** Opens the chat and asks, as if the customer had typed it. */
  ask(text: string): void;
}

/** Builds the widget into the page and wires its parts. Nothing is asked of the server until it is opened or has something to resume. */
export function startApp(options: Options): PublicApi {
  const locale = pickLocale(options.locale, ...navigator.languages);
  const texts = textsOf(locale);
  const api = createApi(options.origin, locale);
  const box = createBox(() => localStorage);
  const tabBox = createBox(() => sessionStorage);
  const key = keyFor(options.site, options.userToken);
  const tab: TabState = tabBox.get<TabState>(key) ?? {};
  const keepTab = (change: TabState) => tabBox.set(key, Object.assign(tab, change));
  const restored = tab.outbox ?? [];
  let site: SiteInfo | undefined;

  const session = createSession({ api, box, key, site: options.site, userToken: options.userToken });
  const talk = createConversation(session, {
    changed: () => show(),
    link: (link) => linkChanged(link),
    other: (activity) => typing.take(activity),
    gone: () => lineOf(texts.gone, 'system'),
    outbox: (outbox) => keepTab({ outbox }),
  });
  const say = (activity: Activity) => talk.say(newMessage(activity, locale));
  const sayText = (text: string) => say({ type: 'message', text });
  const log = createLog(texts, {
    texts,
    locale,
    botName: () => site?.name ?? texts.bot,
    press: (says) => {
      say(says);
      composer.focus();
    },
    resend: (entry) => {
      talk.resend(entry);
      composer.focus();
    },
  });
  const composer = createComposer({
    texts,
    draft: tab.draft ?? '',
    say: sayText,
    typed: (draft) => {
      keepTab({ draft });
      if (draft) talk.typing(Date.now());
    },
  });
  const shell = createShell({
    texts,
    locale,
    position: options.position,
    log: log.node,
    composer: composer.node,
    opened(focus) {
      keepTab({ open: true });
      talk.connect();
      show();
      log.toEnd();
      if (focus) composer.focus();
    },
    closed: () => keepTab({ open: false }),
  });
  const typing = typingOf(texts, (name) => log.typing(name));
  const status = statusLine(texts, shell.status);
  const greeting = lineOf(texts.greeting, 'bot');

  const show = () => {
    const said = talk.all();
    const greeted = said[0]?.activity.text === greeting.activity.text;
    log.show(greeted ? said : [greeting, ...said]);
    const last = talk.transcript.confirmed.at(-1);
    if (last && !isOwn(last.activity)) typing.stop();
    const kept = box.get<Kept>(key);
    if (shell.isOpen && kept && last && kept.seen !== last.activity.id) {
      box.set(key, { ...kept, seen: last.activity.id });
    }
    shell.unread(shell.isOpen ? 0 : unread(talk.transcript, kept?.seen));
  };
  const linkChanged = (link: Link) => {
    status.follow(link);
    const settled = link.phase === 'live' || link.phase === 'polling';
    // The history comes right after the connection; what comes later is news, and is read out.
    if (settled) setTimeout(() => log.busy(false), 800);
    typing.listen(settled);
  };
  const dress = (info: SiteInfo) => {
    site = info;
    shell.name(info.name);
    shell.accent(info.accent ?? '');
    if (info.greeting && pickLocale(info.locale) === locale) greeting.activity.text = info.greeting;
    log.redraw();
    show();
  };
  shell.name(texts.launch);
  shell.unread(0);
  api.site(options.site).then(dress, () => undefined);
  talk.restore(restored, Date.now());
  if (tab.open ?? options.open) shell.open(false);
  else if (session.stored()) talk.connect();
  return {
    open: () => shell.open(true),
    close: () => shell.close(),
    ask(text) {
      shell.open(true);
      const asked = String(text).trim().slice(0, maxLength);
      if (asked) sayText(asked);
    },
  };
}
