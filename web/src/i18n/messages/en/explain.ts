export default {
  'live.changed': 'Your access has changed: {places}',
  'live.membership_suspended':
    'Your membership in {tenant} is suspended. You can do nothing here until an administrator reactivates it.',
  'live.left_title': 'You no longer belong to {tenant}',
  'live.left_text': 'Your membership has just ended. If that surprises you, ask an owner or administrator there.',
};
