import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account, Channel } from '../../../channels/channel.ts';
import { kind } from '../../../channels/teams/channel.ts';
import { MemoryHost } from '../../fakes/memory-host.ts';
import { Connector } from '../../fakes/teams/connector.ts';
import { Person } from '../../fakes/teams/person.ts';
import { settingsFor } from './settings.ts';

/** A bot that serves on loopback, with a host in memory behind it. */
export class Stage {
  readonly connector: Connector;
  readonly account: Account;
  readonly host: MemoryHost;
  readonly channel: Channel;
  readonly errors: string[] = [];
  publicUrl: string | undefined = 'https://desk.example';
  readonly #server: Server;

  private constructor(connector: Connector, settings: Record<string, unknown>, now?: () => number) {
    this.connector = connector;
    this.account = { id: 'teams:help', channel: 'teams', name: 'help', audience: 'staff', settings };
    this.host = new MemoryHost([this.account], now);
    this.channel = kind.create({
      accounts: [this.account],
      publicUrl: () => this.publicUrl,
      onError: (error, where) => this.errors.push(`${where}: ${error}`),
    });
    this.#server = createServer((request, response) => this.channel.http?.(request, response));
  }

  static async open(change: Record<string, unknown> = {}, now?: () => number): Promise<Stage> {
    const connector = await Connector.start();
    const stage = new Stage(connector, settingsFor(connector, change), now);
    await stage.channel.open(stage.host);
    await new Promise<void>((resolve) => stage.#server.listen(0, '127.0.0.1', resolve));
    return stage;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  person(name?: string): Person {
    const person = new Person(this.connector, String(this.account.settings.MicrosoftAppId), name);
    person.endpoint = `${this.origin}/channels/teams/help`;
    return person;
  }

  /** All that reached the product. */
  get heard(): string[] {
    return [...this.host.threads.values()].flatMap(({ inbound, signs }) =>
      [...inbound, ...signs].map(({ kind: what, text }) =>
        what === 'message' ? text : `${what} ${text}`.trim(),
      ),
    );
  }

  /** Hands what was said last in a conversation to the channel, as the product's lane would. */
  async deliver(key: string, text: string, more: Record<string, unknown> = {}) {
    const thread = [...this.host.threads.values()].find((each) => each.key === key);
    if (!thread) throw new Error(`no conversation of ${key}`);
    const message = this.host.say(thread.id, text, more);
    const address = this.host.addresses.get(`teams:help ${key}`) ?? key;
    return this.channel.send?.({ id: message.id, account: 'teams:help', address, message, attempt: 1 });
  }

  async close(): Promise<void> {
    await this.channel.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.connector.stop();
  }
}
