import { type PublicApi, startApp } from './app.ts';
import { readOptions } from './options.ts';

declare global {
  interface Window {
    yingda?: PublicApi;
  }
}

// Only while the script itself runs does the browser say which tag it came from.
const script = document.currentScript;
if (script instanceof HTMLScriptElement && script.src && !window.yingda) {
  const options = readOptions(script);
  const start = () => {
    window.yingda ??= startApp(options);
  };
  if (document.body) start();
  else addEventListener('DOMContentLoaded', start);
}
