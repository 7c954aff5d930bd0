// SPDX-License-Identifier: MIT
//
// Sizes, speeds and times, as a person reads them.

const sizes = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `12.3 MiB` */
export function bytes(count: number): string {
  const power = powerOf(count);
  return `${inUnit(count, power)} ${nameOf(power)}`;
}

/** `12.3 of 28.6 MiB`, or `12.3 MiB` while nobody knows of how many. */
export function bytesOf(transferred: number, total: number | null): string {
  if (total === null) return bytes(transferred);
  const power = powerOf(total);
  return `${inUnit(transferred, power)} of ${inUnit(total, power)} ${nameOf(power)}`;
}

/** `3.2 MiB/s` */
export function speed(bytesPerSecond: number): string {
  return `${bytes(bytesPerSecond)}/s`;
}

/** Rounded down, so that 100 means that all is there; null while nobody knows of how much. */
export function percent(transferred: number, total: number | null): number | null {
  if (total === null) return null;
  return total === 0 ? 100 : Math.min(100, Math.floor((100 * transferred) / total));
}

/** `2 h 5 min`, `3 min 20 s`, `7 s` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [larger, smaller] = whole >= 86_400 ? days : whole >= 3600 ? hours : minutes;
  const first = Math.floor(whole / larger.seconds);
  const rest = Math.floor((whole % larger.seconds) / smaller.seconds);
  const second = `${String(rest)} ${smaller.name}`;
  return first === 0 ? second : `${String(first)} ${larger.name} ${second}`;
}

const s = { seconds: 1, name: 's' };
const min = { seconds: 60, name: 'min' };
const h = { seconds: 3600, name: 'h' };
const d = { seconds: 86_400, name: 'd' };
const [days, hours, minutes] = [
  [d, h],
  [h, min],
  [min, s],
] as const;

function powerOf(count: number): number {
  return Math.min(Math.floor(Math.log2(Math.max(1, count)) / 10), sizes.length - 1);
}

function nameOf(power: number): string {
  return sizes[power] ?? '';
}

function inUnit(count: number, power: number): string {
  const value = count / 1024 ** power;
  return power === 0 || value >= 100 ? String(Math.floor(value)) : value.toFixed(1);
}
