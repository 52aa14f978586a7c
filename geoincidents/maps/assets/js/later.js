// Work that the first view can wait for: done in order, in slices between frames.

const SLICE = 10;

/**
 * A queue of named tasks. `later(name, task)` replaces a waiting task of that name;
 * with `eager` each is done at once, which a small page can bear.
 */
export function createLater({ eager = false, wait = whenIdle, clock = () => performance.now() } = {}) {
  const tasks = new Map();
  let waiting = false;

  function work(budget) {
    const begun = clock();
    while (tasks.size && clock() - begun < budget) {
      const [name, task] = tasks.entries().next().value;
      tasks.delete(name);
      task();
    }
  }

  function call() {
    if (waiting || !tasks.size) return;
    waiting = true;
    wait(() => {
      waiting = false;
      work(SLICE);
      call();
    });
  }

  return {
    later(name, task) {
      if (eager) return task();
      tasks.delete(name);
      tasks.set(name, task);
      return call();
    },
    /** Do all that waits: a reader is about to use it. */
    flush: () => work(Infinity),
  };
}

/** When the browser has drawn and has nothing else to do; soon in any case. */
function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 400 });
  else requestAnimationFrame(() => setTimeout(act));
}
