import { webchatPeer } from '../fakes/webchat-peer.ts';
import { channelContract } from './channel.ts';

channelContract('web chat', { push: false, buttons: true, receipts: false }, async () => webchatPeer());
