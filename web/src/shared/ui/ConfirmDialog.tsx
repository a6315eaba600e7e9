import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import styles from './ConfirmDialog.module.css';

interface Props {
  title: string;
  /** What happens, in full sentences. */
  children: ReactNode;
  /** What the button does that cannot be undone. */
  action: string;
  cancel: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks once more before something that cannot be undone. Escape and the first button leave everything as it is. */
export function ConfirmDialog({ title, children, action, cancel, busy = false, onConfirm, onCancel }: Props) {
  return (
    <Dialog title={title} onClose={onCancel}>
      {children}
      <div className={styles.buttons}>
        <Button onClick={onCancel}>{cancel}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  );
}
