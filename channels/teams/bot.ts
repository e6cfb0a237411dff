import { CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import type { Address } from './address.ts';
import { Credentials } from './credentials.ts';
import { loginUrl, type Settings } from './settings.ts';

/** A send that takes longer is given up, and tried again by its lane. */
const PATIENCE = 15_000;

type Factory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;
type ClientCredentials = Awaited<ReturnType<Factory['createCredentials']>>;
type Connectors = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;
type Identity = Parameters<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>[0];
export type Connector = Awaited<ReturnType<Connectors['create']>>;

/** What the SDK's connector hides: the steps that each of its requests goes through. */
interface Steps {
  removePolicy(step: { name: string }): unknown;
  addPolicy(step: {
    name: string;
    sendRequest<Request extends { timeout: number }, Answer>(
      request: Request,
      next: (request: Request) => Promise<Answer>,
    ): Promise<Answer>;
  }): unknown;
}

/** Service URLs are few: one for a region, and one for a tenant in it. */
const CONNECTORS = 200;

/**
 * The SDK's authentication of both directions, with two things put right. It would make a connector and a client for
 * sign-in tokens at every send, which costs as much again as the send. And a connector would send a message again by
 * itself when Teams is busy or broken, and sleep meanwhile: the lane does that, and knows what may have been said already.
 */
export class Authentication extends ConfigurationBotFrameworkAuthentication {
  readonly #connectors = new Map<string, Promise<Connector>>();
  #userTokens: ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> | undefined;

  override createUserTokenClient(...about: [Identity]) {
    this.#userTokens ??= super.createUserTokenClient(...about);
    return this.#userTokens;
  }

  override createConnectorFactory(...about: [Identity]): Connectors {
    const inner = super.createConnectorFactory(...about);
    return {
      create: (serviceUrl, audience) => {
        if (this.#connectors.size >= CONNECTORS) this.#connectors.clear();
        const made = this.#connectors.get(serviceUrl) ?? inner.create(serviceUrl, audience).then(once);
        this.#connectors.set(serviceUrl, made);
        return made;
      },
    };
  }
}

/** A connector that sends once, and not for ever. */
function once(connector: Connector): Connector {
  const steps = (connector as unknown as { client: { pipeline: Steps } }).client.pipeline;
  steps.removePolicy({ name: 'defaultRetryPolicy' });
  steps.addPolicy({
    name: 'patience',
    sendRequest: (request, next) => next(Object.assign(request, { timeout: PATIENCE })),
  });
  return connector;
}

/** One account's side of the Bot Framework. */
export class Bot {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly authentication: Authentication;
  readonly #adapter: CloudAdapter;

  constructor(settings: Settings, now: () => number) {
    this.settings = settings;
    this.credentials = new Credentials(settings, now);
    const credentials: Factory = {
      isValidAppId: async (appId) => appId.toLowerCase() === settings.MicrosoftAppId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => this.credentials as ClientCredentials,
    };
    this.authentication = new Authentication(
      {
        ToChannelFromBotLoginUrl: loginUrl(settings),
        ToChannelFromBotOAuthScope: settings.ToChannelFromBotOAuthScope,
        ToBotFromChannelTokenIssuer: settings.ToBotFromChannelTokenIssuer,
        ToBotFromChannelOpenIdMetadataUrl: settings.ToBotFromChannelOpenIdMetadataUrl,
        // Tokens of the emulator are refused before the SDK sees them: see verify.ts.
        ToBotFromEmulatorOpenIdMetadataUrl: settings.ToBotFromChannelOpenIdMetadataUrl,
        OAuthUrl: settings.ToChannelFromBotOAuthScope,
      },
      credentials,
    );
    this.#adapter = new CloudAdapter(this.authentication);
  }

  /** Does something in a conversation that we know the address of, outside of any request. @throws RestError, NoToken */
  async at<T>(
    address: Address,
    work: (context: TurnContext, connector: Connector) => Promise<T>,
  ): Promise<T> {
    const { serviceUrl, conversation, tenant, type, bot, user } = address;
    const reference = {
      serviceUrl,
      channelId: 'msteams',
      bot: { id: bot, name: '' },
      ...(user && { user: { id: user, name: '' } }),
      conversation: {
        id: conversation,
        tenantId: tenant,
        conversationType: type,
        isGroup: type !== 'personal',
        name: '',
      },
    };
    let result: { done: T } | undefined;
    await this.#adapter.continueConversationAsync(
      this.settings.MicrosoftAppId,
      reference,
      async (context) => {
        // The SDK would make what we say an answer to its own made-up event.
        context.activity.id = undefined as unknown as string;
        const connector = context.turnState.get<Connector>(this.#adapter.ConnectorClientKey);
        result = { done: await work(context, connector) };
      },
    );
    if (!result) throw new Error('the conversation was not continued');
    return result.done;
  }
}
