/** What browsers say of a request that reached no server, and what our own code says of one. */
const UNREACHED =
  /Failed to fetch|Load failed|NetworkError|network error|not reached|preload CSS|dynamically imported module|module script/i;

/** Whether something failed because no server was reached: a request, or a part of the app that was still to come. */
export function isUnreached(error: unknown): boolean {
  return error instanceof Error && UNREACHED.test(error.message);
}
