import { randomBytes, randomUUID } from 'node:crypto';
import { seededRandom } from '../../core/random.ts';
import type { ClerkMessage } from '../serialize.ts';
import type { ClerkInstance } from '../state/instance.ts';
import { type Deliver, postTo, svixSigner } from './delivery.ts';

/** What goes wrong on the way, each as a probability from 0 to 1. */
interface Chaos {
  lose: number;
  duplicate: number;
  /** The delivery waits up to `delayUpToMs`. */
  delay: number;
  delayUpToMs: number;
  /** It goes to a random place among those that wait. */
  reorder: number;
  /** A forgery of it is sent too: signed with another secret, or changed after it was signed. */
  forge: number;
}

export interface SenderOptions {
  instance: Pick<ClerkInstance, 'onEvent'>;
  /** `whsec_…` */
  secret: string;
  /** Addresses that are posted to in turn, or who takes the body and headers. */
  to: string | readonly string[] | Deliver;
  chaos?: Partial<Chaos>;
  seed?: string;
  /** Svix waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h between its attempts; this scales all of that. */
  retryFactor?: number;
  /** How many are under way at once; with 1, the order is kept. */
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
const CALM: Chaos = { lose: 0, duplicate: 0, delay: 0, delayUpToMs: 50, reorder: 0, forge: 0 };

/** Svix, which delivers an instance's events: signed, at least once, in no promised order, and as badly as one likes. */
export function createWebhookSender(options: SenderOptions) {
  const { to, retryFactor = 1, concurrency = 8 } = options;
  const deliver = typeof to === 'function' ? to : postTo(...[to].flat());
  const sign = svixSigner(options.secret);
  const signWrongly = svixSigner(`whsec_${randomBytes(24).toString('base64')}`);
  const random = seededRandom(options.seed ?? randomUUID());
  const chaos: Chaos = { ...CALM, ...options.chaos };
  const counts = {
    /** Events heard of; the rest are attempts by how they ended. */
    emitted: 0,
    lost: 0,
    attempts: 0,
    delivered: 0,
    failed: 0,
    /** Given up after the last attempt. */
    exhausted: 0,
    forged: 0,
    /** Forgeries that were answered with 2xx; there should be none. */
    forgedAccepted: 0,
  };

  const ready: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let underWay = 0;
  let isPaused = options.isPaused ?? false;
  let isClosed = false;
  let waiters: (() => void)[] = [];

  const later = (ms: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
      settle();
    }, ms);
    timers.add(timer);
  };
  const settle = () => {
    if (underWay > 0 || timers.size > 0 || (ready.length > 0 && !isPaused && !isClosed)) return;
    for (const wake of waiters) wake();
    waiters = [];
  };
  const enqueue = (delivery: Delivery) => {
    const place = random.chance(chaos.reorder) ? random.integer(0, ready.length) : ready.length;
    ready.splice(place, 0, delivery);
    // In a later tick, so that whatever happens in one go can be put in another order.
    if (!isPaused) setImmediate(pump);
  };
  const post = (delivery: Delivery) => {
    if (!random.chance(chaos.delay)) return enqueue(delivery);
    later(random.integer(0, chaos.delayUpToMs), () => enqueue(delivery));
  };
  const pump = () => {
    while (!isPaused && !isClosed && underWay < concurrency && ready.length > 0) {
      underWay += 1;
      void attempt(ready.shift() as Delivery).finally(() => {
        underWay -= 1;
        pump();
        settle();
      });
    }
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    const { id, body, forgery } = delivery;
    counts.attempts += 1;
    const headers = (forgery === 'secret' ? signWrongly : sign)(id, body);
    const answer = await deliver(forgery === 'body' ? body.replace('"data"', '"data" ') : body, headers).catch(
      () => null,
    );
    const isTaken = answer !== null && answer.status >= 200 && answer.status < 300;
    if (forgery) {
      counts.forged += 1;
      counts.forgedAccepted += Number(isTaken);
      return;
    }
    counts[isTaken ? 'delivered' : 'failed'] += 1;
    if (isTaken || isClosed) return;
    const wait = RETRY_AFTER_SECONDS[delivery.attempt];
    const isOver = wait === undefined || answer?.headers?.get('webhook-delivery') === 'abort-message';
    if (isOver) counts.exhausted += 1;
    else later(wait * 1000 * retryFactor, () => enqueue({ ...delivery, attempt: delivery.attempt + 1 }));
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
    /** May be changed at any time. */
    chaos,
    send,
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      pump();
      settle();
    },
    /** Resolves when nothing is under way and no attempt is to come; what a pause holds back does not count. */
    idle: () =>
      new Promise<void>((wake) => {
        waiters.push(wake);
        settle();
      }),
    /** Nothing more is sent; what is under way ends. */
    async close(): Promise<void> {
      stopListening();
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await new Promise<void>((wake) => {
        waiters.push(wake);
        settle();
      });
    },
  };
}
