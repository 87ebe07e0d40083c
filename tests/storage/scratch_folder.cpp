#include "tests/storage/scratch_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace storage_test {

ScratchFolder::ScratchFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "nongsan-storage-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void put_pool(jobs::Tables& tables) {
  catalog::StockPool pool;
  pool.id.text = "pool";
  tables.catalog.products.put(pool);
}

catalog::Movement receive_one(const std::string& event_key) {
  catalog::Movement out;
  out.pool.text = "pool";
  out.on_hand_delta = 1;
  out.source = "test";
  out.event_key = event_key;
  out.at = kNow;
  return out;
}

std::int64_t on_hand(jobs::Store& store) {
  std::int64_t out = -1;
  store.read([&](jobs::Tables& tables) {
    out = tables.catalog.stock.balance(catalog::PoolId{"pool"}, "").on_hand;
  });
  return out;
}

std::uint64_t test_seed() {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  return given == nullptr ? 20'261'124 : std::strtoull(given, nullptr, 10);
}

}  // namespace storage_test
