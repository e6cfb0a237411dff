import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

/** Figures for /metrics. Labels come from closed sets only (a route, an outcome), never from people. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): (by: Labels, amount?: number) => void;
  /** `buckets` in the unit of the name: seconds unless it says otherwise. */
  histogram(
    name: string,
    help: string,
    labels?: readonly string[],
    buckets?: number[],
  ): (by: Labels, value: number) => void;
  /** Asked at each scrape; a figure that can't be had is left out. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];

/** Names get the prefix `yingda_`. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const prefix = 'yingda_';
  let defaults = false;
  return {
    contentType: registry.contentType,
    counter(name, help, labelNames = []) {
      const counter = new Counter({ name: prefix + name, help, labelNames, registers });
      return (by, amount = 1) => counter.inc(by, amount);
    },
    histogram(name, help, labelNames = [], buckets = SECONDS) {
      const histogram = new Histogram({ name: prefix + name, help, labelNames, buckets, registers });
      return (by, value) => histogram.observe(by, value);
    },
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        ...{ name: prefix + name, help, registers },
        collect: async () => {
          const value = await Promise.resolve(read()).catch(() => Number.NaN);
          gauge.set(value);
        },
      });
    },
    text() {
      // The process's own figures cost a timer; they start with the first reader.
      if (!defaults) collectDefaultMetrics({ register: registry });
      defaults = true;
      return registry.metrics();
    },
  };
}
