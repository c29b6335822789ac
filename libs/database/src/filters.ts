/** Collects the conditions of a list's filters with their numbered parameters. */
export class Filters {
  readonly conditions: string[] = [];
  readonly parameters: unknown[] = [];

  /** Adds a condition when the filter is given; every `?` in it stands for the value. */
  add(condition: string, value: unknown): this {
    if (value === undefined) return this;
    this.conditions.push(condition.replaceAll('?', `$${this.parameters.push(value)}`));
    return this;
  }
}
