#pragma once
// What connectors remember of their calls, over the one store: the pace (buckets, breakers) and
// the names of uploaded pictures. Threads: safe.
#include <string>

#include "connectors/common/pace_store.h"
#include "connectors/common/upload_store.h"
#include "jobs/store.h"

namespace app {

class StoredPace final : public connectors::common::PaceStore {
 public:
  explicit StoredPace(jobs::Store& store) : store_(store) {}

  std::optional<connectors::common::BucketState> bucket(const std::string& name) override;
  void save(const std::string& name, const connectors::common::BucketState& state) override;
  std::optional<connectors::common::BreakerState> breaker(const std::string& account,
                                                          const std::string& group) override;
  void save(const std::string& account, const std::string& group,
            const connectors::common::BreakerState& state) override;

 private:
  jobs::Store& store_;
};

// Of one account. A picture that went up longer ago than kUploadKept goes up again: no channel says
// how long it keeps one that no listing shows.
class StoredUploads final : public connectors::common::UploadStore {
 public:
  static constexpr base::Millis kUploadKept = std::chrono::hours{24 * 30};

  StoredUploads(jobs::Store& store, const base::Clock& clock, catalog::AccountId account)
      : store_(store), clock_(clock), account_(std::move(account)) {}

  std::optional<std::string> find(const std::string& content) override;
  void save(const std::string& content, const std::string& remote) override;
  void forget(const std::string& content) override;

 private:
  jobs::Store& store_;
  const base::Clock& clock_;
  const catalog::AccountId account_;
};

}  // namespace app
