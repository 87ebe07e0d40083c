#pragma once
// A file that is whole or not there: temporary file, fsync, rename; readable by its owner alone.
// Errors: invalid, naming the path. Threads: safe for different paths.
#include <string>

#include "base/result.h"

namespace jobs {

base::Status write_whole_file(const std::string& path, const std::string& bytes);

}  // namespace jobs
