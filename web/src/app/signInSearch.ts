/** What stands in the address of the page where one signs in. */
interface SignInSearch {
  /** Where to go afterwards. */
  to?: string;
  /** What became of what was typed, when somebody has just signed out. */
  left?: 'saved' | 'kept' | 'dropped';
}

export function readSignIn({ to, left }: Record<string, unknown>): SignInSearch {
  return {
    // Only addresses of our own: a link must never lead somebody who signs in to another site.
    ...(typeof to === 'string' && to.startsWith('/') && !to.startsWith('//') && { to }),
    ...((left === 'saved' || left === 'kept' || left === 'dropped') && { left }),
  };
}
