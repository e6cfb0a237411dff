/**
 * The part of XMLHttpRequest (WHATWG XHR) that rxjs's ajax uses, over Node's fetch: Microsoft's client is a
 * browser library, and Node has every other part of a browser that it needs.
 */
export class NodeXhr {
  readyState = 0;
  status = 0;
  statusText = '';
  response: unknown = null;
  responseText = '';
  responseType = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange: ((event: Event) => void) | null = null;
  ontimeout: ((event: Event) => void) | null = null;
  onload: ((event: Event) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  readonly upload = {};
  #method = 'GET';
  #url = '';
  #headers: Record<string, string> = {};
  #answer: Headers | undefined;
  readonly #abort = new AbortController();

  open(method: string, url: string): void {
    this.#method = method;
    this.#url = url;
    this.#move(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  getResponseHeader(name: string): string | null {
    return this.#answer?.get(name) ?? null;
  }

  getAllResponseHeaders(): string {
    return [...(this.#answer ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  }

  abort(): void {
    this.#abort.abort();
  }

  send(body?: string | FormData | null): void {
    void this.#run(body ?? null);
  }

  async #run(body: string | FormData | null): Promise<void> {
    const late = this.timeout ? setTimeout(() => this.#abort.abort('timeout'), this.timeout) : undefined;
    try {
      const request = { method: this.#method, headers: this.#headers, body, signal: this.#abort.signal };
      const answer = await fetch(this.#url, request);
      const bytes = await answer.arrayBuffer();
      this.responseText = this.responseType === 'arraybuffer' ? '' : new TextDecoder().decode(bytes);
      if (this.responseType === 'arraybuffer') this.response = bytes;
      else
        this.response =
          this.responseType === 'json' ? JSON.parse(this.responseText || 'null') : this.responseText;
      this.status = answer.status;
      this.statusText = answer.statusText;
      this.#answer = answer.headers;
      this.#move(4);
      this.onload?.(new Event('load'));
    } catch {
      if (this.#abort.signal.aborted && this.#abort.signal.reason === 'timeout') {
        this.ontimeout?.(new Event('timeout'));
        return;
      }
      if (this.#abort.signal.aborted) return;
      this.#move(4);
      this.onerror?.(new Event('error'));
    } finally {
      clearTimeout(late);
    }
  }

  #move(state: number): void {
    this.readyState = state;
    this.onreadystatechange?.(new Event('readystatechange'));
  }
}
