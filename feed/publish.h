#pragma once
// Writes a feed where portals pull it, as a whole or not at all. The feed is the whole truth: what
// is missing from it is deleted by whoever pulls it. So a feed that would drop more than the brake
// allows, has nothing in it, or would replace a file that is no feed, is refused, unless a person
// says so.
// Errors: rejected (the brake; the message says how many), invalid or conflict (the file; see
// sink.h). Threads: safe, the file has one writer at a time. Nothing throws.
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "feed/item.h"
#include "feed/rss.h"

namespace feed {

// What may be missing without a person's word: the larger of the two.
struct Brake {
  int percent_max = 20;  // of what the file holds
  std::size_t items_max = 3;
};

enum class Force { no, yes };

struct Change {
  std::size_t items = 0;
  std::size_t added = 0;
  std::vector<std::string> dropped;  // ids, sorted
};

// What writing would change; the brake's error when it would be refused.
struct Preview {
  Change change;
  base::Status verdict;
};
Preview preview(const std::string& path, std::span<const Item> items, const Brake& brake);

base::Result<Change> publish(const std::string& path, const Heading& heading,
                             std::span<const Item> items, const Brake& brake, Force force);

}  // namespace feed
