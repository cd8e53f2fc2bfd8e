/** Numbers, times and sizes as a person reads them. */
import { currentLanguage, t } from "./translate";

export function number(value: number, digits = 0): string {
  return value.toLocaleString(currentLanguage(), {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  });
}

export function percent(share: number): string {
  return share.toLocaleString(currentLanguage(), { style: "percent", maximumFractionDigits: 0 });
}

/** "3 h 20 min", "45 s": two units at most. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return t("time.seconds", { seconds: whole });
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return t("time.minutes", { minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return t("time.hours", { hours, minutes: minutes % 60 });
  return t("time.days", { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** An ISO date, or milliseconds. */
export function moment(at: string | number): string {
  return new Date(at).toLocaleString(currentLanguage(), { dateStyle: "medium", timeStyle: "short" });
}

export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit] ?? ""}`;
}
