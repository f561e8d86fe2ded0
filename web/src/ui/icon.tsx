const paths = {
  home: 'M3.5 9.2 10 3.8l6.5 5.4v7a.8.8 0 0 1-.8.8h-3.9v-4.6H8.2V17H4.3a.8.8 0 0 1-.8-.8z',
  members:
    'M7.4 9.3a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2 16.5c.4-3 2.5-4.7 5.4-4.7s5 1.7 5.4 4.7M13 3.8a2.8 2.8 0 0 1 0 5.2M15 12.3c1.7.6 2.8 2 3 4.2',
  invitations: 'M2.8 5h14.4v10H2.8zM3 5.4l7 5.4 7-5.4',
  roles: 'M10 2.8 16 5v4.6c0 3.7-2.4 6.3-6 7.6-3.600-1.300-6-3.900-6-7.600V5zM7.400 9.800l1.900 1.900 3.400-3.600',
  permissions:
    'M12.800 11.600a4.300 4.300 0 1 0-3.700-2.200L3 15.500V17h2.500v-1.600h1.700v-1.700h1.700l1.800-1.800a4.300 4.300 0 0 0 2.100-.3ZM13.600 6.900h.01',
  audit: 'M5 2.800h7l3.500 3.500v10.900H5zM12 2.800v3.500h3.500M7.700 10h5M7.700 13h5',
  tenants:
    'M3.500 17V4.200a.8.800 0 0 1 .8-.8h6.400a.8.800 0 0 1 .8.800V17M11.500 8.500h4.200a.8.800 0 0 1 .8.800V17M2.300 17h15.400M6 6.800h3M6 9.800h3M6 12.800h3',
  users:
    'M10 9.800a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600ZM3.800 17c.5-3.200 2.800-5 6.200-5s5.700 1.800 6.200 5',
  staff:
    'M10 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4.500 17c.3-3.300 2.400-5.200 5.500-5.200s5.200 1.900 5.500 5.200M8.300 14.200 10 16l1.700-1.800',
  menu: 'M3 5.500h14M3 10h14M3 14.500h14',
  close: 'm5 5 10 10M15 5 5 15',
  chevron: 'm7 8 3 3 3-3',
  updown: 'm7 7.500 3-3 3 3M7 12.500l3 3 3-3',
  next: 'm8 5 5 5-5 5',
  previous: 'm12 5-5 5 5 5',
  search: 'M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11ZM13.200 13.200 17 17',
  up: 'm6 11.500 4-4 4 4',
  down: 'm6 8.500 4 4 4-4',
  check: 'm4.500 10.500 3.500 3.500 7.500-8',
  copy: 'M7.500 7.500h9v9h-9zM4.500 12.500h-1v-9h9v1',
  link: 'M8.500 11.500a3 3 0 0 0 4.300 0l3-3a3 3 0 0 0-4.300-4.300l-1 1M11.500 8.500a3 3 0 0 0-4.300 0l-3 3a3 3 0 0 0 4.300 4.300l1-1',
  plus: 'M10 4.500v11M4.500 10h11',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  offline:
    'M3 3l14 14M5.500 10.800a6.500 6.500 0 0 1 3-1.600M14.500 10.800a7 7 0 0 0-1.700-1.100M2.800 8a10 10 0 0 1 4-2.300M17.200 8a10 10 0 0 0-6.200-2.700M10 15.500h.01',
} as const;

export type IconName = keyof typeof paths;

/** A quiet line icon; always beside a word, or inside something with an aria-label. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
