/** Clerk's components in our colours. They read the variables of the page, so that light and dark need nothing more. */
export const clerkLook = {
  variables: {
    colorPrimary: 'var(--accent)',
    colorPrimaryForeground: 'var(--on-accent)',
    colorForeground: 'var(--text)',
    colorMutedForeground: 'var(--text-secondary)',
    colorMuted: 'var(--sidebar)',
    colorNeutral: 'var(--text)',
    colorBackground: 'var(--surface-raised)',
    colorInput: 'var(--surface)',
    colorInputForeground: 'var(--text)',
    colorDanger: 'var(--bad)',
    colorSuccess: 'var(--good)',
    colorWarning: 'var(--warn)',
    colorRing: 'var(--focus)',
    fontFamily: 'var(--font)',
    borderRadius: '7px',
  },
  options: { shimmer: false, logoPlacement: 'none' },
} as const;

/** On a page of their own the components have our frame around them, and need no card. */
export const clerkPageLook = {
  elements: {
    rootBox: { width: '100%' },
    cardBox: { width: '100%', maxWidth: '100%', boxShadow: 'none', border: 'none', borderRadius: 0, marginTop: '20px' },
    card: { background: 'none', boxShadow: 'none', border: 'none', padding: '4px', gap: '20px' },
    header: { display: 'none' },
    footer: { background: 'none', padding: '4px' },
    footerAction: { justifyContent: 'flex-start' },
  },
};
