import { BlockList, isIP } from 'node:net';

/** Returns a list of addresses and networks such as `10.0.0.0/8`. Throws on anything else. */
export function trustedProxyList(entries: readonly string[]): BlockList {
  const trusted = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  return trusted;
}

const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/, '');
const isTrusted = (trusted: BlockList, address: string) =>
  isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Returns the address of the client: that of the peer, or what trusted proxies forwarded, read from the right. */
export function clientIp(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string | null {
  if (!peer) return null;
  let address = plain(peer);
  const hops = (forwardedFor ?? '').split(',').map(plain).filter(Boolean);
  while (isTrusted(trusted, address)) {
    const previous = hops.pop();
    if (!previous || isIP(previous) === 0) break;
    address = previous;
  }
  return address;
}
