import type { Server } from 'node:http';
import { BlockList, type Socket } from 'node:net';
import { addressKey } from '../../core/limits/keys.ts';
import { clientIp } from '../client-ip.ts';

/** No proxy is known here: behind one, all connections are its own. */
const none = new BlockList();
const addressOf = ({ remoteAddress }: Socket) => addressKey(clientIp(remoteAddress, undefined, none));

/**
 * Keeps the connections of a server to a maximum, so that one address cannot keep the others out: where no place is left, the address that
 * holds most connections loses its oldest one to a newcomer of another address, and gets no new one.
 */
export function shareConnections(server: Server, mostConnections: number): void {
  /** By address, in order of their start. */
  const held = new Map<string, Set<Socket>>();
  let total = 0;

  const release = (address: string, socket: Socket) => {
    const own = held.get(address);
    if (!own?.delete(socket)) return;
    total -= 1;
    if (own.size === 0) held.delete(address);
  };
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket);
    const own = held.get(address) ?? new Set<Socket>();
    held.set(address, own.add(socket));
    total += 1;
    socket.once('close', () => release(address, socket));
    if (total <= mostConnections) return;
    const [busiest, sockets] = [...held].reduce(
      (most, other) => (other[1].size > most[1].size ? other : most),
      [address, own],
    );
    const ended = busiest === address ? socket : [...sockets][0];
    if (!ended) return;
    release(busiest, ended);
    ended.destroy();
  });
}
