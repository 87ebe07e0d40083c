#include "feed/sink.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace feed {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kPart = ".part";
constexpr int kGzipWindow = 15 + 16;  // zlib's word for "with a gzip header"
constexpr int kAnyWindow = 15 + 32;
constexpr int kMemory = 8;

Error problem(const std::string& path, const std::string& what) {
  return {ErrorCode::invalid, path + ": " + what, {}, {}};
}

Error system_problem(const std::string& path) {
  return problem(path, std::strerror(errno));
}

// gzip as a stream; `put` takes what comes out.
class Deflate {
 public:
  Deflate() {
    ready_ = deflateInit2(&stream_, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemory,
                          Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflate() {
    if (ready_) deflateEnd(&stream_);
  }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;

  template <typename Put>
  bool feed(std::string_view bytes, int flush, const Put& put) {
    if (!ready_) return false;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT: zlib
    stream_.avail_in = static_cast<uInt>(bytes.size());
    for (;;) {
      char out[1U << 15U];
      stream_.next_out = reinterpret_cast<Bytef*>(out);  // NOLINT: zlib's bytes
      stream_.avail_out = sizeof out;
      const int state = deflate(&stream_, flush);
      if (state == Z_STREAM_ERROR) return false;
      if (!put(std::string_view(out, sizeof out - stream_.avail_out))) return false;
      const bool finished = flush == Z_FINISH ? state == Z_STREAM_END : stream_.avail_out != 0;
      if (finished) return true;
    }
  }

 private:
  z_stream stream_{};
  bool ready_ = false;
};

base::Result<std::string> inflated(const std::string& path, const std::string& bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, kAnyWindow) != Z_OK) return problem(path, "zlib cannot start");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // NOLINT: zlib
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int state = Z_OK;
  while (state == Z_OK && out.size() <= kFeedBytesMax) {
    char some[1U << 15U];
    stream.next_out = reinterpret_cast<Bytef*>(some);  // NOLINT: zlib's bytes
    stream.avail_out = sizeof some;
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(some, sizeof some - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) return problem(path, "is no whole gzip file, or too large");
  return out;
}

bool sync_folder(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  const int opened =
      ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool done = ::fsync(opened) == 0;
  ::close(opened);
  return done;
}

}  // namespace

struct Sink::Impl {
  std::string path;
  std::string part;
  int file = -1;
  std::optional<Error> failed;
  std::unique_ptr<Deflate> deflate;

  bool put(std::string_view bytes) {
    while (!bytes.empty() && !failed) {
      const auto written = ::write(file, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        failed = system_problem(part);
      } else {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      }
    }
    return !failed;
  }
};

Sink::Sink(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Sink::~Sink() {
  if (impl_->file < 0) return;
  ::unlink(impl_->part.c_str());  // before the lock goes
  ::close(impl_->file);
}

base::Result<std::unique_ptr<Sink>> Sink::open(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->part = path + std::string(kPart);
  impl->file = ::open(impl->part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (impl->file < 0) return system_problem(impl->part);
  if (::flock(impl->file, LOCK_EX | LOCK_NB) != 0) {
    ::close(impl->file);
    return Error{ErrorCode::conflict, path + " is being written by somebody else", {}, {}};
  }
  // Whoever had it before may have renamed or removed it between our two calls.
  struct stat ours {};
  struct stat there {};
  const bool same = ::fstat(impl->file, &ours) == 0 && ::stat(impl->part.c_str(), &there) == 0 &&
                    ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
  if (!same || ::ftruncate(impl->file, 0) != 0) {
    ::close(impl->file);
    return Error{ErrorCode::conflict, path + " is being written by somebody else", {}, {}};
  }
  if (path.ends_with(".gz")) impl->deflate = std::make_unique<Deflate>();
  return std::unique_ptr<Sink>(new Sink(std::move(impl)));
}

bool Sink::write(std::string_view bytes) {
  auto& impl = *impl_;
  if (impl.failed) return false;
  if (!impl.deflate) return impl.put(bytes);
  const bool taken =
      impl.deflate->feed(bytes, Z_NO_FLUSH, [&](std::string_view out) { return impl.put(out); });
  if (!taken && !impl.failed) impl.failed = problem(impl.part, "zlib failed");
  return taken;
}

bool Sink::good() const {
  return !impl_->failed;
}

base::Status Sink::commit() {
  auto& impl = *impl_;
  if (!impl.failed && impl.deflate) {
    const bool ended =
        impl.deflate->feed({}, Z_FINISH, [&](std::string_view out) { return impl.put(out); });
    if (!ended && !impl.failed) impl.failed = problem(impl.part, "zlib failed");
  }
  if (!impl.failed && ::fsync(impl.file) != 0) impl.failed = system_problem(impl.part);
  if (!impl.failed && std::rename(impl.part.c_str(), impl.path.c_str()) != 0) {
    impl.failed = system_problem(impl.path);
  }
  if (impl.failed) return *impl.failed;
  ::close(impl.file);
  impl.file = -1;
  if (!sync_folder(impl.path)) return system_problem(impl.path);
  return base::Done{};
}

base::Result<std::optional<std::string>> read_feed(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  if (none == std::errc::no_such_file_or_directory) return std::optional<std::string>{};
  if (none) return problem(path, none.message());
  if (size > kFeedBytesMax) return problem(path, "is too large for a feed");
  std::ifstream file(path, std::ios::binary);
  std::string bytes(size, '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return problem(path, "cannot be read");
  }
  if (!bytes.starts_with("\x1F\x8B")) return std::optional(std::move(bytes));
  auto plain = inflated(path, bytes);
  if (!plain) return plain.error();
  return std::optional(std::move(plain).value());
}

std::string gzip(std::string_view bytes) {
  std::string out;
  Deflate stream;
  stream.feed(bytes, Z_FINISH, [&](std::string_view some) {
    out += some;
    return true;
  });
  return out;
}

}  // namespace feed
