// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { showWrong } from './showWrong';
import { TextField } from './TextField';

function Form() {
  const [isAsked, setAsked] = useState(false);
  const error = isAsked ? 'Write a name.' : '';
  return (
    <form
      aria-label="New"
      onSubmit={(event) => {
        event.preventDefault();
        showWrong(event.currentTarget, () => {
          setAsked(true);
        });
      }}
    >
      <TextField label="Note" />
      <TextField label="Name" error={error} />
      <TextField label="Other name" error={error} />
    </form>
  );
}

test('the first field that is wrong has the focus when the form has been sent', () => {
  render(<Form />);
  fireEvent.submit(screen.getByRole('form'));
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
});
