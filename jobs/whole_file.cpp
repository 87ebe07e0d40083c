#include "jobs/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace jobs {
namespace {

base::Error file_problem(const std::string& path) {
  return {base::ErrorCode::invalid, "cannot write " + path, {}, {}};
}

}  // namespace

base::Status write_whole_file(const std::string& path, const std::string& bytes) {
  const std::string temporary = path + ".part";
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return file_problem(path);
  std::size_t written = 0;
  while (written < bytes.size()) {
    const auto step = ::write(file, bytes.data() + written, bytes.size() - written);
    if (step <= 0) break;
    written += static_cast<std::size_t>(step);
  }
  const bool whole = written == bytes.size() && ::fsync(file) == 0;
  ::close(file);
  if (!whole || std::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    return file_problem(path);
  }
  return base::Done{};
}

}  // namespace jobs
