import { untrack } from 'svelte';

/** Loads at once and then again and again, one at a time, until what it gives is called. */
export function poll(load: () => Promise<unknown>, millis = 2000): () => void {
  let busy = false;
  const turn = async () => {
    if (busy || document.hidden) return;
    busy = true;
    try {
      await load();
    } finally {
      busy = false;
    }
  };
  untrack(() => void turn());
  const timer = setInterval(turn, millis);
  document.addEventListener('visibilitychange', turn);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', turn);
  };
}
