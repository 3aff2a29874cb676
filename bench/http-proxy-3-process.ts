// http-proxy-3 as people set it up in front of one origin, in a process of its own: node http-proxy-3-process.ts <origin>
import { Agent, createServer } from 'node:http';
import { createProxyServer } from 'http-proxy-3';
import { listen } from '../test/support/loopback.ts';

// Keep-alive to the upstream, as the others have it; without, it would open a connection for each request.
const proxy = createProxyServer({ target: process.argv[2] ?? '', agent: new Agent({ keepAlive: true }) });
const server = createServer((request, response) => {
  proxy.web(request, response, {}, (error) => {
    console.error(error.message);
    response.destroy();
  });
});
console.log(`listening on http://127.0.0.1:${await listen(server)}`);
process.on('SIGTERM', () => process.exit(0));
