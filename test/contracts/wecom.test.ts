import { appPeer, kfPeer } from '../fakes/wecom/peer.ts';
import { channelContract } from './channel.ts';

channelContract('wecom', { push: true, buttons: true, receipts: false }, appPeer);
channelContract('wecom-kf', { push: true, buttons: true, receipts: true }, kfPeer);
