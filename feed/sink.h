#pragma once
// Where a feed's bytes go: a new file beside the old one, plain or gzip by its name, that takes the
// old one's place as a whole or not at all.
//
//   auto sink = Sink::open(path);          // <path>.part, locked against a second writer
//   sink.value()->write(bytes); …
//   auto done = sink.value()->commit();    // flush, fsync, rename, fsync of the folder
//
// Killed before commit's rename, the old file stands and the next writer starts <path>.part anew.
// Errors: invalid (the file cannot be made or written, saying why), conflict (somebody writes it).
// Threads: one per object. Nothing throws. Source: zlib 1.2.13, rename(2), fsync(2).
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace feed {

class Sink {
 public:
  static base::Result<std::unique_ptr<Sink>> open(const std::string& path);
  ~Sink();  // what was not committed is gone
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  // False: an earlier or this write failed; commit says why.
  bool write(std::string_view bytes);
  bool good() const;
  base::Status commit();

 private:
  struct Impl;
  explicit Sink(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The bytes of a feed file as it is read: gzip is taken off. Nullopt: there is none.
base::Result<std::optional<std::string>> read_feed(const std::string& path);
std::string gzip(std::string_view bytes);

inline constexpr std::size_t kFeedBytesMax = std::size_t{512} << 20U;

}  // namespace feed
