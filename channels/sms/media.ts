import { contentOf } from '../kit/response.ts';
import { credentials } from './api.ts';
import type { Settings } from './settings.ts';

/** The API answers with a redirect to its store: https://www.twilio.com/docs/messaging/api/media-resource */
const HOPS = 3;

/**
 * A file that came with a message. Only the API's own origin is asked, with our credentials; it may send us on to the
 * configured hosts, which get none. Throws for any other address, so that no message can make us fetch from our network.
 */
export async function fetchMedia(ref: string, limit: number, settings: Settings): Promise<Buffer> {
  const home = new URL(settings.apiBaseUrl);
  let url = new URL(ref);
  if (url.origin !== home.origin) throw new Error('a file from a host that is not the API');
  for (let hop = 0; hop <= HOPS; hop++) {
    const ours = url.origin === home.origin;
    const allowed =
      url.protocol === 'https:' && url.port === '' && settings.mediaHosts.includes(url.hostname);
    if (!ours && !allowed) throw new Error(`a file from a host that is not allowed: ${url.hostname}`);
    const response = await fetch(url, {
      headers: ours ? { authorization: credentials(settings) } : {},
      redirect: 'manual',
      signal: AbortSignal.timeout(settings.timeout),
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel();
      url = new URL(location, url);
    } else if (response.ok) return contentOf(response, limit);
    else throw new Error(`the file was refused: ${response.status}`);
  }
  throw new Error('a file that is always elsewhere');
}
