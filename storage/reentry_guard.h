#pragma once
// A store used from inside its own callback would wait for itself. This turns that into an error.
// Threads: one guard per thread and callback.
#include <stdexcept>

namespace storage {

class ReentryGuard {
 public:
  explicit ReentryGuard(const void* store) : outer_(active()) { active() = store; }
  ~ReentryGuard() { active() = outer_; }
  ReentryGuard(const ReentryGuard&) = delete;
  ReentryGuard& operator=(const ReentryGuard&) = delete;

  // Throws std::logic_error when this thread is inside a callback of `store`.
  static void check(const void* store) {
    if (active() == store) throw std::logic_error("a store was used inside its own transaction");
  }

 private:
  static const void*& active() {
    static thread_local const void* store = nullptr;
    return store;
  }

  const void* outer_;
};

}  // namespace storage
