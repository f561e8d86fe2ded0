import { describe, expect, it } from 'vitest';
import { loadMessages } from './i18n.ts';
import { relativeTime } from './relative-time.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const shown = (days: number, inSentence = false) =>
  relativeTime(new Date(now + days * 86_400_000).toISOString(), { now, inSentence });
await loadMessages('app');

describe('a relative time', () => {
  it('counts the past for a week, then shows the date', () => {
    expect([-0.1, -1, -6].map((days) => shown(days))).toEqual(['2 hours ago', 'yesterday', '6 days ago']);
    expect(shown(-20)).toMatch(/^(7 Nov|Nov 7)$/);
    expect(shown(-20, true)).toMatch(/^on /);
    expect(shown(-400)).toMatch(/2025/);
  });

  it('rounds the future down, to days and never to weeks', () => {
    expect([0.99, 1.2, 6].map((days) => shown(days))).toEqual(['in 23 hours', 'tomorrow', 'in 6 days']);
    expect(shown(10)).toMatch(/in 10 days.*Dec/);
    expect(shown(90)).toMatch(/in 90 days.*2027/);
  });
});
