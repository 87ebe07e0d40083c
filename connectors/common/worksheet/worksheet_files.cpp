#include "connectors/common/worksheet/worksheet_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <functional>
#include <string_view>

#include "connectors/common/worksheet/worksheet_cells.h"
#include "connectors/common/worksheet/worksheet_xlsx.h"

namespace connectors::common {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

constexpr std::size_t kStemBytesMax = 128;

Error cannot_write(const fs::path& path) {
  return {ErrorCode::unavailable, "cannot write " + path.filename().string(), {}, {}};
}

bool is_stem(const std::string& stem) {
  const bool plain = std::all_of(stem.begin(), stem.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
  return plain && !stem.empty() && stem.size() <= kStemBytesMax && stem.front() != '.';
}

bool write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return !file.fail();
}

bool force_to_disk(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = ::fsync(file) == 0;
  return ::close(file) == 0 && synced;
}

enum class Placed { yes, was_there, failed };

// The new name appears whole or not at all, and never in another file's place.
Placed place(const fs::path& temporary, const fs::path& target) {
  if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
    return Placed::yes;
  }
  if (errno == EEXIST) return Placed::was_there;
  if (errno != EINVAL && errno != ENOSYS) return Placed::failed;
  // A file system without that call (a share): a hard link does not replace either.
  if (::link(temporary.c_str(), target.c_str()) == 0) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return Placed::yes;
  }
  return errno == EEXIST ? Placed::was_there : Placed::failed;
}

Placed put(const fs::path& target, const std::function<bool(const fs::path&)>& write) {
  std::error_code ignored;
  if (fs::exists(target, ignored)) return Placed::was_there;
  const auto temporary = target.parent_path() / ("." + target.filename().string() + ".tmp");
  const bool written = write(temporary) && force_to_disk(temporary, O_RDONLY);
  const auto placed = written ? place(temporary, target) : Placed::failed;
  if (placed != Placed::yes) fs::remove(temporary, ignored);
  return placed;
}

}  // namespace

base::Result<std::vector<std::string>> write_worksheet(const fs::path& folder,
                                                       const std::string& stem,
                                                       const std::string& market_name,
                                                       std::span<const WorksheetLine> lines) {
  if (!is_stem(stem)) return Error{ErrorCode::invalid, "a worksheet needs a plain name", {}, {}};
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return cannot_write(folder);
  const Error taken{ErrorCode::conflict, "worksheet " + stem + " is there already", {}, {}};
  const auto target = [&](const char* ending) { return folder / (stem + ending); };
  if (fs::exists(target(".csv"), failed)) return taken;

  const auto rows = worksheet_rows(lines);
  struct File {
    const char* ending;
    std::function<bool(const fs::path&)> write;
  };
  const std::array<File, 3> files = {{
      {".xlsx", [&](const fs::path& path) { return write_xlsx(path, rows); }},
      {".html",
       [&](const fs::path& path) {
         return write_text(path, worksheet_html(market_name + " " + stem, rows));
       }},
      {".csv", [&](const fs::path& path) { return write_text(path, worksheet_csv(rows)); }},
  }};
  std::vector<std::string> paths;
  for (const auto& [ending, write] : files) {
    const auto placed = put(target(ending), write);
    if (placed == Placed::failed) return cannot_write(target(ending));
    const bool is_csv = std::string_view(ending) == ".csv";
    if (placed == Placed::was_there && is_csv) return taken;
    paths.push_back(target(ending).string());
  }
  if (!force_to_disk(folder, O_RDONLY | O_DIRECTORY)) return cannot_write(folder);
  return paths;
}

}  // namespace connectors::common
