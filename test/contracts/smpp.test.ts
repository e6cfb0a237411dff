import { smppPeer } from '../fakes/smpp-peer.ts';
import { channelContract } from './channel.ts';

channelContract('smpp', { push: true, buttons: false, receipts: true }, smppPeer);
