import { Agent, get, type RequestListener } from 'node:http';
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

it('answers other addresses while one holds as many connections as it can', async () => {
  const server = httpServer((_, response) => response.end(), 10);
  const agents: Agent[] = [];
  onTestFinished(async () => {
    for (const agent of agents) agent.destroy();
    await closeServer(server);
  });
  const address = await listen(server, { host: '127.0.0.1', port: 0 });
  const call = (localAddress: string) =>
    new Promise<number | undefined>((resolve) => {
      const agent = new Agent({ keepAlive: true });
      agents.push(agent);
      get(address, { agent, localAddress }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', () => resolve(undefined));
    });
  const flood = await Promise.all(Array.from({ length: 30 }, () => call('127.0.0.2')));
  expect(flood.filter((status) => status === 200)).toHaveLength(10);
  expect(await Promise.all(Array.from({ length: 4 }, () => call('127.0.0.1')))).toEqual([200, 200, 200, 200]);
});
