#include "connectors/common/worksheet/file_bytes.h"

#include <fstream>

#include "connectors/common/worksheet/row_problems.h"

namespace connectors::common {

namespace fs = std::filesystem;

base::Result<FileBytes> read_file_bytes(const fs::path& path, std::size_t bytes_max) {
  const auto name = path.filename().string();
  std::error_code failed;
  const auto saved = fs::last_write_time(path, failed);
  const auto size = failed ? 0 : fs::file_size(path, failed);
  if (failed) return problem(FileProblem::not_readable, {name, 0, {}, {}});
  if (size > bytes_max) return problem(FileProblem::too_large, {name, 0, {}, {}});
  FileBytes out;
  out.saved_at = std::chrono::floor<base::Millis>(std::chrono::file_clock::to_sys(saved));
  out.bytes.resize(static_cast<std::size_t>(size));
  std::ifstream file(path, std::ios::binary);
  file.read(out.bytes.data(), static_cast<std::streamsize>(size));
  if (!file || file.gcount() != static_cast<std::streamsize>(size)) {
    return problem(FileProblem::not_readable, {name, 0, {}, {}});
  }
  return out;
}

}  // namespace connectors::common
