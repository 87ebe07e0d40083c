#pragma once
// Every table port, kept in memory: for tests and for dry runs. Same promises as SqliteStore, told
// by tests/contract: a write that throws leaves nothing behind, a read refuses changes, references
// and limits are checked. Nothing outlives the object.
// Errors: StorageError. Threads: safe; writers one at a time, readers together.
#include <functional>
#include <memory>
#include <shared_mutex>

#include "jobs/store.h"

namespace storage {

namespace memory {
struct State;
}

class MemoryStore final : public jobs::Store {
 public:
  MemoryStore();
  ~MemoryStore() override;
  MemoryStore(const MemoryStore&) = delete;
  MemoryStore& operator=(const MemoryStore&) = delete;

  void write(const std::function<void(jobs::Tables&)>& change) override;
  void read(const std::function<void(jobs::Tables&)>& look) override;

 private:
  std::shared_mutex mutex_;
  std::unique_ptr<memory::State> state_;
};

}  // namespace storage
