import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Config } from '../../core/config.ts';
import { shareConnections } from './share-connections.ts';

/** A request must arrive within these milliseconds; streams that are answered may last. */
const LIMITS = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  // A token of 16 kB and the cookies beside it.
  maxHeaderSize: 32_768,
};
const MAX_CONNECTIONS = 2_000;

export function httpServer(listener: RequestListener, mostConnections = MAX_CONNECTIONS): Server {
  const server = createServer(LIMITS, listener);
  shareConnections(server, mostConnections);
  return server;
}

/** Connections without a request so far: browsers open them ahead of need, and Node does not count them as idle. */
const unused = new WeakMap<Server, Set<Socket>>();

/** Listens and returns the URL for browsers. Throws a clear error when the port is taken. */
export function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  const sockets = new Set<Socket>();
  unused.set(server, sockets);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('request', ({ socket }) => sockets.delete(socket));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`PORT: ${port} on ${host} is taken by another program`) : error),
    );
    server.listen(port, host, () => {
      const { port: actual } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${actual}`);
    });
  });
}

const CLOSE_IDLE_EVERY_MS = 50;

/** Accepts no new connections, lets pending requests finish, and closes each connection once it is idle. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    for (const socket of unused.get(server) ?? []) socket.destroy();
  });
}
