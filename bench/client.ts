// A small HTTP client over raw sockets, so that its own cost does not slow the server it measures.

import { connect, type Socket } from 'node:net';

export type Answer = { status: number; head: string; body: Buffer };

const endOfHead = Buffer.from('\r\n\r\n');

/** One request as it goes over the wire. */
export function requestOf(path: string, headers: Record<string, string> = {}): Buffer {
  const lines = Object.entries({ Host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** A form sent by POST, as it goes over the wire. */
export function formOf(
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Buffer {
  const body = new URLSearchParams(fields).toString();
  const all = {
    Host: 'localhost',
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** The value of a header of an answer; undefined when it is not there. */
export const headerOf = ({ head }: Answer, name: string): string | undefined =>
  new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trim();

/** Cookies that an answer sets, by name. */
export const cookiesOf = ({ head }: Answer): [string, string][] =>
  [...head.matchAll(/^set-cookie: *([^=;\r]+)=([^;\r]*)/gim)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);

/** One connection that is kept alive; one request at a time. */
export class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #missing = 0;
  #head = '';
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (part) => this.#take(part));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    if (this.#head === '') {
      const whole = this.#received.length === 0 ? part : Buffer.concat([...this.#received, part]);
      const end = whole.indexOf(endOfHead);
      if (end < 0) {
        this.#received = [whole];
        return;
      }
      this.#head = whole.toString('latin1', 0, end);
      const rest = whole.subarray(end + endOfHead.length);
      const length = /^content-length: *(\d+)/im.exec(this.#head)?.[1];
      this.#missing = Number(length ?? 0) - rest.length;
      this.#received = [rest];
    } else {
      this.#received.push(part);
      this.#missing -= part.length;
    }
    if (this.#missing <= 0) this.#finish();
  }

  #finish(): void {
    const answer = {
      status: Number(this.#head.slice(9, 12)),
      head: this.#head,
      body: this.#received.length === 1 ? this.#received[0]! : Buffer.concat(this.#received),
    };
    this.#head = '';
    this.#received = [];
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve(answer);
  }
}

/** One answer over a connection of its own. */
export async function askOnce(port: number, request: Buffer): Promise<Answer> {
  const connection = await Connection.open(port);
  try {
    return await connection.ask(request);
  } finally {
    connection.close();
  }
}

export type Load = {
  port: number;
  /** Asked one after another, again and again. */
  requests: Buffer[];
  expectedStatus: number;
  seconds: number;
};

const connections = 8;

/** Keeps a server busy over eight connections for some seconds; gives the number of answers. */
export async function keepBusy({ port, requests, expectedStatus, seconds }: Load): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let asked = 0;
  const one = async () => {
    const connection = await Connection.open(port);
    try {
      while (performance.now() < end) {
        const { status } = await connection.ask(requests[asked++ % requests.length]!);
        if (status !== expectedStatus) throw new Error(`answered ${status}, not ${expectedStatus}`);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return asked;
}
