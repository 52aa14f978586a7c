// Words, numbers and dates in the reader's language.

export const LANGUAGES = ["en", "uk", "ru"];
const LOCALES = { en: "en-GB", uk: "uk-UA", ru: "ru-RU" };

/** Gives `t(key, values)` and formatters for one language; English fills gaps. */
export function translator(messages, language) {
  const lang = LANGUAGES.includes(language) ? language : "en";
  const locale = LOCALES[lang];
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);

  function t(key, values = {}) {
    let message = messages[lang]?.[key] ?? messages.en?.[key] ?? key;
    if (typeof message === "object") {
      message = message[plural.select(values.n ?? 0)] ?? message.other;
    }
    return message.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values
        ? typeof values[name] === "number" ? number.format(values[name]) : String(values[name])
        : whole);
  }
  const has = (key) => key in (messages[lang] || {}) || key in (messages.en || {});
  /** A term of the contract ("at_least") in words, or itself where none is known. */
  const term = (group, value) => (has(`${group}.${value}`) ? t(`${group}.${value}`) : String(value));

  const dates = (options) => {
    let format = null;
    return (minutes, offset = 0) => {
      format = format || new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
      return format.format(new Date((minutes + offset) * 60000));
    };
  };
  const day = dates({ day: "numeric", month: "short", year: "numeric" });
  const dayTime = dates({
    day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const month = dates({ month: "long", year: "numeric" });
  const year = dates({ year: "numeric" });
  const clock = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

  /** An interval in words, no finer than its precision: minutes since 1970, UTC. */
  function when(start, end, precision, offset = 0) {
    if (!Number.isFinite(start)) return t("time.unknown");
    if (precision === "year") return year(start, offset);
    if (precision === "month") return month(start, offset);
    const first = day(start, offset);
    const last = day(end > start ? end - 1 : end, offset);
    if (first !== last) {
      const hours = precision === "hour" && end - start <= 1440;
      return hours ? `${dayTime(start, offset)} – ${dayTime(end, offset)}` : `${first} – ${last}`;
    }
    if (precision !== "hour") return first;
    const from = clock(start, offset);
    const to = clock(end, offset);
    return end - start <= 1 || from === to ? `${first}, ${from}` : `${first}, ${from}–${to}`;
  }

  return { lang, locale, t, has, term, when, day, dayTime, number: (n) => number.format(n) };
}
