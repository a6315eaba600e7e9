/** The task that was open last: the list that one comes back to from there shows the same place, with the focus on it. */
let opened: string | undefined;

export function rememberOpened(taskId: string): void {
  opened = taskId;
}

/** Which task one comes back from, once. */
export function takeOpened(): string | undefined {
  const taken = opened;
  opened = undefined;
  return taken;
}
