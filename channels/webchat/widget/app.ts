import { createApi } from './api.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { fileMessage, objection } from './files.ts';
import { fill, type Locale, pickLocale, type Texts, textsOf } from './i18n/index.ts';
import { lineOf, newId, newMessage, type Typing, typingOf } from './lines.ts';
import type { Link } from './link.ts';
import type { Options } from './options.ts';
import { createSession, type Session } from './session.ts';
import { createBox, type Kept, keyFor, type Left, type TabState } from './storage.ts';
import { type Entry, isOwn, unread } from './transcript.ts';
import { type Composer, createComposer, maxLength } from './view/composer.ts';
import { createLeaveForm, type LeaveForm } from './view/leave.ts';
import { createLog, type LogView } from './view/log.ts';
import { nameOf } from './view/message.ts';
import { createShell, type Shell } from './view/shell.ts';
import { manyAttempts, statusLine } from './view/status.ts';
import type { Activity, SiteInfo } from './wire.ts';

/** How long after connecting what arrives still counts as history, in milliseconds. */
const historyMs = 800;

/** `window.yingda`: what a page may do with the chat. */
export interface PublicApi {
  open(): void;
  close(): void;
  /** Opens the chat and asks, as if the customer had typed it. */
  ask(text: string): void;
}

/** Builds the widget into the page and wires its parts. Nothing is asked of the server until it is opened or has something to resume. */
export function startApp(options: Options): PublicApi {
  const app = new App(options);
  return {
    open: () => app.shell.open(true),
    close: () => app.shell.close(),
    ask: (text) => app.ask(String(text)),
  };
}

class App {
  readonly shell: Shell;
  readonly #locale: Locale;
  readonly #texts: Texts;
  readonly #key: string;
  readonly #box = createBox(() => localStorage);
  readonly #tabBox = createBox(() => sessionStorage);
  readonly #tab: TabState;
  readonly #talk: Conversation;
  readonly #log: LogView;
  readonly #composer: Composer;
  readonly #leave: LeaveForm;
  readonly #typing: Typing;
  readonly #status: ReturnType<typeof statusLine>;
  readonly #greeting: Entry;
  /** Lines of the widget's own below everything that was said. */
  #aside: Entry[] = [];
  #name: string | undefined;

  constructor(options: Options) {
    const { site, userToken } = options;
    this.#locale = pickLocale(options.locale, ...navigator.languages);
    this.#texts = textsOf(this.#locale);
    this.#greeting = lineOf(this.#texts.greeting, 'bot');
    this.#key = keyFor(site, userToken);
    this.#tab = this.#tabBox.get<TabState>(this.#key) ?? {};
    const outbox = this.#tab.outbox ?? [];
    const api = createApi(options.origin, this.#locale);
    const session = createSession({ api, box: this.#box, key: this.#key, site, userToken });
    this.#talk = this.#createTalk(session);
    this.#log = this.#createLog();
    this.#composer = this.#createComposer();
    this.#leave = createLeaveForm(this.#texts, (message) => this.#keepLeft(message));
    this.shell = this.#createShell(options.position);
    this.#typing = typingOf(
      (activity) => nameOf(activity, this.#texts, this.#botName),
      (name) => this.#log.typing(name),
    );
    this.#status = statusLine(this.#texts, (text) => this.shell.status(text));
    this.#name = options.name;
    this.shell.name(this.#name ?? this.#texts.launch);
    this.#show();
    api.site(site).then(
      (info) => this.#dress(info),
      () => undefined,
    );
    this.#talk.restore(outbox, Date.now());
    if (this.#tab.open ?? options.open) this.shell.open(false);
    else if (session.stored() || this.#left()) this.#talk.connect();
  }

  readonly #botName = () => this.#name ?? this.#texts.bot;

  ask(text: string): void {
    this.shell.open(true);
    const asked = text.trim().slice(0, maxLength);
    if (asked) this.#say({ type: 'message', text: asked });
  }

  #say(activity: Activity): void {
    this.#talk.say(newMessage(activity, this.#locale));
  }

  /** One message a file, so that each can be stopped or tried again by itself. */
  #attach(files: readonly File[]): void {
    for (const file of files) {
      const message = newMessage(fileMessage(file), this.#locale);
      this.#talk.say(message, file, objection(file, this.#texts));
    }
  }

  get #leftKey(): string {
    return `${this.#key}:left`;
  }

  #left(): Left | undefined {
    return this.#box.get<Left>(this.#leftKey);
  }

  #keepLeft(message: { text: string; contact: string }): void {
    this.#box.set(this.#leftKey, { ...message, id: newId() } satisfies Left);
    this.#aside = [lineOf(this.#texts.leaveKept, 'system')];
    this.#show();
    this.#log.toEnd();
    this.#composer.focus();
  }

  /** Hands over what was left while we were out of reach. Another tab may do it, too: the id makes them one. */
  #sendLeft(): void {
    const left = this.#left();
    if (!left) return;
    const { id: clientActivityID, ...message } = left;
    const text = fill(this.#texts.leaveSays, message);
    const says = { type: 'message', text, value: { leaveMessage: message } };
    if (this.#talk.all().some(({ key }) => key === left.id)) this.#talk.resend(left.id);
    else this.#talk.say({ ...newMessage(says, this.#locale), channelData: { clientActivityID } });
  }

  #keepTab(change: TabState): void {
    this.#tabBox.set(this.#key, Object.assign(this.#tab, change));
  }

  #createTalk(session: Session): Conversation {
    return createConversation(session, {
      changed: () => this.#show(),
      link: (link) => this.#linked(link),
      other: (activity) => this.#typing.take(activity),
      gone: () => lineOf(this.#texts.gone, 'system'),
      outbox: (outbox) => this.#keepTab({ outbox }),
    });
  }

  #createLog(): LogView {
    return createLog(this.#texts, {
      texts: this.#texts,
      locale: this.#locale,
      botName: this.#botName,
      // The pressed button is about to be disabled or gone: the focus goes where the talk goes on.
      press: (says) => {
        this.#say(says);
        this.#composer.focus();
      },
      resend: (key) => {
        this.#talk.resend(key);
        this.#composer.focus();
      },
      withdraw: (key) => {
        this.#talk.withdraw(key);
        this.#composer.focus();
      },
      fileOf: (key, watch) => this.#talk.fileOf(key, watch),
    });
  }

