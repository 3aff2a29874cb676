// A stand-in for Antigravity's language server: node fake-language-server.mjs --csrf_token TOKEN. Listens on a port that
// answers nothing of interest and on one that answers the quota call over TLS; prints both as JSON.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const token = process.argv[process.argv.indexOf('--csrf_token') + 1];
const file = (name) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url));
const PATH = '/exa.language_server_pb.LanguageServerService/RetrieveUserQuotaSummary';
const resetTime = new Date(Date.now() + 3_600_000).toISOString();
const summary = {
  response: {
    groups: [
      { displayName: 'Gemini Models', buckets: [{ window: '5h', remainingFraction: 0.65, resetTime }] },
      { displayName: 'Claude and GPT models', buckets: [{ window: '5h', remainingFraction: 0.2, resetTime }] },
    ],
  },
};

function answer(request, response) {
  const allowed = request.headers['x-codeium-csrf-token'] === token;
  const known = request.method === 'POST' && request.url === PATH;
  request.resume();
  response.writeHead(known ? (allowed ? 200 : 401) : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(known ? (allowed ? summary : { message: 'missing CSRF token' }) : {}));
}

const other = http.createServer((request, response) => response.writeHead(404).end('404 page not found'));
const quota = https.createServer({ key: file('server.key'), cert: file('server.pem') }, answer);
other.listen(0, '127.0.0.1', () => {
  quota.listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ other: other.address().port, quota: quota.address().port }));
  });
});
setTimeout(() => process.exit(1), 60_000).unref();
