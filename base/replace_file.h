#pragma once
// A file that others read while we write it: they see the old one or the new one, never half of
// one. The bytes are written beside it, synced, renamed over it, and the folder is synced. Killed
// anywhere, the old file is whole; a ".part-" file may stay. Threads: safe.
// Errors: invalid, with the path and the system's reason; the old file is then as it was.
#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace base {

enum class Readers { owner, all };

Status replace_file(const std::filesystem::path& path, std::string_view bytes, Readers readers);

}  // namespace base
