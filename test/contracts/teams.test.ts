import { teamsPeer } from '../fakes/teams/peer.ts';
import { channelContract } from './channel.ts';

channelContract('teams', { push: true, buttons: true, receipts: false }, teamsPeer);