  #createComposer(): Composer {
    return createComposer({
      texts: this.#texts,
      draft: this.#tab.draft ?? '',
      say: (text) => this.#say({ type: 'message', text }),
      attach: (files) => this.#attach(files),
      typed: (draft) => {
        this.#keepTab({ draft });
        if (draft) this.#talk.typing(Date.now());
      },
    });
  }

  #createShell(position: 'left' | 'right'): Shell {
    return createShell({
      texts: this.#texts,
      locale: this.#locale,
      position,
      log: this.#log.node,
      composer: this.#composer.node,
      leave: this.#leave.node,
      files: (files) => this.#attach(files),
      opened: (focus) => {
        this.#keepTab({ open: true });
        this.#talk.connect();
        this.#show();
        this.#log.toEnd();
        if (focus) this.#composer.focus();
      },
      closed: () => this.#keepTab({ open: false }),
    });
  }

  #show(): void {
    const said = this.#talk.all();
    const left = this.#left();
    const has = ({ key, activity }: Entry) =>
      key === left?.id || activity.channelData?.clientActivityID === left?.id;
    if (left && said.some((entry) => entry.state === 'sent' && has(entry))) this.#box.remove(this.#leftKey);
    // A server that greets by itself with the same words is not doubled.
    const greeted = said[0]?.activity.text === this.#greeting.activity.text;
    this.#log.show([...(greeted ? [] : [this.#greeting]), ...said, ...this.#aside]);
    const { transcript } = this.#talk;
    const last = transcript.confirmed.at(-1);
    if (last && !isOwn(last.activity)) this.#typing.stop();
    const kept = this.#box.get<Kept>(this.#key);
    if (this.shell.isOpen && kept && last && kept.seen !== last.activity.id) {
      this.#box.set(this.#key, { ...kept, seen: last.activity.id });
    }
    this.shell.unread(this.shell.isOpen ? 0 : unread(transcript, kept?.seen));
  }

  #linked(link: Link): void {
    this.#status.follow(link);
    const settled = link.phase === 'live' || link.phase === 'polling';
    if (settled) {
      this.#aside = [];
      this.#sendLeft();
    }
    this.#leave.offer(link.attempt >= manyAttempts && !this.#left(), this.#tab.draft);
    // The history comes right after the connection; what comes later is news, and is read out.
    if (settled) setTimeout(() => this.#log.busy(false), historyMs);
    this.#typing.listen(settled);
  }

  #dress(info: SiteInfo): void {
    this.#name ??= info.name;
    this.shell.name(this.#name);
    this.shell.accent(info.accent ?? '');
    if (info.greeting && pickLocale(info.locale) === this.#locale)
      this.#greeting.activity.text = info.greeting;
    this.#log.redraw();
    this.#show();
  }
}
