import { AppError } from '../../core/errors.ts';

/** Bytes in memory, those that arrive and those that wait to be stored. */
const MAX_BYTES = 64_000_000;
const MAX_BYTES_PER_ADDRESS = 16_000_000;
/** Bodies that arrive, of which the oldest is slow. */
const MAX_PER_ADDRESS = 200;
const SLOW_MS = 1_000;
const DEADLINE_MS = 10_000;
const RETRY_AFTER_S = 5;

export interface HeldBody {
  /** Aborted with the error of the request when the body must end. */
  signal: AbortSignal;
  /** Counts bytes that have arrived. Throws rate_limited when there is no room for them. */
  add(bytes: number): void;
  /** The body has arrived and is not ended any more. */
  finish(): void;
  /** Its bytes have left the memory. */
  release(): void;
}

interface Arriving {
  address: string;
  since: number;
  bytes: number;
  end(error: AppError): void;
}

/**
 * Holds the bodies of webhooks while they arrive and until they are stored. Their senders are not verified yet and must not keep signed
 * messages out: where room is missing, the body that has been arriving for longest ends with rate_limited, of the same address or of all. A
 * signed body arrives within milliseconds. At the deadline a body ends with request_timeout.
 */
export function createHeldBodies() {
  // In order of their start.
  const arriving = new Set<Arriving>();
  const bytesOf = new Map<string, number>();
  let total = 0;

  const addBytes = (address: string, bytes: number) => {
    const sum = (bytesOf.get(address) ?? 0) + bytes;
    if (sum > 0) bytesOf.set(address, sum);
    else bytesOf.delete(address);
    total += bytes;
  };
  const endOldest = (candidates: Iterable<Arriving>, isRoom: () => boolean) => {
    for (const body of candidates) {
      if (isRoom()) return;
      body.end(new AppError('rate_limited', { retryAfterSeconds: RETRY_AFTER_S }));
    }
  };
  const arrivingFrom = (address: string) => [...arriving].filter((body) => body.address === address);

  const hold = (address: string): HeldBody => {
    const ended = new AbortController();
    const deadline = setTimeout(() => body.end(new AppError('request_timeout')), DEADLINE_MS).unref();
    const finish = () => {
      clearTimeout(deadline);
      arriving.delete(body);
    };
    const release = () => {
      finish();
      addBytes(address, -body.bytes);
      body.bytes = 0;
    };
    const body: Arriving = {
      address,
      since: performance.now(),
      bytes: 0,
      end: (error) => {
        release();
        ended.abort(error);
      },
    };
    if (arriving.size >= MAX_PER_ADDRESS) {
      const ofThis = arrivingFrom(address);
      if (ofThis.length >= MAX_PER_ADDRESS && body.since - (ofThis[0]?.since ?? 0) > SLOW_MS)
        ofThis[0]?.end(new AppError('rate_limited', { retryAfterSeconds: RETRY_AFTER_S }));
    }
    arriving.add(body);
    return {
      signal: ended.signal,
      add: (bytes) => {
        ended.signal.throwIfAborted();
        body.bytes += bytes;
        addBytes(address, bytes);
        const isRoomForAddress = () => (bytesOf.get(address) ?? 0) <= MAX_BYTES_PER_ADDRESS;
        if (!isRoomForAddress()) endOldest(arrivingFrom(address), isRoomForAddress);
        endOldest(arriving, () => total <= MAX_BYTES);
        // What has arrived already is not ended.
        if (total > MAX_BYTES) body.end(new AppError('rate_limited', { retryAfterSeconds: RETRY_AFTER_S }));
        ended.signal.throwIfAborted();
      },
      finish,
      release,
    };
  };
  return { hold };
}
