/** Which state of a draft is looked at, in the address. */
interface HistorySearch {
  state?: number;
}

export function readHistory(search: Record<string, unknown>): HistorySearch {
  const state = Number(search.state);
  return Number.isInteger(state) && state > 0 ? { state } : {};
}
