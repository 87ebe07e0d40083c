#include "storage/sqlite/writer.h"

#include <utility>

#include "storage/reentry_guard.h"

namespace storage::sqlite {
namespace {

// Why SQLite dropped a transaction by itself, as far as the change that met it tells.
Fault fault_behind(const std::exception_ptr& error) {
  try {
    if (error) std::rethrow_exception(error);
  } catch (const StorageError& storage_error) {
    return storage_error.fault();
  } catch (...) {
    return Fault::io;
  }
  return Fault::io;
}

StorageError dropped_behind(const std::exception_ptr& error) {
  return {fault_behind(error), "the database dropped the transaction: is the disk full?"};
}

}  // namespace

Writer::Writer(std::unique_ptr<Database> database, const void* owner)
    : database_(std::move(database)),
      bundle_(*database_),
      owner_(owner),
      thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  space_.notify_all();
  thread_.join();
}

void Writer::run(const std::function<void(jobs::Tables&)>& change) {
  Request request;
  request.change = &change;
  std::unique_lock lock(mutex_);
  space_.wait(lock, [this] { return stopping_ || queue_.size() < kWaitingMax; });
  if (stopping_) throw StorageError(Fault::busy, "the store is closing");
  queue_.push_back(&request);
  work_.notify_one();
  done_.wait(lock, [&request] { return request.done; });
  if (request.error) std::rethrow_exception(request.error);
}

std::uint64_t Writer::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

std::size_t Writer::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Writer::work() {
  const ReentryGuard inside(owner_);
  while (true) {
    const Group group = take_group();
    if (group.empty()) return;
    bool committed = false;
    try {
      run_group(group);
      committed = true;
    } catch (...) {
      for (auto* request : group) {
        if (!request->error) request->error = std::current_exception();
      }
    }
    finish(group, committed);
  }
}

// Waits for work; empty only when stopping and nothing is left.
Writer::Group Writer::take_group() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  Group group;
  while (!queue_.empty() && group.size() < kGroupMax) {
    group.push_back(queue_.front());
    queue_.pop_front();
  }
  space_.notify_all();
  return group;
}

// Throws when the group as a whole failed: then nothing of it is in the database.
void Writer::run_group(const Group& group) {
  try {
    database_->execute("BEGIN IMMEDIATE");
    if (group.size() == 1) {
      run_alone(*group.front());
    } else {
      for (auto* request : group) run_among_others(*request);
    }
    database_->execute("COMMIT");
  } catch (...) {
    if (database_->in_transaction()) database_->execute("ROLLBACK");
    throw;
  }
}

// No savepoint, the group is this change: SQLite would keep a copy of every page it changes, in a
// file beyond 64 KiB.
void Writer::run_alone(Request& request) {
  try {
    (*request.change)(bundle_.tables());
  } catch (...) {
    request.error = std::current_exception();
    throw;
  }
  if (!database_->in_transaction()) throw dropped_behind(request.error);
}

void Writer::run_among_others(Request& request) {
  database_->execute("SAVEPOINT change");
  try {
    (*request.change)(bundle_.tables());
  } catch (...) {
    request.error = std::current_exception();
  }
  // A full disk or a failed write makes SQLite drop the whole transaction by itself.
  if (!database_->in_transaction()) throw dropped_behind(request.error);
  if (request.error) database_->execute("ROLLBACK TO change");
  database_->execute("RELEASE change");
}

void Writer::finish(const Group& group, bool committed) {
  const std::lock_guard lock(mutex_);
  if (committed) ++commits_;
  for (auto* request : group) request->done = true;
  done_.notify_all();
}

}  // namespace storage::sqlite
