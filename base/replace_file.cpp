#include "base/replace_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace base {
namespace {

namespace fs = std::filesystem;
constexpr mode_t kOwner = 0600;
constexpr mode_t kAll = 0644;

Error failed(const char* what, const fs::path& path) {
  const auto reason = std::generic_category().message(errno);
  return {ErrorCode::invalid, std::string(what) + " " + path.string() + ": " + reason, {}, {}};
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool open() const { return number_ >= 0; }
  int number() const { return number_; }
  bool write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(number_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }

 private:
  const int number_;
};

Status write_part(const fs::path& part, std::string_view bytes, mode_t mode) {
  const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
  if (!file.open()) return failed("cannot make", part);
  if (!file.write_all(bytes)) return failed("cannot write", part);
  if (::fsync(file.number()) != 0) return failed("cannot flush", part);
  return Done{};
}

}  // namespace

Status replace_file(const fs::path& path, std::string_view bytes, Readers readers) {
  auto part = path;
  part += ".part-" + std::to_string(::getpid());
  auto status = write_part(part, bytes, readers == Readers::owner ? kOwner : kAll);
  if (status && ::rename(part.c_str(), path.c_str()) != 0) status = failed("cannot replace", path);
  if (!status) {
    std::error_code ignored;
    fs::remove(part, ignored);
    return status;
  }
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.open() || ::fsync(directory.number()) != 0) return failed("cannot flush", folder);
  return Done{};
}

}  // namespace base
