import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listen } from './loopback.ts';

/** One request a vendor got. */
export interface VendorRequest {
  readonly vendor: string;
  readonly method: string;
  /** The vendor's own path, query included. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

export interface VendorAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is; an object as JSON; a list as server-sent events, each `[name, data]`. */
  readonly body: string | object | readonly (readonly [name: string, data: object])[];
}

export interface MockVendors {
  /** Where a vendor's requests go: one server, a base path for each. */
  url(vendor: string): string;
  readonly requests: readonly VendorRequest[];
  close(): Promise<void>;
}

/** Vendors that answer what they are told, on one loopback port. What no vendor answers gets a 404. */
export async function startMockVendors(
  vendors: Readonly<Record<string, (request: VendorRequest) => VendorAnswer | undefined>>,
): Promise<MockVendors> {
  const requests: VendorRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const [, vendor = '', path = '/'] = /^\/([^/?]+)(.*)$/.exec(message.url ?? '') ?? [];
      const { method = '', headers } = message;
      const request = { vendor, method, path, headers, body: Buffer.concat(chunks).toString(), at: Date.now() };
      requests.push(request);
      const answer: VendorAnswer = vendors[vendor]?.(request) ?? {
        status: 404,
        body: { error: { message: 'not found' } },
      };
      const type = Array.isArray(answer.body) ? 'text/event-stream' : 'application/json';
      response.writeHead(answer.status ?? 200, { 'content-type': type, ...answer.headers });
      response.end(textOf(answer.body));
    });
  });
  const port = await listen(server);
  return {
    url: (vendor) => `http://127.0.0.1:${port}/${vendor}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function textOf(body: VendorAnswer['body']): string {
  if (typeof body === 'string') return body;
  if (!Array.isArray(body)) return JSON.stringify(body);
  const events = body as readonly (readonly [string, object])[];
  return events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
}
