/** When guidelines are news to somebody. */
import { expect, it } from "vitest";

import { isNews, isUnread } from "../../src/guidelines/news";

it.each([
  { version: 0, seen: 0, news: false, unread: false },
  { version: 2, seen: 0, news: false, unread: true },
  { version: 2, seen: 1, news: true, unread: true },
  { version: 2, seen: 2, news: false, unread: false },
])("version $version, seen $seen", ({ news, unread, ...read }) => {
  expect([isNews(read), isUnread(read)]).toEqual([news, unread]);
});
