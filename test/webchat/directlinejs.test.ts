import { echoBot, startWebchat } from '../fakes/webchat-server.ts';
import { directLineConformance } from './directline-conformance.ts';

directLineConformance('the channel with a host in memory', async () => {
  const webchat = await startWebchat();
  echoBot(webchat.host);
  const { url, dropStreams, stop } = webchat;
  return { url, site: 'demo', dropStreams, stop };
});
