/** What is being looked for: kept with the entry of the tab's history, so that going back and loading anew show it again. */
declare module '@tanstack/react-router' {
  interface HistoryState {
    sought?: string;
  }
}

export function readSought(state: object): string {
  return 'sought' in state && typeof state.sought === 'string' ? state.sought : '';
}
