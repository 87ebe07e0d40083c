#pragma once
// The bytes of a file that a person put there, and when it was saved. Private to this folder.
// Errors: unavailable not_readable, rejected too_large. Threads: safe.
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace connectors::common {

struct FileBytes {
  std::string bytes;
  base::Instant saved_at;
};
base::Result<FileBytes> read_file_bytes(const std::filesystem::path& path, std::size_t bytes_max);

}  // namespace connectors::common
