import { wire } from './call.ts';
import { ApiError, errorFrom } from './error.ts';

/** The server's limits (bot/files/store.ts), so that nobody waits for an upload that is refused. */
export const MAX_FILE = 10 * 1024 * 1024;
export const FILE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

/** How long the server keeps it. */
export type Retention = 'standard' | 'certificate' | 'notice';

export interface Upload {
  /** The stored file's id. Rejects with ApiError; `cancelled` after `cancel`. */
  done: Promise<string>;
  cancel(): void;
}

/** Sends a file; `onProgress` is told the share sent, from 0 to 1. XMLHttpRequest, because fetch tells no progress. */
export function upload(file: File, onProgress: (share: number) => void, retention: Retention): Upload {
  const request = new XMLHttpRequest();
  const name = encodeURIComponent(file.name.slice(-200) || 'file');
  const done = new Promise<string>((resolve, reject) => {
    request.open('POST', `/api/v1/files?name=${name}&retention=${retention}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept-language', wire.locale);
    request.setRequestHeader('x-csrf-token', wire.csrfToken);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiError('network', 'no answer'));
    request.onabort = () => reject(new ApiError('cancelled', 'cancelled'));
    request.onload = () => {
      const { id } = (request.response ?? {}) as { id?: string };
      if (request.status === 201 && id) return resolve(id);
      const error = errorFrom(request.status, request.response);
      if (error.code === 'unauthenticated') wire.onSignedOut();
      reject(error);
    };
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
