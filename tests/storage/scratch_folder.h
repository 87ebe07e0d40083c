#pragma once
// A folder that lives as long as the test, and the few rows a ledger needs.
#include <filesystem>
#include <string>

#include "jobs/store.h"

namespace storage_test {

class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline constexpr base::Instant kNow = base::from_unix_ms(1'795'000'000'000);

void put_pool(jobs::Tables& tables);  // "pool"
catalog::Movement receive_one(const std::string& event_key);
std::int64_t on_hand(jobs::Store& store);
// The seed of the random tests; NONGSAN_TEST_SEED overrides it.
std::uint64_t test_seed();

}  // namespace storage_test
