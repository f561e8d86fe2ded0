import type { RequestListener } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { closeServer, httpServer, listen } from './listen.ts';

it('accepts a token of 16 kB beside a cookie of 8 kB', async () => {
  const reply: RequestListener = (_, response) => response.end();
  const server = httpServer(reply);
  onTestFinished(() => closeServer(server));
  const address = await listen(server, { host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${'x'.repeat(16_384)}`, cookie: `other=${'x'.repeat(8_000)}` };
  expect((await fetch(address, { headers })).status).toBe(200);
});
