/** Chance that can be had again: the same seed rolls the same numbers (Numerical Recipes' generator). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 to below 1. */
  roll(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    // The lower bits of such a generator repeat soon.
    return (this.state >>> 4) / 2 ** 28;
  }

  below(sides: number): number {
    return Math.floor(this.roll() * sides);
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }

  /** Whether something happens that happens so often: 0 never, 1 always. */
  happens(chance: number): boolean {
    return this.roll() < chance;
  }
}
