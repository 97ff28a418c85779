// Lanes: work of one key runs one after another, work of different keys at the same time, within a limit.

export class Lanes {
  readonly #width: number;
  readonly #tails = new Map<string, Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Runs `work` after everything given earlier for `key`; the work must not throw. */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const tail = before.then(async () => {
      await this.#enter();
      try {
        await work();
      } finally {
        this.#leave();
        if (this.#tails.get(key) === tail) this.#tails.delete(key);
      }
    });
    this.#tails.set(key, tail);
    return tail;
  }

  /** Resolves when everything given so far has run. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.#tails.values());
  }

  async #enter(): Promise<void> {
    if (this.#running < this.#width) {
      this.#running += 1;
      return;
    }
    // Whoever leaves hands its place over, so the count stays.
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
