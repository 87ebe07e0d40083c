#pragma once
// The one writing connection and the thread that owns it. Changes of many callers share a commit:
// whatever waits, up to kGroupMax, is run in order, each inside a savepoint (a change that waits
// alone needs none), then committed once.
// A change that throws is undone alone and its exception handed to its caller; when the commit
// itself fails, nothing of the group happened and every caller gets a StorageError.
// Threads: run() may be called from any; it blocks until the change is durable.
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/sqlite/table_bundle.h"

namespace storage::sqlite {

class Writer {
 public:
  static constexpr std::size_t kGroupMax = 128;
  static constexpr std::size_t kWaitingMax = 1'024;

  // `owner` is the store that the changes must not call again.
  Writer(std::unique_ptr<Database> database, const void* owner);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void run(const std::function<void(jobs::Tables&)>& change);
  std::uint64_t commits() const;
  std::size_t waiting() const;

 private:
  struct Request {
    const std::function<void(jobs::Tables&)>* change = nullptr;
    std::exception_ptr error;
    bool done = false;
  };
  using Group = std::vector<Request*>;

  void work();
  Group take_group();
  void run_group(const Group& group);
  void run_alone(Request& request);
  void run_among_others(Request& request);
  void finish(const Group& group, bool committed);

  std::unique_ptr<Database> database_;
  TableBundle bundle_;
  const void* owner_;
  mutable std::mutex mutex_;
  std::condition_variable work_;   // something waits, or it is time to stop
  std::condition_variable space_;  // the queue has room
  std::condition_variable done_;   // a group is finished
  std::deque<Request*> queue_;
  std::uint64_t commits_ = 0;
  bool stopping_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace storage::sqlite
