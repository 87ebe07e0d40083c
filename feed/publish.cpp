#include "feed/publish.h"

#include <algorithm>
#include <set>

#include "feed/sink.h"

namespace feed {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;

Error refused(const std::string& why) {
  return {ErrorCode::rejected, why, {}, {}};
}

struct Before {
  std::set<std::string> ids;
  base::Status readable = Done{};
};

// A file that is no feed is somebody's: it is not written over unasked.
Before before(const std::string& path) {
  const auto bytes = read_feed(path);
  if (!bytes) return {{}, bytes.error()};
  if (!bytes.value()) return {};
  auto ids = ids_in(*bytes.value());
  if (!ids) return {{}, refused(path + " " + ids.error().message)};
  return {std::move(ids).value(), Done{}};
}

base::Status verdict_of(const Change& change, const Before& old, const Brake& brake) {
  if (!old.readable) return old.readable;
  if (change.items == 0) return refused("the feed would be empty");
  const auto percent = static_cast<std::size_t>(std::max(0, brake.percent_max));
  const auto allowed = std::max(brake.items_max, old.ids.size() * percent / 100);
  if (change.dropped.size() <= allowed) return Done{};
  return refused("the feed would drop " + std::to_string(change.dropped.size()) + " of " +
                 std::to_string(old.ids.size()) + " items, at most " + std::to_string(allowed) +
                 " may go unasked");
}

}  // namespace

Preview preview(const std::string& path, std::span<const Item> items, const Brake& brake) {
  const auto old = before(path);
  std::set<std::string> ids;
  for (const auto& item : items) ids.insert(item.id);
  Change change;
  change.items = ids.size();
  for (const auto& id : ids) change.added += old.ids.contains(id) ? 0 : 1;
  std::set_difference(old.ids.begin(), old.ids.end(), ids.begin(), ids.end(),
                      std::back_inserter(change.dropped));
  auto verdict = verdict_of(change, old, brake);
  return {std::move(change), std::move(verdict)};
}

base::Result<Change> publish(const std::string& path, const Heading& heading,
                             std::span<const Item> items, const Brake& brake, Force force) {
  auto sink = Sink::open(path);
  if (!sink) return sink.error();
  auto wanted = preview(path, items, brake);  // nobody else changes the file meanwhile
  if (!wanted.verdict && force == Force::no) return wanted.verdict.error();
  RssWriter rss(heading, [&](std::string_view bytes) { return sink.value()->write(bytes); });
  for (const auto& item : items) rss.add(item);
  const bool whole = rss.finish();
  if (!whole && sink.value()->good()) {
    return Error{ErrorCode::invalid, path + ": libxml2 could not write it", {}, {}};
  }
  if (const auto done = sink.value()->commit(); !done) return done.error();
  return std::move(wanted.change);
}

}  // namespace feed
