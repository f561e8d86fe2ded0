import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Config } from '../core/config.ts';

/** Connections that have asked nothing yet, which browsers open ahead of need and Node does not count as idle. */
const silent = new WeakMap<Server, Set<Socket>>();

/** Listens, and tells the address as people type it. Throws with a clear line when the port is taken. */
export function listen(server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> {
  const sockets = new Set<Socket>();
  silent.set(server, sockets);
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

const LOOK_EVERY_MS = 50;

/** Takes no new connections, lets the requests under way finish, and ends each connection once it is idle. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
    for (const socket of silent.get(server) ?? []) socket.destroy();
  });
}
