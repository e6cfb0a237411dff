import { telegramPeer } from '../fakes/telegram/peer.ts';
import { channelContract } from './channel.ts';

channelContract('telegram', { push: true, buttons: true, receipts: false }, telegramPeer);
