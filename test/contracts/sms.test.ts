import { smsPeer } from '../fakes/sms-peer.ts';
import { channelContract } from './channel.ts';

channelContract('sms', { push: true, buttons: false, receipts: true }, smsPeer);
