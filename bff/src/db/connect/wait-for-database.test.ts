import { connect as connectTo, createServer } from 'node:net';
import { expect, inject, it, onTestFinished } from 'vitest';
import { waitForDatabase } from './wait-for-database.ts';

/** Returns the URL of the run's database behind a port on which nothing listens yet, and a function that opens the port. */
async function behindClosedPort() {
  const url = new URL(inject('ownerUrl'));
  const proxy = createServer((socket) => {
    const upstream = connectTo(Number(url.port), url.hostname);
    socket.pipe(upstream).pipe(socket);
    for (const end of [socket, upstream]) end.on('error', () => undefined);
  });
  const listen = (port: number) => new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = proxy.address() as { port: number };
  await new Promise((resolve) => proxy.close(resolve));
  onTestFinished(() => void proxy.close());
  const closed = new URL(url);
  closed.port = String(port);
  return { url: closed.href, open: () => listen(port) };
}

it('waits for a database that starts later, and says so once', async () => {
  const { url, open } = await behindClosedPort();
  const lines: string[] = [];
  const waiting = waitForDatabase(url, (line) => lines.push(line));
  await new Promise((resume) => setTimeout(resume, 1_500));
  await open();
  await waiting;
  expect(lines).toEqual([expect.stringMatching(/^Waiting for the database: /)]);
});

it('does not wait where waiting cannot help', async () => {
  const url = new URL(inject('ownerUrl'));
  url.password = 'wrong';
  await expect(waitForDatabase(url.href, () => undefined)).rejects.toThrow(/password authentication failed/);
});
