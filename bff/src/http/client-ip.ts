import { BlockList, isIP, SocketAddress } from 'node:net';

/** Returns the address of the client: that of the peer, or what trusted proxies forwarded, read from the right. */
export function clientIp(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string | null {
  if (!peer) return null;
  let address = parseAddress(peer) ?? peer;
  const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
  while (contains(trusted, address)) {
    const previous = parseAddress(hops.pop() ?? '');
    if (!previous) break;
    address = previous;
  }
  return address;
}

/** Returns the one spelling of an address that may have a port, brackets, quotes or a zone; null for anything else. */
function parseAddress(hop: string): string | null {
  const text = hop.trim().replace(/^"(.*)"$/, '$1');
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.replace(/%.*$/, '');
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : null;
  return new SocketAddress({ address, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}

const contains = (list: BlockList, address: string) =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether the peer is a program of this machine that is no trusted proxy. */
export function isLocalPeer(peer: string | undefined, trusted: BlockList): boolean {
  const address = parseAddress(peer ?? '') ?? '';
  return contains(loopback, address) && !contains(trusted, address);
}
