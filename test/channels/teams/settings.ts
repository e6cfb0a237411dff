import { randomUUID } from 'node:crypto';
import { kind } from '../../../channels/teams/channel.ts';
import type { Connector } from '../../fakes/teams/connector.ts';
import { TENANT } from '../../fakes/teams/person.ts';

/** Settings of an Azure Bot in a cloud of its own: the connector on loopback. */
export function settingsFor(
  connector: Connector,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return kind.settings.parse({
    MicrosoftAppId: randomUUID(),
    MicrosoftAppTenantId: TENANT,
    MicrosoftAppPassword: 'a secret of the test',
    ToChannelFromBotLoginUrl: `${connector.origin}/${TENANT}`,
    ToBotFromChannelOpenIdMetadataUrl: `${connector.origin}/openid`,
    ServiceHosts: [connector.origin],
    FileHosts: [connector.origin],
    ...change,
  });
}
