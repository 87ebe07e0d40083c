#pragma once
// Work in a child process: forked, its numbers sent back through a pipe, its peak memory taken from
// the kernel's own account of it (ru_maxrss of wait4, KiB). What the parent held at the fork counts
// too, so the parent holds nothing.
// Errors: std::runtime_error with what the child threw, or how it died. Threads: the caller must be
// the only thread of its process.
#include <functional>
#include <string>

#include "tests/bench/pairs.h"

namespace bench {

struct ChildResult {
  std::string text;
  std::int64_t peak_kib = 0;
};

ChildResult in_child(const std::string& what, const std::function<std::string()>& work);

// A Reading as text, and back.
std::string to_text(const Reading& reading);
Reading reading_from(const std::string& text);

}  // namespace bench
