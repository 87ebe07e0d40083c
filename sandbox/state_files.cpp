#include "sandbox/state_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "sandbox/json_tools.h"

namespace sandbox {
namespace {

namespace fs = std::filesystem;
using web::json::value;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
  throw std::runtime_error(what + " " + path.string());
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

value read_json_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("cannot read", path);
  std::stringstream bytes;
  bytes << file.rdbuf();
  auto json = read_json(bytes.str());
  if (!json) fail("this is no JSON:", path);
  return *std::move(json);
}

StateFolder::StateFolder(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  const auto path = folder_ / ".lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) fail("cannot write", path);
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    fail("another sandbox uses", folder_);
  }
}

StateFolder::~StateFolder() {
  ::close(lock_);
}

std::optional<value> StateFolder::read(const std::string& file) const {
  if (!fs::exists(folder_ / file)) return std::nullopt;
  return read_json_file(folder_ / file);
}

void StateFolder::write(const std::string& file, const value& content) const {
  const auto path = folder_ / file;
  const auto temporary = folder_ / ("." + file + ".tmp");
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) fail("cannot write", path);
  const bool written =
      write_all(descriptor, content.serialize() + "\n") && ::fsync(descriptor) == 0;
  if (::close(descriptor) != 0 || !written) fail("cannot write", path);
  fs::rename(temporary, path);
}

}  // namespace sandbox
