#pragma once
// How many products one call may carry so that it ends in time: sized by measured duration as well
// as by count, because 100 creates took 25 s on a small server. Threads: one.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "connectors/provincial/client.h"

namespace connectors::provincial {

class BatchSize {
 public:
  static constexpr base::Millis kTimeMax{20'000};

  explicit BatchSize(std::size_t first) : items_(first) {}

  std::size_t items() const { return items_; }

  // `sent` items took `time`. Growth is at most doubling; a batch smaller than allowed says nothing
  // about larger ones beyond that.
  void measured(std::size_t sent, base::Millis time) {
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(sent, 1));
    const auto spent = std::max<std::int64_t>(time.count(), 1);
    const auto fits = static_cast<std::size_t>(std::max<std::int64_t>(
        1, std::min<std::int64_t>(kTimeMax.count() * count / spent, kBatchMax)));
    items_ = fits < items_ ? fits : std::min(fits, std::max(items_, 2 * sent));
  }

 private:
  std::size_t items_;
};

// One batch call that `size` learns from.
inline base::Result<std::vector<common::Json>> timed_batch(Client& client, BatchSize& size,
                                                           const std::string& path,
                                                           const std::string& list,
                                                           std::vector<common::Json> elements,
                                                           common::Repeatable repeatable) {
  const auto sent = elements.size();
  auto answer = client.batch_at(path, list, std::move(elements), repeatable);
  const bool ran = answer.ok() || answer.error().code == base::ErrorCode::unknown_outcome;
  if (ran) size.measured(sent, client.last_call_time());
  return answer;
}

}  // namespace connectors::provincial
