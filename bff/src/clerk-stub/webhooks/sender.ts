import { randomBytes, randomUUID } from 'node:crypto';
import { seededRandom } from '../../core/random.ts';
import type { ClerkMessage } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { type Deliver, postTo, svixSigner } from './delivery.ts';

/** Delivery problems, each as a probability from 0 to 1. */
interface Chaos {
  lose: number;
  duplicate: number;
  /** Delays a delivery by up to `delayUpToMs`. */
  delay: number;
  delayUpToMs: number;
  /** Moves a delivery to a random position of the queue. */
  reorder: number;
  /** Also sends a forgery: signed with another secret, or changed after signing. */
  forge: number;
}

export interface SenderOptions {
  instance: Pick<ClerkInstance, 'onEvent'>;
  /** `whsec_…` */
  secret: string;
  /** URLs to post to in turn, or a function that delivers. */
  to: string | readonly string[] | Deliver;
  chaos?: Partial<Chaos>;
  seed?: string;
  /** Scales Svix's delays between attempts: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h. */
  retryFactor?: number;
  /** Maximum number of deliveries in flight; 1 keeps the order. */
  concurrency?: number;
  /** Nothing is sent before `resume()`. */
  isPaused?: boolean;
}

interface Delivery {
  id: string;
  body: string;
  attempt: number;
  forgery: 'secret' | 'body' | null;
}

export type WebhookSender = ReturnType<typeof createWebhookSender>;

const RETRY_AFTER_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];
const NO_CHAOS: Chaos = { lose: 0, duplicate: 0, delay: 0, delayUpToMs: 50, reorder: 0, forge: 0 };

/** Delivers the events of an instance as Svix does: signed, at least once, unordered, with configurable problems. */
export function createWebhookSender(options: SenderOptions) {
  const { to, retryFactor = 1, concurrency = 8 } = options;
  const deliver = typeof to === 'function' ? to : postTo(...[to].flat());
  const sign = svixSigner(options.secret);
  const signWrongly = svixSigner(`whsec_${randomBytes(24).toString('base64')}`);
  const random = seededRandom(options.seed ?? randomUUID());
  const chaos: Chaos = { ...NO_CHAOS, ...options.chaos };
  const counts = {
    /** Emitted events; the other counts are attempts by result. */
    emitted: 0,
    lost: 0,
    attempts: 0,
    delivered: 0,
    failed: 0,
    /** Failed permanently after the last attempt. */
    exhausted: 0,
    forged: 0,
    /** Forgeries that got a 2xx response; expected to be 0. */
    forgedAccepted: 0,
  };

  const ready: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let inFlight = 0;
  let isPaused = options.isPaused ?? false;
  let isClosed = false;
  let waiters: (() => void)[] = [];

  const schedule = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
      wakeIfIdle();
    }, ms);
    timers.add(timer);
  };
  const wakeIfIdle = () => {
    if (inFlight > 0 || timers.size > 0 || (ready.length > 0 && !isPaused && !isClosed)) return;
    for (const wake of waiters) wake();
    waiters = [];
  };
  const enqueue = (delivery: Delivery) => {
    const index = random.chance(chaos.reorder) ? random.integer(0, ready.length) : ready.length;
    ready.splice(index, 0, delivery);
    // In a later tick, so that events of one operation can be reordered.
    if (!isPaused) setImmediate(pump);
  };
  const post = (delivery: Delivery) => {
    if (!random.chance(chaos.delay)) return enqueue(delivery);
    schedule(random.integer(0, chaos.delayUpToMs), () => enqueue(delivery));
  };
  const pump = () => {
    while (!isPaused && !isClosed && inFlight < concurrency && ready.length > 0) {
      inFlight += 1;
      void attempt(ready.shift() as Delivery).finally(() => {
        inFlight -= 1;
        pump();
        wakeIfIdle();
      });
    }
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    const { id, body, forgery } = delivery;
    counts.attempts += 1;
    const headers = (forgery === 'secret' ? signWrongly : sign)(id, body);
    const response = await deliver(forgery === 'body' ? body.replace('"data"', '"data" ') : body, headers).catch(
      () => null,
    );
    const isAccepted = response !== null && response.status >= 200 && response.status < 300;
    if (forgery) {
      counts.forged += 1;
      counts.forgedAccepted += Number(isAccepted);
      return;
    }
    counts[isAccepted ? 'delivered' : 'failed'] += 1;
    if (isAccepted || isClosed) return;
    const wait = RETRY_AFTER_SECONDS[delivery.attempt];
    const isExhausted = wait === undefined || response?.headers?.get('webhook-delivery') === 'abort-message';
    if (isExhausted) counts.exhausted += 1;
    else schedule(wait * 1000 * retryFactor, () => enqueue({ ...delivery, attempt: delivery.attempt + 1 }));
  };

  /** Sends a message as if the instance had just emitted it. */
  const send = ({ id, event }: ClerkMessage) => {
    counts.emitted += 1;
    const delivery: Delivery = { id, body: JSON.stringify(event), attempt: 0, forgery: null };
    if (random.chance(chaos.forge)) post({ ...delivery, forgery: random.pick(['secret', 'body']) });
    if (random.chance(chaos.lose)) {
      counts.lost += 1;
      return;
    }
    post(delivery);
    if (random.chance(chaos.duplicate)) post(delivery);
  };
  const stopListening = options.instance.onEvent(send);

  return {
    counts,
    /** Can be changed at any time. */
    chaos,
    send,
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      pump();
      wakeIfIdle();
    },
    /** Resolves when nothing is in flight or scheduled; paused deliveries do not count. */
    idle: () =>
      new Promise<void>((resolve) => {
        waiters.push(resolve);
        wakeIfIdle();
      }),
    /** Stops sending and waits for deliveries in flight. */
    async close(): Promise<void> {
      stopListening();
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await new Promise<void>((resolve) => {
        waiters.push(resolve);
        wakeIfIdle();
      });
    },
  };
}
