// Answers what is not even a request: a broken head, a head too large, a client that never finishes.

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

type Trouble = { status: number; code: string; detail: string };

const troubles: Record<string, Trouble> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers-too-large',
    detail: 'The headers of the request are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request-too-slow',
    detail: 'The request did not arrive completely in time.',
  },
};

const malformed: Trouble = {
  status: 400,
  code: 'malformed-request',
  detail: 'This is not a well-formed HTTP request.',
};

/** Writes a problem straight to the connection and ends it: there is no request to answer. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const { _httpMessage: running } = socket as Socket & { _httpMessage?: { headersSent: boolean } };
  if (error.code === 'ECONNRESET' || !socket.writable || running?.headersSent === true) {
    socket.destroy();
    return;
  }
  const { status, code, detail } = troubles[error.code ?? ''] ?? malformed;
  const title = STATUS_CODES[status] ?? 'Error';
  const body = JSON.stringify({ type: `/problems/${code}`, title, status, detail, code });
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
